import { HubError } from '../errors.js';
import type { Queries } from '../store/store.js';
import { canSignIn } from './person-view.js';

/**
 * Makes sure that somebody else remains who can administrate, whatever happens to this person in the transaction.
 * It comes before any other lock on people: whoever takes an administrator away waits here for who does the same.
 *
 * @throws HubError `last_administrator`.
 */
export async function keepAnAdministrator(transaction: Queries, personId: string): Promise<void> {
  const administrators = await transaction
    .selectFrom('people')
    .select(['id', 'password_hash', 'subject'])
    .where('role', '=', 'administrator')
    .orderBy('id')
    .forUpdate()
    .execute();
  if (!administrators.some(({ id }) => id === personId)) return;
  if (administrators.some((other) => other.id !== personId && canSignIn(other))) return;
  throw new HubError(
    'last_administrator',
    'Nobody else could administrate this server then. Make somebody else administrator first; it counts once they can sign in.',
  );
}
