import { createHash, randomBytes } from 'node:crypto';

const tokenBytes = 32;

/** 256 bits of chance as text that fits into a header and an address, with a prefix by which it is recognized. */
export function newSecretToken(prefix = ''): string {
  return `${prefix}${randomBytes(tokenBytes).toString('base64url')}`;
}

/** What is kept of a token: enough to recognize it, and not to make it. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
