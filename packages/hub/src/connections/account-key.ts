import type { ConnectionEpoch } from './stored-connection.js';

/**
 * Names the account that a sign-in is of, for adapters: they count rate limits and keep answers under it. The account that
 * signs in next may be another one, so it gets another name. Stored and shown.
 */
export function accountKeyOf({
  connectionId,
  epoch,
}: Pick<ConnectionEpoch, 'connectionId' | 'epoch'>): string {
  return `${connectionId}.${epoch}`;
}
