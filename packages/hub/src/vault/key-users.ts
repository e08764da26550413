import { fromJson, toJson } from '../store/json.js';
import type { Queries } from '../store/store.js';

const userPrefix = 'encryption_key_user:';
/** How long a process that was killed counts as one that still encrypts. */
const termMs = 180_000;

interface KeyUser {
  readonly keyId: string;
  /** By the database's clock. */
  readonly until: number;
}

/** Says for the next three minutes that a process encrypts with this key. */
export async function registerUser(
  transaction: Queries,
  userId: string,
  keyId: string,
  now: number,
): Promise<void> {
  const value = toJson<KeyUser>({ keyId, until: now + termMs });
  await transaction
    .insertInto('meta')
    .values({ key: userPrefix + userId, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Says that it encrypts no more. */
export async function removeUser(database: Queries, userId: string): Promise<void> {
  await database
    .deleteFrom('meta')
    .where('key', '=', userPrefix + userId)
    .execute();
}

/** How many running processes encrypt with another key than this. Those that have ended are forgotten. */
export async function usersOfOtherKeys(database: Queries, keyId: string, now: number): Promise<number> {
  const rows = await database.selectFrom('meta').selectAll().where('key', 'like', `${userPrefix}%`).execute();
  const users = rows.map(({ key, value }) => ({ key, ...fromJson<KeyUser>(value) }));
  const ended = users.filter(({ until }) => until <= now).map(({ key }) => key);
  if (ended.length > 0) await database.deleteFrom('meta').where('key', 'in', ended).execute();
  return users.filter((user) => user.until > now && user.keyId !== keyId).length;
}
