import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Repeating } from '../repeating.js';
import type { Resources } from '../resources.js';
import type { Messages } from '../store/messages.js';
import type { AttemptWatch } from './attempt-watch.js';
import type { SyncChanges } from './sync-changes.js';

const channels = { changed: 'anyforge_syncs_changed', stopped: 'anyforge_tasks_stopped' } as const;

/** Changes are told at once, and those that follow within this time together, in milliseconds. */
const gatherMs = 100;
/** As many ids as fit into a message. */
const idsAtOnce = 150;
const roundEveryMs = 1_000;
/** In how many rounds to look once while messages arrive, in case that one was lost; else in every one. */
const roundsPerLook = 5;

export interface ChangesElsewhereParts {
  readonly resources: Resources;
  readonly changes: SyncChanges;
  readonly watch: Pick<AttemptWatch, 'look'>;
}

/**
 * Passes what happens to syncs on between processes: tells the others what this one does, and those who watch a sync or
 * run a task here what the others do. A message is a hint to look it up; that none comes is made good by looking anyway.
 */
export class ChangesElsewhere {
  readonly #parts: ChangesElsewhereParts;
  readonly #rounds: Repeating;
  readonly #closing = new AbortController();
  /** This process among those that hear a message. */
  readonly #id = randomUUID();
  /** Changed here, and not yet told. */
  readonly #gathered = new Set<string>();
  #telling: Promise<void> | undefined;
  #ears: readonly (() => void)[] = [];
  /** The revisions found in the last look. */
  #revisions = new Map<string, number>();
  #roundsToLook = 0;

  constructor(parts: ChangesElsewhereParts) {
    this.#parts = parts;
    const { clock, logger } = parts.resources;
    this.#rounds = new Repeating(
      {
        clock,
        logger,
        everyMs: roundEveryMs,
        failure: 'Syncs of other processes could not be watched.',
      },
      () => this.#round(),
    );
  }

  start(): void {
    const { changes, resources, watch } = this.#parts;
    const { messages, shared } = resources.store;
    if (shared) this.#rounds.start();
    if (messages === undefined) return;
    changes.follow({
      changed: (syncIds) => {
        for (const syncId of syncIds) this.#gathered.add(syncId);
        this.#telling ??= this.#tellGathered(messages).finally(() => {
          this.#telling = undefined;
        });
      },
      stopped: (taskIds) => this.#tell(messages, channels.stopped, taskIds),
    });
    const hear = (channel: string, heard: (ids: readonly string[]) => void) =>
      messages.listen(channel, {
        heard: (text) => {
          const [from, ...ids] = text.split(' ');
          if (from !== this.#id) heard(ids);
        },
        arriving: () => {
          this.#roundsToLook = 0;
        },
      });
    this.#ears = [
      hear(channels.changed, (syncIds) => {
        changes.wake(syncIds);
      }),
      hear(channels.stopped, (taskIds) => {
        void watch.look(taskIds);
      }),
    ];
  }

  /** Tells what is gathered, and hears no more. For when nothing happens here any more. */
  async close(): Promise<void> {
    for (const stopListening of this.#ears) stopListening();
    this.#closing.abort();
    await this.#rounds.close();
    await this.#telling;
  }

  async #tellGathered(messages: Messages): Promise<void> {
    const { signal } = this.#closing;
    while (this.#gathered.size > 0) {
      const syncIds = [...this.#gathered];
      this.#gathered.clear();
      await this.#tell(messages, channels.changed, syncIds);
      // By the machine's own timer: it spares the database, whatever the time is. What comes last waits for nothing.
      await setTimeout(gatherMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #tell(messages: Messages, channel: string, ids: readonly string[]): Promise<void> {
    for (let start = 0; start < ids.length; start += idsAtOnce) {
      const text = [this.#id, ...ids.slice(start, start + idsAtOnce)].join(' ');
      // Whoever is not told finds out by looking.
      await messages.send(channel, text).catch(() => undefined);
    }
  }

  async #round(): Promise<void> {
    this.#roundsToLook -= 1;
    if (this.#roundsToLook > 0 && this.#parts.resources.store.messages?.arriving === true) return;
    await this.#look();
    this.#roundsToLook = roundsPerLook;
  }

  async #look(): Promise<void> {
    const { changes, resources } = this.#parts;
    const syncIds = changes.watched();
    if (syncIds.length === 0) return;
    const rows = await resources.store.database
      .selectFrom('syncs')
      .select(['id', 'revision'])
      .where('id', 'in', syncIds)
      .execute();
    const revisions = new Map(rows.map(({ id, revision }) => [id, revision]));
    // One that is not there any more has changed as well, and so may one that is looked at for the first time.
    const changed = syncIds.filter(
      (id) => revisions.get(id) !== this.#revisions.get(id) || !revisions.has(id),
    );
    this.#revisions = revisions;
    changes.wake(changed);
  }
}
