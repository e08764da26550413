import type { PersonRow, Role } from '../store/rows/people.js';
import type { Queries } from '../store/store.js';
import { isUniqueViolation } from '../store/database-error.js';
import { toDate } from '../store/json.js';
import { HubError } from '../errors.js';

export interface PersonView {
  readonly id: string;
  readonly username: string;
  readonly displayName?: string | undefined;
  readonly role: Role;
  /** `awaiting_password`: they have a link with which to choose one, and can't sign in before. */
  readonly status: 'active' | 'awaiting_password';
  readonly signsInWith: 'password' | 'openid_connect';
  readonly createdAt: Date;
  readonly lastSignedInAt?: Date | undefined;
}

export function toPersonView(row: PersonRow): PersonView {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name ?? undefined,
    role: row.role,
    status: canSignIn(row) ? 'active' : 'awaiting_password',
    signsInWith: row.subject === null ? 'password' : 'openid_connect',
    createdAt: new Date(row.created_at),
    lastSignedInAt: toDate(row.last_signed_in_at),
  };
}

export function canSignIn({ password_hash, subject }: Pick<PersonRow, 'password_hash' | 'subject'>): boolean {
  return password_hash !== null || subject !== null;
}

/** @throws HubError `not_found`. */
export async function findPerson(queries: Queries, id: string): Promise<PersonRow> {
  const row = await queries.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw noSuchPerson();
  return row;
}

/** As {@link findPerson}, and nobody else changes the person before the transaction ends. */
export async function lockPerson(transaction: Queries, id: string): Promise<PersonRow> {
  const row = await transaction
    .selectFrom('people')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw noSuchPerson();
  return row;
}

/** @throws HubError `duplicate_name`. */
export async function insertPerson(transaction: Queries, person: PersonRow): Promise<void> {
  try {
    await transaction.insertInto('people').values(person).execute();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new HubError(
      'duplicate_name',
      `There is somebody named ${JSON.stringify(person.username)} already. Choose another username.`,
    );
  }
}

function noSuchPerson(): HubError {
  return new HubError('not_found', 'There is no such person.');
}
