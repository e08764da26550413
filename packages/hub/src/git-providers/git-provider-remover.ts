import type { AuditTrail } from '../audit/audit-trail.js';
import type { ConnectionRemover } from '../connections/connection-remover.js';
import { HubError } from '../errors.js';
import type { Caller } from '../people/caller.js';
import { holdCaller } from '../people/hold-caller.js';
import type { Resources } from '../resources.js';
import type { GitProviderRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { touchSyncs } from '../syncs/touch-syncs.js';
import type { GitProviderPool } from './git-provider-pool.js';
import { versionConflict } from './git-provider-writer.js';

export interface RemovalConfirmation {
  /** Typed by whoever removes it. */
  readonly name: string;
  /** The one that they have seen; whichever stands when it is left out. */
  readonly version?: number | undefined;
}

/** Removes git providers with everything that is under them. */
export class GitProviderRemover {
  readonly #resources: Resources;
  readonly #pool: GitProviderPool;
  readonly #connections: ConnectionRemover;
  readonly #audit: AuditTrail;

  constructor(
    resources: Resources,
    pool: GitProviderPool,
    connections: ConnectionRemover,
    audit: AuditTrail,
  ) {
    this.#resources = resources;
    this.#pool = pool;
    this.#connections = connections;
    this.#audit = audit;
  }

  /**
   * At once: connections with their credentials, sign-ins and drafts, what was listed, and what synchronizes. Permission
   * rows that nobody can reach any more are swept afterwards.
   *
   * @throws HubError `not_found` · `name_mismatch` · `version_conflict`.
   */
  async remove(caller: Caller, id: string, confirmation: RemovalConfirmation): Promise<void> {
    const ended = await this.#resources.store.database.transaction().execute(async (transaction) => {
      await holdCaller(transaction, caller, 'administrate');
      const provider = await lockGitProvider(transaction, id);
      checkConfirmation(provider, confirmation);
      // Connections before tasks, tasks before what tasks write: the order in which syncs lock them.
      const removed = await this.#connections.remove(transaction, { gitProviderId: id });
      const changedSyncs = await removeTasks(transaction, id, new Set(removed.plan.changedSyncs));
      // Drafts before the sign-ins for them: the order in which those that end lock them.
      for (const table of ['git_provider_drafts', 'sign_ins', 'repositories'] as const) {
        await transaction.deleteFrom(table).where('git_provider_id', '=', id).execute();
      }
      await transaction.deleteFrom('git_providers').where('id', '=', id).execute();
      await this.#audit.record(transaction, {
        caller,
        action: 'git_provider.deleted',
        gitProviderId: id,
        details: { name: provider.name, type: provider.type, connections: removed.connections.length },
      });
      return { ...removed, plan: { ...removed.plan, changedSyncs } };
    });
    this.#pool.forget(id);
    await this.#connections.carryOut(ended);
  }
}

async function lockGitProvider(transaction: Queries, id: string): Promise<GitProviderRow> {
  const row = await transaction
    .selectFrom('git_providers')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new HubError('not_found', 'There is no such git provider.');
  return row;
}

function checkConfirmation({ name, version }: GitProviderRow, confirmation: RemovalConfirmation): void {
  if (confirmation.version !== undefined && confirmation.version !== version) throw versionConflict();
  if (confirmation.name.trim() === name) return;
  throw new HubError(
    'name_mismatch',
    `To delete this git provider with everything that belongs to it, give its name: ${JSON.stringify(name)}.`,
  );
}

/** More than a statement of either database takes as parameters is never asked at once. */
const atOnce = 500;

/**
 * A sync that was open stays for whoever watches it, with one task less; one of the past goes with its last task.
 *
 * @param open the syncs that were open
 */
async function removeTasks(
  transaction: Queries,
  gitProviderId: string,
  open: ReadonlySet<string>,
): Promise<readonly string[]> {
  const concerned = await transaction
    .selectFrom('sync_tasks')
    .select('sync_id')
    .distinct()
    .where('git_provider_id', '=', gitProviderId)
    .orderBy('sync_id')
    .execute();
  await transaction.deleteFrom('sync_tasks').where('git_provider_id', '=', gitProviderId).execute();
  const syncIds = concerned.map(({ sync_id }) => sync_id);
  for (let start = 0; start < syncIds.length; start += atOnce) {
    const ids = syncIds.slice(start, start + atOnce);
    const past = ids.filter((id) => !open.has(id));
    await touchSyncs(transaction, ids);
    if (past.length > 0) await removeEmptySyncs(transaction, past);
  }
  return syncIds;
}

async function removeEmptySyncs(transaction: Queries, ids: readonly string[]): Promise<void> {
  await transaction
    .deleteFrom('syncs')
    .where('id', 'in', ids)
    .where((expression) =>
      expression.not(
        expression.exists(
          expression
            .selectFrom('sync_tasks')
            .select('sync_tasks.id')
            .whereRef('sync_tasks.sync_id', '=', 'syncs.id'),
        ),
      ),
    )
    .execute();
}
