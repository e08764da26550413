import type { Clock } from '@anyforge/core';
import type { OpenTasks } from '@anyforge/hub';
import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';

/** However many ask for the metrics, the database is asked no more often. */
const freshMs = 5_000;
/** However long the database takes, the other metrics wait no longer. */
const patienceMs = 2_000;

export interface OpenTasksGaugeParts {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly count: () => Promise<readonly OpenTasks[]>;
  /** Told when the tasks cannot be counted; the metric has no value then. */
  readonly onFailure: (error: unknown) => void;
}

/** The sync tasks of all processes that have not ended, as the database has them when the metrics are asked for. */
export function gaugeOpenTasks({ registry, clock, count, onFailure }: OpenTasksGaugeParts): void {
  let counted: { readonly at: number; readonly tasks: Promise<readonly OpenTasks[]> } | undefined;
  let isCounting = false;
  const countSometimes = (): Promise<readonly OpenTasks[]> => {
    const now = clock.now().getTime();
    // While one count is under way, another would only wait as well.
    const isUsable = isCounting || (counted !== undefined && now - counted.at < freshMs && now >= counted.at);
    if (counted !== undefined && isUsable) return counted.tasks;
    isCounting = true;
    const tasks = count().finally(() => {
      isCounting = false;
    });
    counted = { at: now, tasks };
    return tasks;
  };
  const soon = async (tasks: Promise<readonly OpenTasks[]>): Promise<readonly OpenTasks[]> => {
    const done = new AbortController();
    const late = async (): Promise<never> => {
      await clock.sleep(patienceMs, done.signal);
      throw new Error(`The database has not answered for ${String(patienceMs)} milliseconds.`);
    };
    try {
      return await Promise.race([tasks, late()]);
    } finally {
      done.abort();
    }
  };
  new Gauge({
    name: 'anyforge_sync_tasks_open',
    help: 'Sync tasks of all processes that have not ended, by state. Every process tells the same.',
    labelNames: ['type', 'state'],
    registers: [registry],
    async collect() {
      try {
        const tasks = await soon(countSometimes());
        this.reset();
        for (const { providerType: type, state, count } of tasks) this.set({ type, state }, count);
      } catch (error) {
        this.reset();
        onFailure(error);
      }
    },
  });
}
