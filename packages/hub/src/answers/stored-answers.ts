import type { AnswerRow } from '../store/rows/answers.js';
import type { Queries, Store } from '../store/store.js';

/** An answer, and the credential that it was given to. */
interface NewAnswer extends AnswerRow {
  /** The connection's. */
  readonly epoch: number;
}

/** How many bytes may be added: in all, and to what a connection has. */
interface Room {
  readonly free: number;
  readonly ofOne: number;
}

/**
 * Stores those whose connections still have the credential, and room.
 *
 * @returns by how many bytes all answers have grown
 */
export function storeAnswers(store: Store, answers: readonly NewAnswer[], room: Room): Promise<number> {
  const sorted = answers.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return store.database.transaction().execute(async (transaction) => {
    const accepted = await withSameCredential(transaction, sorted);
    const { rows, grown } = await withinRoom(transaction, accepted, room);
    if (rows.length > 0) await upsert(transaction, rows);
    return grown;
  });
}

/** Part of the transaction that ends these connections, or gives them another credential. */
export async function removeAnswers(transaction: Queries, connectionIds: readonly string[]): Promise<void> {
  if (connectionIds.length === 0) return;
  await transaction.deleteFrom('answers').where('connection_id', 'in', connectionIds).execute();
}

/** What somebody else deletes just now is left to him. */
export async function noteUse(store: Store, ids: readonly string[], usedAt: number): Promise<void> {
  await store.database
    .updateTable('answers')
    .set({ used_at: usedAt })
    .where('id', 'in', (expression) =>
      expression.selectFrom('answers').select('id').where('id', 'in', ids).forUpdate().skipLocked(),
    )
    .execute();
}

/** Deletes so many that were last used before this, in epoch milliseconds. @returns how many there were */
export async function removeUnused(store: Store, before: number, atOnce: number): Promise<number> {
  const { numDeletedRows } = await store.database
    .deleteFrom('answers')
    .where('id', 'in', (expression) =>
      expression
        .selectFrom('answers')
        .select('id')
        .where('used_at', '<', before)
        .orderBy('used_at')
        .orderBy('id')
        .limit(atOnce)
        .forUpdate()
        .skipLocked(),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Whoever ends a connection deletes what is kept of it: its row is held, so that nothing is stored afterwards. */
async function withSameCredential(
  transaction: Queries,
  answers: readonly NewAnswer[],
): Promise<readonly AnswerRow[]> {
  const connections = await transaction
    .selectFrom('connections')
    .select(['id', 'epoch'])
    .where('id', 'in', connectionsOf(answers))
    .orderBy('id')
    .forShare()
    .execute();
  const epochs = new Map(connections.map(({ id, epoch }) => [id, epoch]));
  return answers
    .filter(({ connection_id: id, epoch }) => epochs.get(id) === epoch)
    .map(({ epoch: _, ...row }) => row);
}

async function withinRoom(transaction: Queries, answers: readonly AnswerRow[], { free, ofOne }: Room) {
  if (answers.length === 0) return { rows: [], grown: 0 };
  const taken = await takenByEach(transaction, connectionsOf(answers));
  const replaced = await sizes(
    transaction,
    answers.map(({ id }) => id),
  );
  let grown = 0;
  const rows = answers.filter((row) => {
    const added = row.bytes - (replaced.get(row.id) ?? 0);
    const all = (taken.get(row.connection_id) ?? 0) + added;
    // What takes no more than what it replaces finds its room, whatever there is.
    if (added > 0 && (all > ofOne || grown + added > free)) return false;
    taken.set(row.connection_id, all);
    grown += added;
    return true;
  });
  return { rows, grown };
}

async function takenByEach(
  transaction: Queries,
  connectionIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await transaction
    .selectFrom('answers')
    .select((expression) => ['connection_id', expression.fn.sum('bytes').as('bytes')])
    .where('connection_id', 'in', connectionIds)
    .groupBy('connection_id')
    .execute();
  return new Map(rows.map(({ connection_id: id, bytes }) => [id, Number(bytes)]));
}

async function sizes(transaction: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await transaction
    .selectFrom('answers')
    .select(['id', 'bytes'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, bytes }) => [id, bytes]));
}

async function upsert(transaction: Queries, rows: readonly AnswerRow[]): Promise<void> {
  await transaction
    .insertInto('answers')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((expression) => ({
        value: expression.ref('excluded.value'),
        bytes: expression.ref('excluded.bytes'),
        used_at: expression.ref('excluded.used_at'),
      })),
    )
    .execute();
}

function connectionsOf(answers: readonly Pick<AnswerRow, 'connection_id'>[]): readonly string[] {
  return [...new Set(answers.map(({ connection_id: id }) => id))].toSorted();
}
