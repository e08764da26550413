import { HubError } from '../errors.js';
import type { Queries } from '../store/store.js';
import type { Caller, PersonalAccess } from './caller.js';
import { authorize } from './caller.js';
import { isSetUp } from './set-up.js';

/**
 * Makes sure, until the transaction ends, that whoever asks may still: nothing is kept for somebody who was deleted, or
 * whose password was reset, or who administrates no more, since their request came in. Every transaction that writes
 * what a caller asks for begins with it: before any other lock, as whoever takes these things away begins with the
 * person.
 *
 * Where nobody has an account, whoever calls the hub says who asks.
 *
 * @param access what it takes, where that is more than to be signed in
 * @throws HubError `not_signed_in` · `not_allowed`.
 */
export async function holdCaller(
  transaction: Queries,
  caller: Caller,
  access?: PersonalAccess,
): Promise<void> {
  const { personId, via } = caller;
  const person = await transaction
    .selectFrom('people')
    .select('role')
    .where('id', '=', personId)
    .forShare()
    .executeTakeFirst();
  if (person === undefined && !(await isSetUp(transaction))) return;
  const cameWith =
    via.kind === 'session'
      ? transaction.selectFrom('sessions').select('id').where('id', '=', via.sessionId)
      : transaction.selectFrom('api_tokens').select('id').where('id', '=', via.tokenId);
  if (person === undefined || (await cameWith.executeTakeFirst()) === undefined) throw signedOut();
  if (access !== undefined) authorize({ ...caller, role: person.role }, access);
}

function signedOut(): HubError {
  return new HubError('not_signed_in', 'You were signed out meanwhile, and nothing was kept. Sign in again.');
}
