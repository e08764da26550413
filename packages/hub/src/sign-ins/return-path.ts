import { HubError } from '../errors.js';

const longest = 500;

/**
 * Checks where a person goes on after a sign-in: a path below the server's public address, and nowhere else.
 *
 * @throws HubError `invalid_input`.
 */
export function checkReturnPath(publicUrl: string, path: string): string {
  if (path.length <= longest && isBelow(publicUrl, path)) return path;
  throw HubError.invalidInput([
    { path: 'returnTo', message: 'Name a page of this server by its path, such as /git-providers.' },
  ]);
}

/** As a browser reads it: it takes `\` for `/`, drops tabs and line breaks, and follows `..`. */
function isBelow(publicUrl: string, path: string): boolean {
  if (!/^\/(?![/\\])[\x21-\x5B\x5D-\x7E]*$/.test(path)) return false;
  const address = `${publicUrl}${path}`;
  if (!URL.canParse(address)) return false;
  const own = new URL(`${publicUrl}/`);
  const { origin, pathname } = new URL(address);
  return origin === own.origin && pathname.startsWith(own.pathname);
}
