/** The code that the link from the server's log has after `#`: `code=…`. */
export function readSetUpCode(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('code') ?? '';
}
