/** Whether an address is nothing but an address: without user info, query or fragment. */
export function isBareAddress(address: string): boolean {
  const { username, password, search, hash } = new URL(address);
  return [username, password, search, hash].every((part) => part === '');
}

/** Whether an address is reached over https, at the port that https has. */
export function isPlainHttps(address: string): boolean {
  const { protocol, port } = new URL(address);
  return protocol === 'https:' && port === '';
}
