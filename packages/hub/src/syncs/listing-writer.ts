import type { Repository } from '@anyforge/core';
import { lockRepositories } from '../repositories/lock-repositories.js';
import { hasPermissions, writePermissions } from '../repositories/permission-writer.js';
import { toPermissionRow } from '../repositories/repository-rows.js';
import { repositoriesAtOnce } from '../repositories/repositories-at-once.js';
import type { Observation, ObservedRepositories } from '../repositories/repository-writer.js';
import {
  MovedRepositoryError,
  moveRepositories,
  StoredRepositoryError,
  writeRepositories,
} from '../repositories/repository-writer.js';
import type { Resources } from '../resources.js';
import { toJson } from '../store/json.js';
import type { Queries } from '../store/store.js';
import { storableText } from '../store/text.js';
import type { AttemptFence, TaskChange } from './attempt-fence.js';
import { copyFromBase } from './copy-generation.js';
import { findGeneration, keepPages, missingFromGeneration } from './listed-generation.js';
import type { ListedPage, PagePart } from './page-batches.js';
import { inBatches } from './page-batches.js';
import type { SyncAttempt } from './sync-attempt.js';

/** What one transaction writes, so that none holds the database for long. */
const rowsAtOnce = 1000;

/** The list is not what the base has any more: it needs permissions of its own. */
class DifferentListError extends Error {
  override readonly name = 'DifferentListError';
}

/** Writes what an attempt lists into its generation. */
export class ListingWriter {
  readonly #resources: Resources;
  readonly #fence: AttemptFence;
  /** Of whose last batch nothing was stored before, so that it will likely be the same with the next one. */
  readonly #amongTheFirst = new WeakSet<SyncAttempt>();

  constructor(resources: Resources, fence: AttemptFence) {
    this.#resources = resources;
    this.#fence = fence;
  }

  /** @throws SupersededError */
  async write(attempt: SyncAttempt, pages: readonly ListedPage[]): Promise<void> {
    for (const batch of inBatches(pages, rowsAtOnce)) await this.#write(attempt, batch);
  }

  /** @throws SupersededError */
  async add(attempt: SyncAttempt, repositories: readonly Repository[], askedAt: Date): Promise<void> {
    if (repositories.length > 0) await this.#write(attempt, [{ items: repositories, askedAt }]);
  }

  /**
   * Which generation shows what the attempt has listed: its own, or, while that is equal to its base and lacks nothing
   * of it, the base.
   *
   * @throws SupersededError
   */
  async settle(attempt: SyncAttempt): Promise<string> {
    const { store } = this.#resources;
    const { base, stage } = await findGeneration(store.database, attempt.generation);
    if (stage === 'equal' && base !== null) {
      const { total } = await missingFromGeneration(store, attempt, 0);
      if (total === 0) return base;
    }
    await this.#copyFromBase(attempt);
    return attempt.generation;
  }

