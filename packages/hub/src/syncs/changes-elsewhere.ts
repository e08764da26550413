import { Repeating } from '../repeating.js';
import type { Resources } from '../resources.js';
import type { SyncChanges } from './sync-changes.js';

const everyMs = 1_000;

/** Tells those who watch a sync here what another process has changed: it looks, while anybody watches. */
export class ChangesElsewhere {
  readonly #resources: Resources;
  readonly #changes: SyncChanges;
  readonly #rounds: Repeating;
  /** The revisions found in the last round. */
  #revisions = new Map<string, number>();

  constructor(resources: Resources, changes: SyncChanges) {
    this.#resources = resources;
    this.#changes = changes;
    const { clock, logger } = resources;
    this.#rounds = new Repeating(
      { clock, logger, everyMs, failure: 'Syncs of other processes could not be watched.' },
      () => this.#round(),
    );
  }

  start(): void {
    if (this.#resources.store.shared) this.#rounds.start();
  }

  async close(): Promise<void> {
    await this.#rounds.close();
  }

  async #round(): Promise<void> {
    const syncIds = this.#changes.watched();
    if (syncIds.length === 0) return;
    const rows = await this.#resources.store.database
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
    this.#changes.notify(changed);
  }
}
