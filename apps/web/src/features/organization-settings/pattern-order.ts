/** A list with one element moved to another position. */
export function moved<Element>(list: readonly Element[], from: number, to: number): readonly Element[] {
  const element = list.slice(from, from + 1);
  const others = [...list.slice(0, from), ...list.slice(from + 1)];
  return [...others.slice(0, to), ...element, ...others.slice(to)];
}

/** Patterns in which something is typed, with the position at which each stands. */
export function typedPatterns(
  patterns: readonly string[],
): readonly { readonly pattern: string; readonly position: number }[] {
  return patterns
    .map((pattern, position) => ({ pattern, position }))
    .filter(({ pattern }) => pattern.trim() !== '');
}
