import type { GitSession, Omission } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { describeFault } from '../describe-fault.js';
import type { ConnectionSessions } from '../connections/connection-sessions.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import type { GenerationSweeper } from './generation-sweeper.js';
import type { JobQueue } from './job-queue.js';
import type { SyncAttempt } from './sync-attempt.js';
import { mergeOmissions } from './merge-omissions.js';
import { SupersededError } from './sync-attempt.js';
import type { SyncAttempts } from './sync-attempts.js';
import { describeError } from './sync-task-error.js';
import type { SyncTasks } from './sync-tasks.js';
import { itemsUntilAborted, untilAborted } from '../until-aborted.js';

/** How long to wait when a forge limits us and does not say until when. */
const defaultWaitMs = 60_000;
/** When to try again to store how an attempt ended, after the store has refused. */
const unsettledRetryMs = 30_000;
/** So that a forge that says "now" again and again is not asked in a tight loop. */
const shortestWaitMs = 1_000;

export interface SyncEngineParts {
  readonly resources: Resources;
  readonly sessions: Pick<ConnectionSessions, 'open'>;
  readonly attempts: SyncAttempts;
  readonly tasks: SyncTasks;
  readonly sweeper: GenerationSweeper;
  readonly queue: JobQueue;
  /** A longer wait for a rate limit gives the worker back meanwhile. */
  readonly maxWaitMs: number;
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
    try {
      const listed = await this.#list(attempt, signal);
      await tasks.complete(listed.attempt, listed.omitted);
    } catch (error) {
      await this.#end(attempt, error, signal);
    }
    sweeper.sweepInBackground();
  }

  async #list(attempt: SyncAttempt, signal: AbortSignal): Promise<Listed> {
    const session = await this.#parts.sessions.open(attempt);
    const progress = { pages: 0 };
    const listed = await this.#listPages(session, attempt, signal, progress).catch(async (error: unknown) => {
      if (attempt.resume === undefined || progress.pages > 0 || !isRefusedResume(error)) throw error;
      const anew = await this.#parts.tasks.startOver(attempt);
      return this.#listPages(session, anew, signal, progress);
    });
    await this.#proveShrunk(session, listed.attempt, signal);
    return listed;
  }

  async #listPages(
    session: GitSession,
    attempt: SyncAttempt,
    signal: AbortSignal,
    progress: { pages: number },
  ): Promise<Listed> {
    const { resources, tasks, maxWaitMs } = this.#parts;
    let omitted = attempt.omitted;
    let askedAt = resources.clock.now();
    const listing = session.repositories(
      { ...attempt.selection, resume: attempt.resume },
      { signal, maxWaitMs },
    );
    for await (const page of itemsUntilAborted(listing.pages(), signal)) {
      omitted = mergeOmissions(omitted, page.omitted);
      await tasks.writePage(attempt, page, { askedAt, omitted });
      askedAt = resources.clock.now();
      progress.pages += 1;
    }
    return { attempt, omitted };
  }

  /** A listing that has lost more than half is believed only when the forge still knows who is asking. */
  async #proveShrunk(session: GitSession, attempt: SyncAttempt, signal: AbortSignal): Promise<void> {
    const { tasks, maxWaitMs } = this.#parts;
    const { visible, found } = await tasks.compareWithVisible(attempt);
    if (found * 2 >= visible) return;
    const { account } = await untilAborted(session.identity({ signal, maxWaitMs }), signal);
    const verified = await tasks.verifiedAs(attempt);
    if (account.id === verified.accountId) return;
    throw new ProviderError(
      'unauthenticated',
      `The forge now takes this sign-in for ${account.username}, another account. Sign in again.`,
      { provider: verified.providerType },
    );
  }

  async #end(attempt: SyncAttempt, error: unknown, signal: AbortSignal): Promise<void> {
    try {
      await this.#settle(attempt, error, signal);
    } catch (later) {
      await this.#leaveUnsettled(attempt, later);
    }
  }

  async #settle(attempt: SyncAttempt, error: unknown, signal: AbortSignal): Promise<void> {
    if (error instanceof SupersededError || signal.aborted) {
      await this.#giveBack(attempt, signal);
      return;
    }
    // Nothing is wrong with the sync, and much may have been listed: it goes on where it stood.
    if (isStoreFailure(error)) throw error;
    try {
      await this.#refuse(attempt, error);
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
      return await attempts.take(taskId);
    } catch (error) {
      await this.#retryLater(taskId, error);
      return undefined;
    }
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
    await queue.add(taskId, { notBefore: new Date(resources.clock.now().getTime() + unsettledRetryMs) });
  }

  /** A task whose settings have changed under it goes on by itself; one that was stopped waits to be asked. */
  async #giveBack(attempt: SyncAttempt, signal: AbortSignal): Promise<void> {
    const released = await this.#parts.attempts.release(attempt);
    if (released && !signal.aborted) await this.#parts.queue.add(attempt.taskId);
  }

  async #refuse(attempt: SyncAttempt, error: unknown): Promise<void> {
    const { resources, tasks, queue } = this.#parts;
    const words = describeError(error);
    if (!ProviderError.is(error)) {
      resources.logger.warn(
        { taskId: attempt.taskId, error: describeFault(error) },
        'A sync task failed unexpectedly.',
      );
      await tasks.fail(attempt, words);
    } else if (error.kind === 'rate_limited') {
      const until = waitUntil(error, resources.clock.now());
      await tasks.wait(attempt, until, words);
      await queue.add(attempt.taskId, { notBefore: until });
    } else if (error.kind === 'unauthenticated') await tasks.failRevoked(attempt, words);
    else await tasks.fail(attempt, words);
  }
}

interface Listed {
  /** The one that wrote it: a new generation where the listing had to start over. */
  readonly attempt: SyncAttempt;
  readonly omitted: readonly Omission[];
}

/** Whether the database was out of order, whoever met it: a renewal tells of it as the cause. */
function isStoreFailure(error: unknown): boolean {
  if (error instanceof HubError) return error.kind === 'store_failed' || error.kind === 'store_full';
  return ProviderError.is(error) && isStoreFailure(error.details.cause);
}

function isRefusedResume(error: unknown): boolean {
  return ProviderError.is(error) && (error.kind === 'invalid_request' || error.kind === 'not_found');
}

function waitUntil(error: ProviderError, now: Date): Date {
  const earliest = now.getTime() + shortestWaitMs;
  const told = error.details.retryAt?.getTime() ?? now.getTime() + defaultWaitMs;
  return new Date(Math.max(told, earliest));
}
