import type { AuditTrail } from '../audit/audit-trail.js';
import { HubError } from '../errors.js';
import type { Caller } from '../people/caller.js';
import { holdCaller } from '../people/hold-caller.js';
import { lockRepositories } from '../repositories/lock-repositories.js';
import { repositoriesAtOnce } from '../repositories/repositories-at-once.js';
import type { Resources } from '../resources.js';
import { fromJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { findGitProvider, holdGitProvider } from './git-provider-pool.js';
import { versionConflict } from './git-provider-writer.js';
import { RepositorySelection } from './repository-selection.js';
import type { ReadOptions, StoredRepository } from './stored-repositories.js';
import { storedRepositories } from './stored-repositories.js';

/** Deleted in one transaction, where few have it in their lists. */
const atOnceAtMost = 1000;

/** Takes away the stored repositories that a git provider's organization settings do not let through any more. */
export class CleanUp {
  readonly #resources: Resources;
  readonly #audit: Pick<AuditTrail, 'record'>;

  constructor(resources: Resources, audit: Pick<AuditTrail, 'record'>) {
    this.#resources = resources;
    this.#audit = audit;
  }

  /** How many that are. @throws HubError `not_found`. */
  async count(gitProviderId: string, options: ReadOptions): Promise<number> {
    const provider = await findGitProvider(this.#resources.store.database, gitProviderId);
    return (await this.#outside(provider, options)).length;
  }

  /**
   * Deletes them, and everybody's permissions on them.
   *
   * @param count how many whoever asks expects
   * @throws HubError `not_found`; `clean_up_changed` with the number when it is another one; `version_conflict` when the
   * settings change meanwhile. What was deleted by then, or when the signal aborts, stays deleted.
   */
  async run(caller: Caller, gitProviderId: string, count: number, options: ReadOptions): Promise<void> {
    const provider = await findGitProvider(this.#resources.store.database, gitProviderId);
    const outside = await this.#outside(provider, options);
    if (outside.length !== count) throw countChanged(outside.length);
    const { database } = this.#resources.store;
    const atOnce = Math.min(await repositoriesAtOnce(database, gitProviderId), atOnceAtMost);
    for (let start = 0; start < outside.length; start += atOnce) {
      options.signal?.throwIfAborted();
      await this.#delete(caller, provider, outside.slice(start, start + atOnce));
    }
  }

  async #outside(provider: GitProviderRow, options: ReadOptions): Promise<readonly StoredRepository[]> {
    const { organizations, patterns } = provider;
    const settings = { organizations: fromJson(organizations), patterns: fromJson(patterns) };
    const selection = new RepositorySelection(settings, provider);
    const outside: StoredRepository[] = [];
    for await (const repository of storedRepositories(this.#resources.store.database, provider.id, options)) {
      if (!selection.decide(repository).kept) outside.push(repository);
    }
    return outside;
  }

  async #delete(
    caller: Caller,
    { id, version }: GitProviderRow,
    repositories: readonly StoredRepository[],
  ): Promise<void> {
    const { store } = this.#resources;
    await store.database.transaction().execute(async (transaction) => {
      await holdCaller(transaction, caller, 'administrate');
      const { version: current, name } = await holdGitProvider(transaction, id);
      if (current !== version) throw versionConflict();
      // A sync beside it that has found one of these to be stored would keep a permission on nothing.
      await lockRepositories(store, transaction, id, 'alone');
      const deleted = await this.#deleteRepositories(transaction, id, repositories);
      await deletePermissions(transaction, id, deleted);
      await this.#audit.record(transaction, {
        caller,
        action: 'git_provider.repositories_cleaned_up',
        gitProviderId: id,
        details: { name, repositories: deleted.length },
      });
    });
  }

  /** Those that are still what was decided about: one that was listed again meanwhile stays. */
  async #deleteRepositories(
    transaction: Queries,
    gitProviderId: string,
    repositories: readonly StoredRepository[],
  ): Promise<readonly string[]> {
    const decided = this.#resources.store.jsonRows(repositories, {
      text: ['forge_id', 'path_key'],
      integer: ['listed_under'],
    });
    const rows = await transaction
      .deleteFrom('repositories')
      .where('git_provider_id', '=', gitProviderId)
      .where((expression) =>
        expression(
          expression.refTuple('forge_id', 'path_key', 'listed_under'),
          'in',
          expression
            .selectFrom(decided.as('decided'))
            .select(['decided.forge_id', 'decided.path_key', 'decided.listed_under'])
            .$asTuple('forge_id', 'path_key', 'listed_under'),
        ),
      )
      .returning('forge_id')
      .execute();
    return rows.map((row) => row.forge_id);
  }
}

async function deletePermissions(
  transaction: Queries,
  gitProviderId: string,
  forgeIds: readonly string[],
): Promise<void> {
  if (forgeIds.length === 0) return;
  await transaction
    .deleteFrom('permissions')
    .where('forge_id', 'in', forgeIds)
    .where('generation', 'in', (expression) =>
      expression.selectFrom('generations').select('id').where('git_provider_id', '=', gitProviderId),
    )
    .execute();
}

function countChanged(count: number): HubError {
  const what = count === 1 ? '1 repository lies' : `${String(count)} repositories lie`;
  return new HubError(
    'clean_up_changed',
    `${what} outside the settings now, not as many as you confirmed. Look at them again; to delete them, confirm with "count": ${String(count)}.`,
    [],
    undefined,
    count,
  );
}
