import { sql } from 'kysely';
import { HubError } from '../errors.js';
import type { Queries, Store } from '../store/store.js';
import { keysInUse, lockKeys, checkAndRegister, retireKeys } from './key-registry.js';
import { usersOfOtherKeys } from './key-users.js';
import type { SealedColumn } from './sealed-columns.js';
import { dispensableTables, sealedColumns } from './sealed-columns.js';
import type { Vault } from './vault.js';
import { sealedPrefix } from './vault.js';

const batchSize = 100;
/** Servers that write with an old key are slower than this; one that is not has to be restarted. */
const passesAtMost = 20;

/** How far a change of the key is: `done` values of this column are under the current key that were not. */
export interface ReencryptionProgress {
  readonly table: string;
  readonly column: string;
  readonly done: number;
  /** How many of this column were found under other keys when it was begun. */
  readonly total: number;
}

export interface Reencryption {
  /** How many values were re-encrypted. */
  readonly reencrypted: number;
  /** The current key's. */
  readonly keyId: string;
  /** The ids of the keys that nothing is encrypted with any more. */
  readonly retired: readonly string[];
}

export interface ReencryptOptions {
  readonly store: Store;
  /** Knows every key in use. */
  readonly vault: Vault;
  /** Waited for. */
  readonly onProgress?: ((progress: ReencryptionProgress) => void | Promise<void>) | undefined;
}

interface SealedRow {
  readonly id: string;
  readonly value: string;
}

/**
 * Puts everything under the current key, while servers run. Each value is replaced on condition that it is still the
 * one that was read, so that nothing newer is lost; two that do this at once share the work, and whoever is killed is
 * gone on from by the next. In the end the other keys are taken out of use.
 *
 * @throws HubError `encryption_key_in_use` when a running server encrypts with another key; `wrong_encryption_key` when
 * values can't be decrypted, after all others were re-encrypted.
 */
export async function reencrypt(options: ReencryptOptions): Promise<Reencryption> {
  const { store, vault } = options;
  await refuseWhileInUse(store.database, vault.keyId, await store.now());
  let reencrypted = 0;
  for (let pass = 1; ; pass += 1) {
    const found = await reencryptAll(options);
    reencrypted += found.reencrypted;
    if (found.unreadable.length > 0) throw unreadable(found.unreadable);
    if (found.reencrypted === 0) break;
    if (pass === passesAtMost) throw inUse();
  }
  return { reencrypted, keyId: vault.keyId, retired: await retireOthers(options) };
}

/** @throws HubError `encryption_key_in_use`. */
export async function refuseWhileInUse(database: Queries, keyId: string, now: number): Promise<void> {
  if ((await usersOfOtherKeys(database, keyId, now)) > 0) throw inUse();
}

interface Pass {
  readonly reencrypted: number;
  /** Where they stand. */
  readonly unreadable: readonly string[];
}

async function reencryptAll(options: ReencryptOptions): Promise<Pass> {
  let reencrypted = 0;
  const unreadable: string[] = [];
  for (const column of sealedColumns) {
    if (dispensableTables.has(column.table)) {
      await dropColumn(options, column);
      continue;
    }
    const found = await reencryptColumn(options, column);
    reencrypted += found.reencrypted;
    unreadable.push(...found.unreadable);
  }
  return { reencrypted, unreadable };
}

async function reencryptColumn(
  { store, vault, onProgress }: ReencryptOptions,
  column: SealedColumn,
): Promise<Pass> {
  const total = await countOthers(store.database, column, vault.keyId);
  let reencrypted = 0;
  const unreadable: string[] = [];
  for (let after = ''; ;) {
    const rows = await findOthers(store.database, column, vault.keyId, after);
    const last = rows.at(-1);
    if (last === undefined) return { reencrypted, unreadable };
    after = last.id;
    const { changes, failed } = sealAnew(vault, column, rows);
    unreadable.push(...failed);
    reencrypted += await store.database
      .transaction()
      .execute((transaction) => replaceEach(transaction, column, changes));
    await onProgress?.({ ...column, done: reencrypted, total });
  }
}