  async #write(attempt: SyncAttempt, batch: readonly PagePart[]): Promise<void> {
    for (;;) {
      try {
        const wereNew = await this.#fence.write(attempt, (transaction) =>
          this.#writeOnce(transaction, attempt, batch),
        );
        if (wereNew) this.#amongTheFirst.add(attempt);
        this.#measure(attempt, batch);
        return;
      } catch (error) {
        // What comes later may be stored too.
        this.#amongTheFirst.delete(attempt);
        if (error instanceof StoredRepositoryError) continue;
        if (error instanceof MovedRepositoryError) await this.#move(attempt, batch, error.forgeIds);
        else if (error instanceof DifferentListError) await this.#copyFromBase(attempt);
        else throw error;
      }
    }
  }

  /** A few in a transaction where many people have them in their lists: others have their turn in between. */
  async #move(
    attempt: SyncAttempt,
    batch: readonly PagePart[],
    forgeIds: ReadonlySet<string>,
  ): Promise<void> {
    const { store } = this.#resources;
    const atOnce = await repositoriesAtOnce(store.database, attempt.gitProviderId);
    const moved = observationsOf(batch).filter(({ repository }) => forgeIds.has(storableText(repository.id)));
    for (let start = 0; start < moved.length; start += atOnce) {
      const observed = this.#observed(attempt, moved.slice(start, start + atOnce));
      await this.#fence.write(attempt, async (transaction) => {
        await this.#fence.changeTask(transaction, attempt, { interruptions: 0 });
        await moveRepositories(store, transaction, observed);
      });
    }
  }

  #observed(
    { gitProviderId, settingsVersion }: SyncAttempt,
    observations: readonly Observation[],
  ): ObservedRepositories {
    return { gitProviderId, settingsVersion, now: this.#resources.clock.now(), observations };
  }

  /** Says whether no repository of the batch was stored before. */
  async #writeOnce(transaction: Queries, attempt: SyncAttempt, batch: readonly PagePart[]): Promise<boolean> {
    const { store } = this.#resources;
    const { gitProviderId, generation, pass } = attempt;
    await this.#fence.changeTask(transaction, attempt, progressOf(attempt, batch));
    const pages = batch.map(({ items }) => items);
    const { base, stage } = await keepPages(transaction, generation, pass, pages);
    const observations = observationsOf(batch);
    const observed = this.#observed(attempt, observations);
    const wereNew = await writeRepositories(store, transaction, observed, this.#amongTheFirst.has(attempt));
    const permissions = observations.map(({ repository }) => toPermissionRow(repository));
    if (stage === 'own' || base === null) {
      await writePermissions(store, transaction, { gitProviderId, generation, permissions });
    } else if (!(await hasPermissions(store, transaction, base, permissions))) throw new DifferentListError();
    return wereNew;
  }

  #measure({ providerType }: SyncAttempt, batch: readonly PagePart[]): void {
    const count = batch.reduce((sum, { items }) => sum + items.length, 0);
    this.#resources.measurements.repositoriesStored({ providerType, count });
  }

  /** Whatever the generation has listed while it was equal to its base becomes its own, step by step. */
  async #copyFromBase(attempt: SyncAttempt): Promise<void> {
    while (await this.#fence.write(attempt, (transaction) => this.#copyStep(transaction, attempt)));
  }

  async #copyStep(transaction: Queries, attempt: SyncAttempt): Promise<boolean> {
    const { store } = this.#resources;
    await this.#fence.changeTask(transaction, attempt, { interruptions: 0 });
    await lockRepositories(store, transaction, attempt.gitProviderId, 'shared');
    return copyFromBase(store, transaction, attempt.generation);
  }
}

/** Of each repository the last word. */
function observationsOf(batch: readonly PagePart[]): readonly Observation[] {
  const observations = batch.flatMap(({ items, askedAt: observedAt }) =>
    items.map((repository) => ({ repository, observedAt })),
  );
  return [...new Map(observations.map((each) => [storableText(each.repository.id), each] as const)).values()];
}

/** In the first pass only: what a further one lists has been counted. */
function progressOf({ pass }: SyncAttempt, batch: readonly PagePart[]): TaskChange {
  const listed = batch.reduce((sum, { items }) => sum + items.length, 0);
  const ended = batch.flatMap(({ ends }) => ends ?? []);
  const last = ended.at(-1);
  const total = last?.page.total;
  return (expression) => ({
    interruptions: 0,
    ...(pass === 1 && {
      repositories: expression('repositories', '+', listed),
      pages: expression('pages', '+', ended.length),
      ...(total !== undefined && { total }),
      ...(ended.some(({ page }) => page.resume !== undefined) && { resumable: 1 }),
    }),
    ...(last !== undefined && {
      resume: last.page.resume ?? null,
      omitted: last.omitted.length === 0 ? null : toJson(last.omitted),
    }),
  });
}
