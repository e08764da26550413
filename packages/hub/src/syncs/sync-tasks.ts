import type { Omission, Repository } from '@anyforge/core';
import type { TaskEnd } from '../measurements.js';
import type { Resources } from '../resources.js';
import { toJson } from '../store/json.js';
import type { SyncTaskRow } from '../store/schema.js';
import { AttemptFence } from './attempt-fence.js';
import type { MissingRepositories } from './listed-generation.js';
import {
  addGeneration,
  agreesWithPassBefore,
  compareWithBase,
  countPermissions,
  missingFromGeneration,
} from './listed-generation.js';
import { ListingWriter } from './listing-writer.js';
import { nothingVisible } from './nothing-visible.js';
import type { ListedPage } from './page-batches.js';
import type { SyncAttempt } from './sync-attempt.js';
import { nothingListed, showingUnconfirmed, SupersededError } from './sync-attempt.js';
import type { SyncChanges } from './sync-changes.js';
import type { SyncTaskError } from './sync-task-error.js';
import { errorColumns } from './sync-task-error.js';

/** What a running attempt writes. Every write is conditional on the attempt still being the one that may. */
export class SyncTasks {
  readonly #resources: Resources;
  readonly #fence: AttemptFence;
  readonly #listing: ListingWriter;

  constructor(resources: Resources, changes: SyncChanges) {
    this.#resources = resources;
    this.#fence = new AttemptFence(resources, changes);
    this.#listing = new ListingWriter(resources, this.#fence);
  }

  /**
   * Stores pages in their order: rows, progress and where to go on together, some pages in one transaction. Those of
   * which the last transaction failed are stored none or in part, and may be written again to the same effect.
   *
   * @throws SupersededError
   */
  writePages(attempt: SyncAttempt, pages: readonly ListedPage[]): Promise<void> {
    return this.#listing.write(attempt, pages);
  }

  /** Stores repositories that no page has listed and that the forge still has. @throws SupersededError */
  add(attempt: SyncAttempt, repositories: readonly Repository[], askedAt: Date): Promise<void> {
    return this.#listing.add(attempt, repositories, askedAt);
  }

