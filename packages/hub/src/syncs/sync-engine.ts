import type { ErrorKind } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { describeFault } from '../describe-fault.js';
import type { ConnectionSessions } from '../connections/connection-sessions.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { GenerationSweeper } from './generation-sweeper.js';
import type { JobQueue } from './job-queue.js';
import type { ListingParts } from './listing.js';
import { Listing } from './listing.js';
import type { StartPlanner } from './start-planner.js';
import type { SyncAttempt } from './sync-attempt.js';
import { SupersededError } from './sync-attempt.js';
import type { SyncAttempts } from './sync-attempts.js';
import type { SyncTaskError } from './sync-task-error.js';
import { describeError } from './sync-task-error.js';

/** How long to wait when a forge limits us and does not say until when. */
const defaultWaitMs = 60_000;
/** When to try again to store how an attempt ended, after the store has refused. */
const unsettledRetryMs = 30_000;
/** So that a forge that says "now" again and again is not asked in a tight loop. */
const shortestWaitMs = 1_000;

/** How long a task waits after each time that the forge was out of reach; after one more it fails. */
const retryPausesMs = [30_000, 120_000, 600_000];
const outOfReach: ReadonlySet<ErrorKind> = new Set(['unavailable', 'timeout', 'network']);

const notPutInPlace: SyncTaskError = {
  kind: 'internal',
  message: 'The list could not be put in place, though neither the settings nor the sign-in were replaced.',
  repair: { text: 'If this goes on, sign in again.' },
};

export interface SyncEngineParts extends ListingParts {
  readonly resources: Resources;
  readonly sessions: Pick<ConnectionSessions, 'open'>;
  readonly plan: Pick<StartPlanner, 'check'>;
  readonly attempts: SyncAttempts;
  readonly sweeper: GenerationSweeper;
  readonly queue: JobQueue;
}

/** How an attempt ended that did not complete. */
interface End {
  readonly error: unknown;
  /** Whether the next attempt goes on further ahead. */
  readonly isAhead: boolean;
}

/** Runs sync tasks, one call each: lists a connection's repositories into a generation and makes that visible. */
export class SyncEngine {
  readonly #parts: SyncEngineParts;
  /** Attempts that have ended here, and that the store still takes for running. */
  readonly #unsettled = new Map<string, SyncAttempt>();

  constructor(parts: SyncEngineParts) {
    this.#parts = parts;
  }

  async run(taskId: string, signal: AbortSignal): Promise<void> {
    const { tasks, sweeper } = this.#parts;
    const attempt = await this.#take(taskId);
    if (attempt === undefined) return;
    const { measurements, clock } = this.#parts.resources;
    const { providerType } = attempt;
    const begunAt = clock.now().getTime();
    measurements.attemptBegun({ providerType });
    let listing: Listing | undefined;
    try {
      await this.#parts.plan.check(attempt);
      listing = new Listing(this.#parts, await this.#parts.sessions.open(attempt), attempt, signal);
      await listing.run();
      await tasks.complete(listing.attempt, listing.omitted);
    } catch (error) {
      await this.#end(attempt, { error, isAhead: listing?.isAhead ?? false }, signal);
    } finally {
      measurements.attemptEnded({ providerType, durationMs: clock.now().getTime() - begunAt });
    }
    sweeper.sweepInBackground(attempt.connectionId);
  }

  async #end(attempt: SyncAttempt, end: End, signal: AbortSignal): Promise<void> {
    try {
      await this.#settle(attempt, end, signal);
    } catch (later) {
      await this.#leaveUnsettled(attempt, later);
    }
  }

