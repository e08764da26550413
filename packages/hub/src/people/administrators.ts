import { HubError } from '../errors.js';
import type { PersonRow } from '../store/rows/people.js';
import type { Queries } from '../store/store.js';
import type { Caller } from './caller.js';
import { holdCaller } from './hold-caller.js';
import { canSignIn } from './person-view.js';

export type Administrator = Pick<PersonRow, 'id' | 'password_hash' | 'subject'>;

/**
 * Makes sure that the caller administrates still, and that nobody else changes who does before the transaction ends.
 * All are locked in order, the caller among them, before any other lock on people: of two who take each other away, the
 * second waits here, and is refused.
 *
 * @returns everybody who administrates
 * @throws HubError `not_signed_in` · `not_allowed`.
 */
export async function holdAdministrators(
  transaction: Queries,
  caller: Caller,
): Promise<readonly Administrator[]> {
  const administrators = await transaction
    .selectFrom('people')
    .select(['id', 'password_hash', 'subject'])
    .where('role', '=', 'administrator')
    .orderBy('id')
    .forUpdate()
    .execute();
  await holdCaller(transaction, caller, 'administrate');
  return administrators;
}

/**
 * Makes sure that somebody else remains who can administrate, whatever happens to this person.
 *
 * @throws HubError `last_administrator`.
 */
export function keepAnAdministrator(administrators: readonly Administrator[], personId: string): void {
  if (!administrators.some(({ id }) => id === personId)) return;
  if (administrators.some((other) => other.id !== personId && canSignIn(other))) return;
  throw new HubError(
    'last_administrator',
    'Nobody else could administrate this server then. Make somebody else administrator first; it counts once they can sign in.',
  );
}