  /** What the last complete list has, and neither a page of this one, in any pass, nor what was added to it. */
  missing(attempt: SyncAttempt, limit: number): Promise<MissingRepositories> {
    return missingFromGeneration(this.#resources.store, attempt, limit);
  }

  /** Whether this pass, which has come to its end, has told the same as the one before it. */
  agreesWithPassBefore(attempt: SyncAttempt): Promise<boolean> {
    return agreesWithPassBefore(this.#resources.store, attempt);
  }

  /** How many pages the list has. @throws SupersededError */
  async countPages({ taskId, attempt }: SyncAttempt): Promise<number> {
    const task = await this.#resources.store.database
      .selectFrom('sync_tasks')
      .select('pages')
      .where('id', '=', taskId)
      .where('attempt', '=', attempt)
      .executeTakeFirst();
    if (task === undefined) throw new SupersededError();
    return task.pages;
  }

  /** The pass has come to its end: another attempt need not list it again. @throws SupersededError */
  endPass(attempt: SyncAttempt, omitted: readonly Omission[]): Promise<void> {
    return this.#fence.write(attempt, (transaction) =>
      this.#fence.changeTask(transaction, attempt, {
        listed: 1,
        resume: null,
        omitted: omittedColumn(omitted),
      }),
    );
  }

  /**
   * Begins another pass through the whole list, into the same generation.
   *
   * @param omitted what is known to be left out: that stays known
   * @throws SupersededError
   */
  async beginPass(attempt: SyncAttempt, omitted: readonly Omission[]): Promise<SyncAttempt> {
    const pass = attempt.pass + 1;
    await this.#fence.write(attempt, (transaction) =>
      this.#fence.changeTask(transaction, attempt, {
        pass,
        listed: 0,
        resume: null,
        omitted: omittedColumn(omitted),
      }),
    );
    return { ...attempt, pass, isListed: false, resume: undefined, omitted };
  }

  /** How many repositories the last complete list has, and how many the attempt has found. */
  compareWithFormer(attempt: SyncAttempt): Promise<{ readonly former: number; readonly found: number }> {
    return compareWithBase(this.#resources.store, attempt.generation);
  }

  /** The id of the account that the attempt's credential was verified for. @throws SupersededError */
  async verifiedAs(attempt: SyncAttempt): Promise<string> {
    const row = await this.#resources.store.database
      .selectFrom('connections')
      .select('account_id')
      .where('id', '=', attempt.connectionId)
      .where('epoch', '=', attempt.epoch)
      .executeTakeFirst();
    if (row === undefined) throw new SupersededError();
    return row.account_id;
  }

  /**
   * Makes what was listed the list that people see: the listing has ended. One that is equal to the list that they see
   * already is not stored again, and that list is as new as this.
   *
   * @throws SupersededError
   */
  async complete(attempt: SyncAttempt, omitted: readonly Omission[]): Promise<void> {
    const generation = await this.#listing.settle(attempt);
    const now = this.#resources.clock.now().getTime();
    await this.#fence.end(attempt, { state: 'succeeded' }, async (transaction) => {
      const shown = {
        visible_generation: generation,
        complete_generation: generation,
        visible_completed_at: now,
        visible_omitted: toJson(omitted),
        attention_reason: null,
        attention_at: null,
      };
      await this.#fence.changeConnection(transaction, attempt, shown, {
        // One that was under way when the renewal was refused ends as the next one would.
        unlessRefused: true,
        ...(generation !== attempt.generation && { showing: generation }),
      });
      await this.#fence.changeTask(transaction, attempt, {
        state: 'succeeded',
        repositories: await countPermissions(transaction, generation),
        resume: null,
        finished_at: now,
      });
      // The list that stays is what these settings let through.
      await transaction
        .updateTable('generations')
        .set({ listing_version: attempt.settingsVersion })
        .where('id', '=', generation)
        .where('listing_version', '<', attempt.settingsVersion)
        .execute();
    });
  }

  /** Ends in failure; people keep the last complete list. @throws SupersededError */
  async fail(attempt: SyncAttempt, error: SyncTaskError): Promise<void> {
    const now = this.#resources.clock.now().getTime();
    await this.#fence.end(attempt, failedWith(error), (transaction) =>
      this.#fence.changeTask(transaction, attempt, failed(error, now)),
    );
  }

  /** Ends in failure and hides the list: the forge knows the credential no more. @throws SupersededError */
  async failRevoked(attempt: SyncAttempt, error: SyncTaskError): Promise<void> {
    const now = this.#resources.clock.now().getTime();
    await this.#fence.end(attempt, failedWith(error), async (transaction) => {
      await this.#fence.changeConnection(transaction, attempt, {
        ...nothingVisible,
        attention_reason: error.message,
        attention_at: now,
      });
      await this.#fence.changeTask(transaction, attempt, failed(error, now));
    });
  }

  /**
   * Gives the worker back until then.
   *
   * @param retries how often in a row it has been tried again by itself
   * @throws SupersededError
   */
  async wait(attempt: SyncAttempt, until: Date, error: SyncTaskError, retries: number): Promise<void> {
    await this.#fence.write(attempt, (transaction) =>
      this.#fence.changeTask(transaction, attempt, {
        state: 'waiting',
        waiting_until: until.getTime(),
        retries,
        ...errorColumns(error),
      }),
    );
  }

  /**
   * Starts the listing again in a generation of its own, because where it stood is not to be had any more.
   *
   * @throws SupersededError
   */
  async startOver(attempt: SyncAttempt): Promise<SyncAttempt> {
    const generation = this.#resources.newId();
    await this.#fence.write(attempt, async (transaction) => {
      const begun = {
        id: generation,
        connection_id: attempt.connectionId,
        git_provider_id: attempt.gitProviderId,
        listing_version: attempt.settingsVersion,
        created_at: this.#resources.clock.now().getTime(),
      };
      await addGeneration(transaction, begun, attempt);
      if (attempt.revokesFirst) {
        await this.#fence.changeConnection(transaction, attempt, showingUnconfirmed(generation));
      }
      await this.#fence.changeTask(transaction, attempt, { generation, ...nothingListed });
    });
    return { ...attempt, generation, pass: 1, isListed: false, resume: undefined, omitted: [] };
  }
}

function omittedColumn(omitted: readonly Omission[]): SyncTaskRow['omitted'] {
  return omitted.length === 0 ? null : toJson(omitted);
}

function failedWith({ kind: errorKind }: SyncTaskError): Pick<TaskEnd, 'state' | 'errorKind'> {
  return { state: 'failed', errorKind };
}

function failed(error: SyncTaskError, now: number): Partial<SyncTaskRow> {
  return { state: 'failed', finished_at: now, resume: null, ...errorColumns(error) };
}