  async #settle(attempt: SyncAttempt, end: End, signal: AbortSignal): Promise<void> {
    const { error } = end;
    if (error instanceof SupersededError || signal.aborted) {
      await this.#giveBack(attempt, signal);
      return;
    }
    // Nothing is wrong with the sync, and much may have been listed: it goes on where it stood.
    if (isStoreFailure(error)) throw error;
    try {
      await this.#refuse(attempt, end);
    } catch (later) {
      if (!(later instanceof SupersededError)) throw later;
      await this.#giveBack(attempt, signal);
    }
  }

  async #take(taskId: string): Promise<SyncAttempt | undefined> {
    const { attempts } = this.#parts;
    const unsettled = this.#unsettled.get(taskId);
    try {
      if (unsettled !== undefined) await attempts.release(unsettled);
      this.#unsettled.delete(taskId);
      const attempt = await attempts.take(taskId);
      if (attempt === undefined) await this.#delay(taskId);
      return attempt;
    } catch (error) {
      await this.#retryLater(taskId, error);
      return undefined;
    }
  }

  /** One that came before its time comes again: nobody else may know of it. */
  async #delay(taskId: string): Promise<void> {
    const { attempts, queue } = this.#parts;
    const notBefore = await attempts.waitsUntil(taskId);
    if (notBefore !== undefined) await queue.add(taskId, { notBefore });
  }

  /** The store has failed under it, or refuses to hear how it ended: the disk may be full. The task is run again later. */
  async #leaveUnsettled(attempt: SyncAttempt, error: unknown): Promise<void> {
    this.#unsettled.set(attempt.taskId, attempt);
    await this.#retryLater(attempt.taskId, error);
  }

  async #retryLater(taskId: string, error: unknown): Promise<void> {
    const { resources, queue } = this.#parts;
    resources.logger.warn(
      { taskId, error: describeFault(error) },
      'The store failed a sync task; it is run again later.',
    );
    const notBefore = new Date(resources.clock.now().getTime() + unsettledRetryMs);
    // Nobody else can end an attempt that the store takes for running here.
    await queue.add(taskId, { notBefore, here: true });
  }

  /**
   * A task whose settings have changed under it goes on by itself; one that was stopped waits to be asked. Where nothing
   * has changed, as when a renewal was refused meanwhile, that counts as a try: the first is made at once.
   */
  async #giveBack(attempt: SyncAttempt, signal: AbortSignal): Promise<void> {
    const { attempts, queue } = this.#parts;
    const isStopping = signal.aborted && !(signal.reason instanceof SupersededError);
    if (!isStopping && attempt.retries > 0 && (await this.#hasPaused(attempt))) return;
    const released = await attempts.release(attempt, isStopping ? attempt.retries : attempt.retries + 1);
    if (released && !isStopping) await queue.add(attempt.taskId);
  }

  /** Whether the task was still as the attempt found it, so that it is tried again after a while. */
  async #hasPaused(attempt: SyncAttempt): Promise<boolean> {
    try {
      await this.#tryAgain(attempt, notPutInPlace, attempt.retries);
      return true;
    } catch (error) {
      if (error instanceof SupersededError) return false;
      throw error;
    }
  }

  async #refuse(attempt: SyncAttempt, { error, isAhead }: End): Promise<void> {
    const { resources, tasks } = this.#parts;
    const words = describeError(error);
    if (!ProviderError.is(error)) {
      resources.logger.warn(
        { taskId: attempt.taskId, error: describeFault(error) },
        'A sync task failed unexpectedly.',
      );
      await tasks.fail(attempt, words);
    } else if (error.kind === 'rate_limited') {
      const until = waitUntil(error, resources.clock.now());
      await this.#wait(attempt, {
        until,
        // The forge's own advice is for whoever would have to ask again.
        words: { ...words, repair: { text: 'It goes on by itself.' } },
        retries: isAhead ? 0 : attempt.retries,
      });
    } else if (error.kind === 'unauthenticated') await tasks.failRevoked(attempt, words);
    else if (outOfReach.has(error.kind)) await this.#tryAgain(attempt, words, isAhead ? 0 : attempt.retries);
    else await tasks.fail(attempt, words);
  }

  /** Nobody needs to ask again because a forge was down for a while. */
  async #tryAgain(attempt: SyncAttempt, words: SyncTaskError, retries: number): Promise<void> {
    const { resources, tasks } = this.#parts;
    const pause = retryPausesMs[retries];
    if (pause === undefined) return tasks.fail(attempt, words);
    const until = new Date(resources.clock.now().getTime() + pause);
    await this.#wait(attempt, { until, words, retries: retries + 1 });
  }

  async #wait(
    attempt: SyncAttempt,
    {
      until,
      words,
      retries,
    }: { readonly until: Date; readonly words: SyncTaskError; readonly retries: number },
  ): Promise<void> {
    const { resources, tasks } = this.#parts;
    await tasks.wait(attempt, until, words, retries);
    const { providerType } = attempt;
    const forMs = until.getTime() - resources.clock.now().getTime();
    resources.measurements.waitBegun({ providerType, by: 'task', forMs });
    await this.#parts.queue.add(attempt.taskId, { notBefore: until });
  }
}

/** Whether the database was out of order, whoever met it: a renewal tells of it as the cause. */
function isStoreFailure(error: unknown): boolean {
  if (error instanceof HubError) return error.kind === 'store_failed' || error.kind === 'store_full';
  return ProviderError.is(error) && isStoreFailure(error.details.cause);
}

function waitUntil(error: ProviderError, now: Date): Date {
  const earliest = now.getTime() + shortestWaitMs;
  const told = error.details.retryAt?.getTime() ?? now.getTime() + defaultWaitMs;
  return new Date(Math.max(told, earliest));
}
