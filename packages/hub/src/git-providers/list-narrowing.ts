import { describeFault } from '../describe-fault.js';
import { HubError } from '../errors.js';
import { Repeating } from '../repeating.js';
import { lockRepositories } from '../repositories/lock-repositories.js';
import { repositoriesAtOnce } from '../repositories/repositories-at-once.js';
import type { Resources } from '../resources.js';
import { fromJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { RepositorySelection } from './repository-selection.js';
import type { StoredRepository } from './stored-repositories.js';
import { storedRepositories } from './stored-repositories.js';

/** Taken out of people's lists in one transaction, where few have it. */
const atOnceAtMost = 500;
/** How long whoever changes the settings waits for it. */
const waitedForMs = 5_000;
/** How often is looked for what a process that was killed, or a store that failed, has left undone. */
const everyMs = 60_000;

/**
 * Takes out of people's lists what the organization settings let through no more, as soon as they are changed. Until it
 * is done the lists from before are not shown at all. The repositories stay stored: for a wider lock, or for a clean-up.
 */
export class ListNarrowing {
  readonly #resources: Resources;
  readonly #rounds: Repeating;
  readonly #running = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(resources: Resources) {
    this.#resources = resources;
    const { clock, logger } = resources;
    this.#rounds = new Repeating({ clock, logger, everyMs, failure: 'Lists could not be narrowed.' }, () =>
      this.narrowAll(),
    );
  }

  start(): void {
    this.narrowAll().catch((error: unknown) => {
      this.#report(error);
    });
    this.#rounds.start();
  }

  /** Stops after the batch under way; the rest is for the next start. */
  async close(): Promise<void> {
    this.#closing.abort(HubError.closed());
    await this.#rounds.close();
    // Their failures are told to whoever asked.
    await Promise.allSettled(this.#running.values());
  }

  /** Whatever git provider's lists are behind. */
  async narrowAll(): Promise<void> {
    const behind = await this.#resources.store.database
      .selectFrom('git_providers')
      .select('id')
      .whereRef('filtered_version', '<', 'listing_version')
      .orderBy('id')
      .execute();
    for (const { id } of behind) {
      await this.narrow(id).catch((error: unknown) => {
        this.#report(error);
      });
    }
  }

  /** Resolves when it is done, and before that when it takes long; it goes on then. Never throws. */
  async narrowSoon(gitProviderId: string): Promise<void> {
    const patience = new AbortController();
    const narrowed = this.narrow(gitProviderId).catch((error: unknown) => {
      this.#report(error);
    });
    const waited = this.#resources.clock.sleep(waitedForMs, patience.signal).catch(() => undefined);
    await Promise.race([narrowed, waited]);
    patience.abort();
  }

  /** Does nothing where nothing is to be narrowed. */
  async narrow(gitProviderId: string): Promise<void> {
    // One that is under way may be about to end, and not have seen the newest settings.
    await this.#running.get(gitProviderId)?.catch(() => undefined);
    await (this.#running.get(gitProviderId) ?? this.#begin(gitProviderId));
  }

  #begin(gitProviderId: string): Promise<void> {
    const running = this.#run(gitProviderId).finally(() => {
      this.#running.delete(gitProviderId);
    });
    this.#running.set(gitProviderId, running);
    return running;
  }

  async #run(gitProviderId: string): Promise<void> {
    // Again when the settings are changed meanwhile.
    while (!(await this.#narrowed(gitProviderId)));
  }

  async #narrowed(gitProviderId: string): Promise<boolean> {
    const { database } = this.#resources.store;
    const { signal } = this.#closing;
    const provider = await database
      .selectFrom('git_providers')
      .selectAll()
      .where('id', '=', gitProviderId)
      .executeTakeFirst();
    // It may have been removed, with all its lists.
    if (provider === undefined || provider.filtered_version >= provider.listing_version) return true;
    const settings = {
      organizations: fromJson(provider.organizations),
      patterns: fromJson(provider.patterns),
    };
    const selection = new RepositorySelection(settings, provider);
    const atOnce = Math.min(await repositoriesAtOnce(database, gitProviderId), atOnceAtMost);
    let outside: StoredRepository[] = [];
    for await (const repository of storedRepositories(database, gitProviderId, { signal })) {
      if (selection.decide(repository).kept) continue;
      outside.push(repository);
      if (outside.length < atOnce) continue;
      if (!(await this.#takeOut(provider, outside))) return false;
      outside = [];
    }
    if (!(await this.#takeOut(provider, outside))) return false;
    const { numUpdatedRows } = await database
      .updateTable('git_providers')
      .set({ filtered_version: provider.listing_version })
      .where('id', '=', gitProviderId)
      .where('listing_version', '=', provider.listing_version)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** Says whether the settings are still those that it was decided by. */
  #takeOut({ id, listing_version }: GitProviderRow, outside: readonly StoredRepository[]): Promise<boolean> {
    const { store } = this.#resources;
    return store.database.transaction().execute(async (transaction) => {
      const settings = await transaction
        .selectFrom('git_providers')
        .select('listing_version')
        .where('id', '=', id)
        .forShare()
        .executeTakeFirst();
      if (settings?.listing_version !== listing_version) return false;
      if (outside.length === 0) return true;
      // Nothing is listed meanwhile, so that what has been listed again since is seen here.
      await lockRepositories(store, transaction, id, 'alone');
      await this.#deletePermissions(transaction, { id, listing_version }, outside);
      return true;
    });
  }

  /** Those on what is still as it was decided about, in lists from before the settings were changed. */
  async #deletePermissions(
    transaction: Queries,
    { id, listing_version }: Pick<GitProviderRow, 'id' | 'listing_version'>,
    outside: readonly StoredRepository[],
  ): Promise<void> {
    const decided = this.#resources.store.jsonRows(outside, {
      text: ['forge_id', 'path_key'],
      integer: ['listed_under'],
    });
    await transaction
      .deleteFrom('permissions')
      .where('generation', 'in', (expression) =>
        expression
          .selectFrom('generations')
          .select('id')
          .where('git_provider_id', '=', id)
          .where('listing_version', '<', listing_version),
      )
      .where('forge_id', 'in', (expression) =>
        expression
          .selectFrom('repositories')
          .select('repositories.forge_id')
          .where('git_provider_id', '=', id)
          .where((repository) =>
            repository(
              repository.refTuple('forge_id', 'path_key', 'listed_under'),
              'in',
              repository
                .selectFrom(decided.as('decided'))
                .select(['decided.forge_id', 'decided.path_key', 'decided.listed_under'])
                .$asTuple('forge_id', 'path_key', 'listed_under'),
            ),
          ),
      )
      .execute();
  }

  #report(error: unknown): void {
    if (this.#closing.signal.aborted) return;
    this.#resources.logger.warn(
      { error: describeFault(error) },
      'Lists could not be narrowed to the organization settings; they stay hidden until they are.',
    );
  }
}
