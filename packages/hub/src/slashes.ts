/**
 * Text without the slashes at its ends, in time that grows with its length alone: `/\/+$/` tries anew at each slash,
 * and takes seconds for some ten thousand of them.
 */
export function withoutSlashes(text: string): string {
  let start = 0;
  while (text[start] === '/') start += 1;
  return withoutTrailingSlashes(text.slice(start));
}

/** The same for the end only. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}
