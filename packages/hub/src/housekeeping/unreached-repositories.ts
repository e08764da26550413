import { sql } from 'kysely';
import type { Resources } from '../resources.js';
import type { Queries } from '../store/store.js';
import type { Chore } from './chore.js';

const dayMs = 24 * 3_600_000;
const batchSize = 1000;
/** In how many parts of the retention a repository that nobody lists is noted again as standing in a list. */
const notesInRetention = 10;

/** How long a repository is kept that is in nobody's list, in days, unless the operator says otherwise. */
export const defaultRepositoryRetentionDays = 90;

/**
 * Deletes the repositories that nobody has reached for a while: neither has a sync listed them, nor do they stand in a
 * list of somebody who has not synchronized since.
 *
 * First what stands in any listing that is kept is noted, then what was neither listed nor noted for long is deleted. So
 * each permission is read once, in the order of its key, whoever has how many. A sync that lists a repository in the
 * meantime says so on the row that is about to be deleted, or writes it anew.
 */
export class UnreachedRepositories implements Chore {
  readonly name = 'unreached repositories';
  readonly everyMs = dayMs;
  readonly failure = 'Repositories that nobody reaches any more could not be deleted.';
  readonly #resources: Pick<Resources, 'store' | 'clock'>;
  readonly #retentionMs: number;

  /** @param days 0: they are kept for ever */
  constructor(resources: Pick<Resources, 'store' | 'clock'>, days: number) {
    this.#resources = resources;
    this.#retentionMs = days * dayMs;
  }

  async *batches(): AsyncGenerator<void> {
    if (this.#retentionMs === 0) return;
    // One that was begun long ago deletes no more than it would have then.
    const now = this.#resources.clock.now().getTime();
    for (const generation of await this.#generations()) yield* this.#noteReached(generation, now);
    // A note is older than what it tells of: by a part of the retention, and the time until the next round.
    const before = now - this.#retentionMs * (1 + 1 / notesInRetention) - this.everyMs;
    for (const gitProviderId of await this.#gitProviders())
      yield* this.#deleteUnreached(gitProviderId, before);
    for await (const gitProviderId of this.#noted()) yield* this.#forgetNotes(gitProviderId, before);
  }

  /** Everything that is shown, or may be shown when its listing has ended. */
  async #generations(): Promise<readonly string[]> {
    const rows = await this.#resources.store.database
      .selectFrom('generations')
      .select('id')
      .orderBy('id')
      .execute();
    return rows.map(({ id }) => id);
  }

  async #gitProviders(): Promise<readonly string[]> {
    const rows = await this.#resources.store.database
      .selectFrom('git_providers')
      .select('id')
      .orderBy('id')
      .execute();
    return rows.map(({ id }) => id);
  }

  /** The git providers that notes are of, also those that are gone. */
  async *#noted(): AsyncGenerator<string> {
    for (let after = ''; ;) {
      const next = await this.#resources.store.database
        .selectFrom('repository_reach')
        .select('git_provider_id')
        .where('git_provider_id', '>', after)
        .orderBy('git_provider_id')
        .limit(1)
        .executeTakeFirst();
      if (next === undefined) return;
      yield next.git_provider_id;
      after = next.git_provider_id;
    }
  }

  async *#noteReached(generation: string, now: number): AsyncGenerator<void> {
    const { database } = this.#resources.store;
    const stale = now - this.#retentionMs / notesInRetention;
    yield* inBatches(
      (after) =>
        database
          .selectFrom('permissions')
          .select('forge_id')
          .where('generation', '=', generation)
          .where('forge_id', '>', after)
          .orderBy('forge_id')
          .offset(batchSize - 1)
          .limit(1)
          .executeTakeFirst(),
      ({ after, until }) =>
        database
          .insertInto('repository_reach')
          .columns(['git_provider_id', 'forge_id', 'reached_at'])
          .expression((expression) =>
            expression
              .selectFrom('permissions')
              .innerJoin('repositories', (join) =>
                join
                  .onRef('repositories.git_provider_id', '=', 'permissions.git_provider_id')
                  .onRef('repositories.forge_id', '=', 'permissions.forge_id'),
              )
              .select(['permissions.git_provider_id', 'permissions.forge_id', sql.val(now).as('reached_at')])
              .where('permissions.generation', '=', generation)
              .where('permissions.forge_id', '>', after)
              .$if(until !== undefined, (query) => query.where('permissions.forge_id', '<=', until ?? ''))
              .where('repositories.observed_at', '<', stale)
              .orderBy('permissions.forge_id'),
          )
          .onConflict((conflict) =>
            conflict
              .columns(['git_provider_id', 'forge_id'])
              .doUpdateSet({ reached_at: now })
              .where('repository_reach.reached_at', '<', stale),
          )
          .execute(),
    );
  }

  async *#deleteUnreached(gitProviderId: string, before: number): AsyncGenerator<void> {
    const { database } = this.#resources.store;
    yield* inBatches(
      (after) => lastOfBatch(database, 'repositories', { gitProviderId, after }),
      ({ after, until }) =>
        database
          .deleteFrom('repositories')
          .where('git_provider_id', '=', gitProviderId)
          .where('forge_id', '>', after)
          .$if(until !== undefined, (query) => query.where('forge_id', '<=', until ?? ''))
          .where('observed_at', '<', before)
          .where((expression) =>
            expression.not(
              expression.exists(
                expression
                  .selectFrom('repository_reach')
                  .select('repository_reach.reached_at')
                  .whereRef('repository_reach.git_provider_id', '=', 'repositories.git_provider_id')
                  .whereRef('repository_reach.forge_id', '=', 'repositories.forge_id')
                  .where('repository_reach.reached_at', '>=', before),
              ),
            ),
          )
          .execute(),
    );
  }

  /** What was not noted again has been listed since, or is gone. */
  async *#forgetNotes(gitProviderId: string, before: number): AsyncGenerator<void> {
    const { database } = this.#resources.store;
    yield* inBatches(
      (after) => lastOfBatch(database, 'repository_reach', { gitProviderId, after }),
      ({ after, until }) =>
        database
          .deleteFrom('repository_reach')
          .where('git_provider_id', '=', gitProviderId)
          .where('forge_id', '>', after)
          .$if(until !== undefined, (query) => query.where('forge_id', '<=', until ?? ''))
          .where('reached_at', '<', before)
          .execute(),
    );
  }
}

/** Keys after the one, up to and with the other; undefined: all that follow. */
interface KeyRange {
  readonly after: string;
  readonly until: string | undefined;
}

/** @param lastOf Finds the last key of a whole batch after this one; undefined: the rest is less. */
async function* inBatches(
  lastOf: (after: string) => Promise<{ readonly forge_id: string } | undefined>,
  work: (range: KeyRange) => Promise<unknown>,
): AsyncGenerator<void> {
  for (let after = ''; ;) {
    const last = await lastOf(after);
    await work({ after, until: last?.forge_id });
    yield;
    if (last === undefined) return;
    after = last.forge_id;
  }
}

/** The last of a whole batch of a git provider's rows, in the order of their keys. */
function lastOfBatch(
  database: Queries,
  table: 'repositories' | 'repository_reach',
  { gitProviderId, after }: { readonly gitProviderId: string; readonly after: string },
): Promise<{ readonly forge_id: string } | undefined> {
  return database
    .selectFrom(table)
    .select('forge_id')
    .where('git_provider_id', '=', gitProviderId)
    .where('forge_id', '>', after)
    .orderBy('forge_id')
    .offset(batchSize - 1)
    .limit(1)
    .executeTakeFirst();
}
