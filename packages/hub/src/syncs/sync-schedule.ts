import { scheduleOf } from '../git-providers/schedule.js';
import type { Chore } from '../housekeeping/chore.js';
import type { Resources } from '../resources.js';
import type { GitProviderRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { decide, firstTime, latestTime, startedAtMost } from './schedule-times.js';
import { lockScheduled } from './scheduled-connections.js';
import type { SyncPlan } from './sync-planner.js';
import { SyncPlanner } from './sync-planner.js';
import type { Syncs } from './syncs.js';

/** Looked at in one transaction, one after the other: others wait for their rows. */
const batchSize = 10;

/** A git provider that has a schedule, locked. */
interface Scheduled {
  readonly provider: GitProviderRow;
  readonly everyMinutes: number;
}

interface Started {
  /** How many connections' time had come. */
  readonly looked: number;
  readonly started: number;
  readonly plan: SyncPlan;
}

const nothing: Started = { looked: 0, started: 0, plan: { changedSyncs: [], stop: [], queue: [] } };

/**
 * Starts the syncs that git providers' schedules ask for, a few of each git provider in a round. Each connection has a
 * time at which it is looked at next; whoever looks moves it on in the transaction that adds the task, so that of several
 * processes one starts it.
 */
export class SyncSchedule implements Chore {
  readonly name = 'schedule';
  readonly everyMs = 45_000;
  readonly failure = 'Scheduled syncs could not be started.';
  readonly #resources: Resources;
  readonly #planner: SyncPlanner;
  readonly #syncs: Pick<Syncs, 'carryOut'>;

  constructor(resources: Resources, syncs: Pick<Syncs, 'carryOut'>) {
    this.#resources = resources;
    this.#planner = new SyncPlanner(resources);
    this.#syncs = syncs;
  }

  async *batches(): AsyncGenerator<void> {
    const providers = await this.#resources.store.database
      .selectFrom('git_providers')
      .selectAll()
      .where('schedule_minutes', 'is not', null)
      .orderBy('id')
      .execute();
    for (const provider of providers) {
      yield* this.#giveTimes(provider.id);
      yield* this.#startDue(provider);
    }
  }

  /** To the connections that have none yet: they are new, or the schedule is. */
  async *#giveTimes(gitProviderId: string): AsyncGenerator<void> {
    let given: number;
    do {
      given = await this.#giveSomeTimes(gitProviderId);
      yield;
    } while (given === batchSize);
  }

  #giveSomeTimes(gitProviderId: string): Promise<number> {
    return this.#resources.store.database.transaction().execute(async (transaction) => {
      const scheduled = await lockSchedule(transaction, gitProviderId);
      if (scheduled === undefined) return 0;
      const rows = await transaction
        .selectFrom('connections')
        .select('id')
        .where('git_provider_id', '=', gitProviderId)
        .where('scheduled_at', 'is', null)
        .limit(batchSize)
        .execute();
      const ids = rows.map(({ id }) => id);
      const now = this.#resources.clock.now().getTime();
      for (const connection of await lockScheduled(transaction, scheduled.provider, ids, 'without a time')) {
        await moveOn(transaction, connection.id, firstTime(connection, scheduled.everyMinutes, now));
      }
      return ids.length;
    });
  }

  async *#startDue(provider: GitProviderRow): AsyncGenerator<void> {
    const now = this.#resources.clock.now().getTime();
    let left = await this.#startedAtMost(provider);
    let looked: number;
    do {
      const round = await this.#startSome(provider.id, now, Math.min(batchSize, left));
      await this.#syncs.carryOut(round.plan);
      looked = round.looked;
      left -= round.started;
      yield;
    } while (looked > 0 && left > 0);
  }

  async #startedAtMost({ id, schedule_minutes }: GitProviderRow): Promise<number> {
    const { count } = await this.#resources.store.database
      .selectFrom('connections')
      .select((expression) => expression.fn.countAll<number | string>().as('count'))
      .where('git_provider_id', '=', id)
      .executeTakeFirstOrThrow();
    return startedAtMost(Number(count), schedule_minutes ?? Infinity);
  }

  #startSome(gitProviderId: string, now: number, atMost: number): Promise<Started> {
    return this.#resources.store.database.transaction().execute(async (transaction) => {
      const scheduled = await lockSchedule(transaction, gitProviderId);
      if (scheduled === undefined) return nothing;
      const isDue = { by: now, notAfter: latestTime(scheduled.everyMinutes, now) };
      const due = await transaction
        .selectFrom('connections')
        .select('id')
        .where('git_provider_id', '=', gitProviderId)
        .where((where) =>
          where.or([where('scheduled_at', '<=', isDue.by), where('scheduled_at', '>', isDue.notAfter)]),
        )
        .orderBy('scheduled_at')
        .orderBy('id')
        .limit(atMost)
        .execute();
      const ids = due.map(({ id }) => id);
      const starting: string[] = [];
      for (const connection of await lockScheduled(transaction, scheduled.provider, ids, isDue)) {
        const { starts, nextAt } = decide(connection, scheduled.everyMinutes, now);
        await moveOn(transaction, connection.id, nextAt);
        if (starts) starting.push(connection.id);
      }
      const plan = await this.#planner.startFor(transaction, starting);
      return { looked: ids.length, started: starting.length, plan };
    });
  }
}

/** Before its connections, like everybody who changes both. Undefined: it is gone, or has no schedule any more. */
async function lockSchedule(transaction: Queries, gitProviderId: string): Promise<Scheduled | undefined> {
  const provider = await transaction
    .selectFrom('git_providers')
    .selectAll()
    .where('id', '=', gitProviderId)
    .forShare()
    .executeTakeFirst();
  const schedule = provider === undefined ? null : scheduleOf(provider);
  if (provider === undefined || schedule === null) return undefined;
  return { provider, everyMinutes: schedule.everyMinutes };
}

async function moveOn(transaction: Queries, id: string, scheduledAt: number): Promise<void> {
  await transaction
    .updateTable('connections')
    .set({ scheduled_at: scheduledAt })
    .where('id', '=', id)
    .execute();
}
