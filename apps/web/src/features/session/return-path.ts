/** Where one goes who wants nothing else. */
export const startPath = '/repositories';

/**
 * Where one wanted to go, from an address that anybody may have made: a path of this page, and never one of the screens
 * for whoever is not signed in.
 */
export function readReturnPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\/(?![/\\])/.test(value) || hasControls(value)) return undefined;
  const { origin, pathname, search, hash } = new URL(value, placeholder);
  if (origin !== placeholder || pathname.startsWith('//')) return undefined;
  if (['/', '/sign-in', '/set-up', '/choose-password'].includes(pathname)) return undefined;
  return `${pathname}${search}${hash}`;
}

const placeholder = 'https://page.invalid';

/** Browsers leave some of them out, so that what looks like a path becomes something else. */
function hasControls(value: string): boolean {
  return Array.from(value).some((character) => character <= ' ' || character === '\\');
}
