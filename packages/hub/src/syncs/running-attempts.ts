import type { Store } from '../store/store.js';
import type { SyncAttempt } from './sync-attempt.js';
import { SupersededError } from './sync-attempt.js';

interface Running {
  readonly controller: AbortController;
  /** Which attempt it is; undefined until the task is taken up. */
  attempt: number | undefined;
}

/** The attempts that this process makes, so that one is aborted as soon as it has lost its right to write. */
export class RunningAttempts {
  readonly #store: Pick<Store, 'database'>;
  readonly #running = new Map<string, Running>();

  constructor(store: Pick<Store, 'database'>) {
    this.#store = store;
  }

  get any(): boolean {
    return this.#running.size > 0;
  }

  /**
   * Works on a task, with a signal that aborts with `signal`, with the attempt's right to write, as a
   * {@link SupersededError}, and when the work has ended.
   */
  async run(
    taskId: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort(signal.reason);
    };
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    this.#running.set(taskId, { controller, attempt: undefined });
    try {
      await work(controller.signal);
    } finally {
      this.#running.delete(taskId);
      signal.removeEventListener('abort', abort);
      // A request that read ahead may still be on its way, for nobody.
      controller.abort(new Error('The attempt has ended.'));
    }
  }

  /** A task that is worked on here has been taken up. */
  took({ taskId, attempt }: Pick<SyncAttempt, 'taskId' | 'attempt'>): void {
    const running = this.#running.get(taskId);
    if (running !== undefined) running.attempt = attempt;
  }

  /**
   * Aborts those which the store takes for running no more. It looks, whoever says that something was stopped: by the time
   * that this is heard, the task may have been taken up again.
   *
   * @throws HubError `store_failed`.
   */
  async abortStopped(taskIds: Iterable<string> = this.#running.keys()): Promise<void> {
    // Those that begin from here on are not in question.
    const suspects = [...taskIds].flatMap((taskId) => {
      const running = this.#running.get(taskId);
      return running?.attempt === undefined ? [] : [{ taskId, attempt: running.attempt, running }];
    });
    if (suspects.length === 0) return;
    const rows = await this.#store.database
      .selectFrom('sync_tasks')
      .select(['id', 'attempt'])
      .where(
        'id',
        'in',
        suspects.map(({ taskId }) => taskId),
      )
      .where('state', '=', 'running')
      .execute();
    const attempts = new Map(rows.map(({ id, attempt }) => [id, attempt]));
    for (const { taskId, attempt, running } of suspects) {
      if (attempts.get(taskId) !== attempt) running.controller.abort(new SupersededError());
    }
  }
}
