import { HubError } from '../errors.js';
import type { Queries } from '../store/store.js';
import type { Caller } from './caller.js';
import { isSetUp } from './set-up.js';

/**
 * Makes sure, until the transaction ends, that whoever asks may still: what takes time to ask of a forge must not be
 * kept for somebody who was deleted, or whose password was reset, meanwhile. It comes before any other lock, as there.
 *
 * Where nobody has an account, whoever calls the hub says who asks.
 *
 * @throws HubError `not_signed_in`.
 */
export async function holdCaller(transaction: Queries, { personId, via }: Caller): Promise<void> {
  const person = await transaction
    .selectFrom('people')
    .select('id')
    .where('id', '=', personId)
    .forShare()
    .executeTakeFirst();
  if (person === undefined && !(await isSetUp(transaction))) return;
  const cameWith =
    via.kind === 'session'
      ? transaction.selectFrom('sessions').select('id').where('id', '=', via.sessionId)
      : transaction.selectFrom('api_tokens').select('id').where('id', '=', via.tokenId);
  if (person !== undefined && (await cameWith.executeTakeFirst()) !== undefined) return;
  throw new HubError('not_signed_in', 'You were signed out meanwhile, and nothing was kept. Sign in again.');
}
