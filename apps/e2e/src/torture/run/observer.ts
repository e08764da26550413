import type { SyncView, TaskView } from '../processes/protocol.js';
import type { SeenSync } from '../oracle/judge-syncs.js';
import { isOpen } from '../oracle/judge-syncs.js';

/** All that a run's syncs were seen to be, and whose they are. */
export class Observer {
  readonly #owners = new Map<string, number>();
  /** By who watched, each in the order in which it was told. */
  readonly #seen = new Map<string, SeenSync[]>();
  #watches = 0;

  /** A number for somebody who watches a sync of this person. */
  newWatch(syncId: string, person: number): number {
    this.#owners.set(syncId, person);
    return (this.#watches += 1);
  }

  see(watch: number | 'asked', sync: SyncView, seenAt: number): void {
    const key = `${watch} ${sync.id}`;
    const seen = this.#seen.get(key) ?? [];
    this.#seen.set(key, [...seen, { ...sync, seenAt }]);
  }

  own(syncId: string, person: number): void {
    this.#owners.set(syncId, person);
  }

  /** Each as one watcher saw it. */
  get watched(): readonly (readonly SeenSync[])[] {
    return [...this.#seen.values()];
  }

  /** The tasks of a person, each as often as it was told. */
  tasksOf(person: number): readonly TaskView[] {
    return this.watched
      .flat()
      .filter(({ id }) => this.#owners.get(id) === person)
      .flatMap(({ tasks }) => tasks);
  }

  startsOf(person: number): readonly number[] {
    return [...new Set(this.tasksOf(person).flatMap(({ startedAt }) => startedAt ?? []))];
  }

  /** The runs of a person that were seen to have ended, each once. */
  endedOf(person: number): readonly TaskView[] {
    const ended = this.tasksOf(person).filter((task) => !isOpen(task));
    return [...new Map(ended.map((task) => [`${task.id} ${task.finishedAt ?? ''}`, task])).values()];
  }
}
