/** Whether a text is an address and nothing else: without user info, query or fragment. */
export function isBareAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password, search, hash } = new URL(address);
  return [username, password, search, hash].every((part) => part === '');
}

/** Whether a text is an address that is reached over https, at the port that https has. */
export function isPlainHttps(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, port } = new URL(address);
  return protocol === 'https:' && port === '';
}

/**
 * An address as `URL` writes it, without slashes at its end: in time that grows with its length alone, whatever somebody
 * has typed.
 */
export function withoutTrailingSlash(address: string): string {
  const { href } = new URL(address);
  let end = href.length;
  while (href[end - 1] === '/') end -= 1;
  return href.slice(0, end);
}
