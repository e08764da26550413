import type { Queries } from '../store/store.js';

/** Says that syncs have changed. Part of the transaction that changes them. */
export async function touchSyncs(transaction: Queries, syncIds: readonly string[]): Promise<void> {
  if (syncIds.length === 0) return;
  // Several in one order, so that two of these never wait for each other.
  if (syncIds.length > 1) await lockInOrder(transaction, syncIds);
  await transaction
    .updateTable('syncs')
    .set((expression) => ({ revision: expression('revision', '+', 1) }))
    .where('id', 'in', syncIds)
    .execute();
}

async function lockInOrder(transaction: Queries, syncIds: readonly string[]): Promise<void> {
  await transaction
    .selectFrom('syncs')
    .select('id')
    .where('id', 'in', syncIds)
    .orderBy('id')
    .forUpdate()
    .execute();
}
