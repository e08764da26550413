import type { Omission, Page, Repository } from '@anyforge/core';
import type { ExpressionBuilder, UpdateObject } from 'kysely';
import { writeRepositories } from '../repositories/repository-writer.js';
import type { Resources } from '../resources.js';
import { toJson } from '../store/json.js';
import type { ConnectionRow, Schema, SyncTaskRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import type { SyncAttempt } from './sync-attempt.js';
import { nothingListed, showingUnconfirmed, SupersededError } from './sync-attempt.js';
import { nothingVisible } from './nothing-visible.js';
import type { SyncChanges } from './sync-changes.js';
import type { SyncTaskError } from './sync-task-error.js';
import { errorColumns } from './sync-task-error.js';
import { addGeneration } from './generation-sweeper.js';
import { touchSyncs } from './touch-syncs.js';

/** A larger page is written in several transactions, so that none holds the database for long. */
const rowsAtOnce = 1000;

type TaskValues = UpdateObject<Schema, 'sync_tasks'>;
type TaskChange = TaskValues | ((expression: ExpressionBuilder<Schema, 'sync_tasks'>) => TaskValues);

interface ListedSoFar {
  /** When the page was waited for: an adapter that reads ahead has asked for it a little earlier. */
  readonly askedAt: Date;
  /** What this page and those before it left out. */
  readonly omitted: readonly Omission[];
}

/** What a running attempt writes. Every write is conditional on the attempt still being the one that may. */
export class SyncTasks {
  readonly #resources: Resources;
  readonly #changes: SyncChanges;

  constructor(resources: Resources, changes: SyncChanges) {
    this.#resources = resources;
    this.#changes = changes;
  }

  /**
   * Stores a page: its rows, the progress and where to go on, together. Rows of a large page that was interrupted are
   * written again, to the same effect.
   *
   * @throws SupersededError
   */
  async writePage(attempt: SyncAttempt, page: Page<Repository>, listed: ListedSoFar): Promise<void> {
    const { askedAt, omitted } = listed;
    const { items, total } = page;
    for (let written = 0; ; written += rowsAtOnce) {
      const repositories = items.slice(written, written + rowsAtOnce);
      const last = written + rowsAtOnce >= items.length;
      await this.#fenced(attempt, async (transaction) => {
        await this.#update(transaction, attempt, (expression) => ({
          interruptions: 0,
          repositories: expression('repositories', '+', repositories.length),
          ...(last && {
            pages: expression('pages', '+', 1),
            ...(total !== undefined && { total }),
            resume: page.resume ?? null,
            omitted: omitted.length === 0 ? null : toJson(omitted),
          }),
        }));
        await writeRepositories(this.#resources.store, transaction, {
          gitProviderId: attempt.gitProviderId,
          generation: attempt.generation,
          observedAt: askedAt,
          settingsVersion: attempt.settingsVersion,
          now: this.#resources.clock.now(),
          repositories,
        });
      });
      if (last) return;
    }
  }

  /** How many repositories people see through the connection now, and how many the attempt has found. */
  async compareWithVisible(
    attempt: SyncAttempt,
  ): Promise<{ readonly visible: number; readonly found: number }> {
    const { database } = this.#resources.store;
    const connection = await database
      .selectFrom('connections')
      .select('visible_generation')
      .where('id', '=', attempt.connectionId)
      .executeTakeFirst();
    const visible = connection?.visible_generation ?? undefined;
    return {
      visible: visible === undefined ? 0 : await countPermissions(database, visible),
      found: await countPermissions(database, attempt.generation),
    };
  }

  /** The account that the attempt's credential was verified for, and on which type of forge. @throws SupersededError */
  async verifiedAs(
    attempt: SyncAttempt,
  ): Promise<{ readonly accountId: string; readonly providerType: string }> {
    const row = await this.#resources.store.database
      .selectFrom('connections')
      .innerJoin('git_providers', 'git_providers.id', 'connections.git_provider_id')
      .select(['connections.account_id as accountId', 'git_providers.type as providerType'])
      .where('connections.id', '=', attempt.connectionId)
      .where('connections.epoch', '=', attempt.epoch)
      .executeTakeFirst();
    if (row === undefined) throw new SupersededError();
    return row;
  }

  /** Makes the generation the visible one: the listing has ended. @throws SupersededError */
  async complete(attempt: SyncAttempt, omitted: readonly Omission[]): Promise<void> {
    const now = this.#resources.clock.now().getTime();
    await this.#fenced(attempt, async (transaction) => {
      const shown = {
        visible_generation: attempt.generation,
        complete_generation: attempt.generation,
        visible_completed_at: now,
        visible_omitted: toJson(omitted),
        attention_reason: null,
        attention_at: null,
      };
      // One that was under way when the renewal was refused ends as the next one would.
      await this.#updateConnection(transaction, attempt, shown, { unlessRefused: true });
      const repositories = await countPermissions(transaction, attempt.generation);
      await this.#update(transaction, attempt, {
        state: 'succeeded',
        repositories,
        resume: null,
        finished_at: now,
      });
    });
  }

  /** Ends in failure; people keep the last complete list. @throws SupersededError */
  async fail(attempt: SyncAttempt, error: SyncTaskError): Promise<void> {
    const now = this.#resources.clock.now().getTime();
    await this.#fenced(attempt, (transaction) => this.#update(transaction, attempt, failed(error, now)));
  }

  /** Ends in failure and hides the list: the forge knows the credential no more. @throws SupersededError */
  async failRevoked(attempt: SyncAttempt, error: SyncTaskError): Promise<void> {
    const now = this.#resources.clock.now().getTime();
    await this.#fenced(attempt, async (transaction) => {
      await this.#updateConnection(transaction, attempt, {
        ...nothingVisible,
        attention_reason: error.message,
        attention_at: now,
      });
      await this.#update(transaction, attempt, failed(error, now));
    });
  }

  /** Gives the worker back until the forge lets us go on. @throws SupersededError */
  async wait(attempt: SyncAttempt, until: Date, error: SyncTaskError): Promise<void> {
    await this.#fenced(attempt, (transaction) =>
      this.#update(transaction, attempt, {
        state: 'waiting',
        waiting_until: until.getTime(),
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
    await this.#fenced(attempt, async (transaction) => {
      await addGeneration(transaction, {
        id: generation,
        connection_id: attempt.connectionId,
        git_provider_id: attempt.gitProviderId,
        listing_version: attempt.settingsVersion,
        created_at: this.#resources.clock.now().getTime(),
      });
      if (attempt.revokesFirst) {
        await this.#updateConnection(transaction, attempt, showingUnconfirmed(generation));
      }
      await this.#update(transaction, attempt, { generation, ...nothingListed });
    });
    return { ...attempt, generation, resume: undefined, omitted: [] };
  }

  async #fenced(attempt: SyncAttempt, write: (transaction: Queries) => Promise<void>): Promise<void> {
    await this.#resources.store.database.transaction().execute(async (transaction) => {
      await write(transaction);
      await touchSyncs(transaction, [attempt.syncId]);
    });
    this.#changes.notify([attempt.syncId]);
  }

  /** The fence: the task is this attempt's, the sign-in and the settings are those that it began with. */
  async #update(transaction: Queries, attempt: SyncAttempt, change: TaskChange): Promise<void> {
    const { numUpdatedRows } = await transaction
      .updateTable('sync_tasks')
      .set(change)
      .where('id', '=', attempt.taskId)
      .where('attempt', '=', attempt.attempt)
      .where('state', '=', 'running')
      .where((expression) =>
        expression.exists(
          expression
            .selectFrom('connections')
            .select('connections.id')
            .where('connections.id', '=', attempt.connectionId)
            .where('connections.epoch', '=', attempt.epoch),
        ),
      )
      .where((expression) =>
        expression.exists(
          expression
            .selectFrom('git_providers')
            .select('git_providers.id')
            .where('git_providers.id', '=', attempt.gitProviderId)
            .where('git_providers.listing_version', '=', attempt.settingsVersion),
        ),
      )
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new SupersededError();
  }

  async #updateConnection(
    transaction: Queries,
    attempt: SyncAttempt,
    change: Partial<ConnectionRow>,
    { unlessRefused = false } = {},
  ): Promise<void> {
    const { numUpdatedRows } = await transaction
      .updateTable('connections')
      .set(change)
      .where('id', '=', attempt.connectionId)
      .where('epoch', '=', attempt.epoch)
      .$if(unlessRefused, (update) => update.where('credential_refused', '=', 0))
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new SupersededError();
  }
}

function failed(error: SyncTaskError, now: number): Partial<SyncTaskRow> {
  return { state: 'failed', finished_at: now, resume: null, ...errorColumns(error) };
}

async function countPermissions(database: Queries, generation: string): Promise<number> {
  const { count } = await database
    .selectFrom('permissions')
    .select((expression) => expression.fn.countAll<number | string>().as('count'))
    .where('generation', '=', generation)
    .executeTakeFirstOrThrow();
  return Number(count);
}