/** Deletes, batch by batch, what is not worth its re-encryption. */
async function dropColumn({ store, vault }: ReencryptOptions, place: SealedColumn): Promise<void> {
  for (let after = ''; ;) {
    const rows = await findOthers(store.database, place, vault.keyId, after);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    await store.database
      .deleteFrom(place.table)
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
  }
}

interface Change {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

function sealAnew(vault: Vault, place: SealedColumn, rows: readonly SealedRow[]) {
  const changes: Change[] = [];
  const failed: string[] = [];
  for (const { id, value } of rows) {
    const record = { ...place, id };
    try {
      changes.push({ id, from: value, to: vault.seal(vault.open(value, record), record) });
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      failed.push(`${place.table}.${place.column} of ${id}`);
    }
  }
  return { changes, failed };
}

async function replaceEach(
  transaction: Queries,
  { table, column }: SealedColumn,
  changes: readonly Change[],
): Promise<number> {
  let replaced = 0;
  for (const { id, from, to } of changes) {
    const { numAffectedRows = 0n } = await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to}
      where id = ${id} and ${sql.ref(column)} = ${from}`.execute(transaction);
    replaced += Number(numAffectedRows);
  }
  return replaced;
}

async function findOthers(
  database: Queries,
  { table, column }: SealedColumn,
  keyId: string,
  after: string,
): Promise<readonly SealedRow[]> {
  const { rows } = await sql<SealedRow>`select id, ${sql.ref(column)} as value from ${sql.table(table)}
    where ${underOtherKey(column, keyId)} and id > ${after} order by id limit ${batchSize}`.execute(database);
  return rows;
}

async function countOthers(
  database: Queries,
  { table, column }: SealedColumn,
  keyId: string,
): Promise<number> {
  const { rows } = await sql<{ readonly count: number | string }>`select count(*) as count
    from ${sql.table(table)} where ${underOtherKey(column, keyId)}`.execute(database);
  return Number(rows[0]?.count);
}

function underOtherKey(column: string, keyId: string) {
  return sql`${sql.ref(column)} like ${`${sealedPrefix()}%`}
    and ${sql.ref(column)} not like ${`${sealedPrefix(keyId)}%`}`;
}

/** Whether anything is under another key than this. */
export async function isAnyUnderOthers(database: Queries, keyId: string): Promise<boolean> {
  for (const column of sealedColumns) {
    if ((await countOthers(database, column, keyId)) > 0) return true;
  }
  return false;
}

/** Nobody takes a key into use, or says that he still encrypts with one, between the look and the end of this. */
async function retireOthers({ store, vault }: ReencryptOptions): Promise<readonly string[]> {
  const now = await store.now();
  return store.database.transaction().execute(async (transaction) => {
    await lockKeys(transaction);
    await refuseWhileInUse(transaction, vault.keyId, now);
    if (await isAnyUnderOthers(transaction, vault.keyId)) throw inUse();
    await checkAndRegister(transaction, vault);
    const others = (await keysInUse(transaction)).filter((keyId) => keyId !== vault.keyId);
    await retireKeys(transaction, others);
    return others;
  });
}

function inUse(): HubError {
  return new HubError(
    'encryption_key_in_use',
    'A running server, or another change of the key, still encrypts with another key than the new one. Restart every server with the new key as its current one, or stop it; one that was killed counts for three more minutes. Then do this again: what is done stays done.',
  );
}

function unreadable(places: readonly string[]): HubError {
  const shown = places.slice(0, 10).join(', ');
  const more = places.length > 10 ? `, and ${String(places.length - 10)} more` : '';
  return new HubError(
    'wrong_encryption_key',
    `These secrets can't be decrypted, because they were changed or moved outside anyforge: ${shown}${more}. Everything else is under the new key. Restore them from a back-up, or delete the sign-ins and git providers that they belong to; then do this again. Keep the old key until then.`,
  );
}
