import type { Person } from '@anyforge/forge-simulator';
import type { FastClock } from '../fast-clock.js';
import type { TortureForge } from '../forges/torture-forge.js';
import { factsOf } from '../forges/torture-forge.js';
import type { Facts } from '../oracle/facts.js';
import { Timeline } from '../oracle/timeline.js';

/** What the accounts of a forge were told at every instant, kept from outside while the world changes. */
export class WorldHistory {
  readonly #forge: TortureForge;
  readonly #clock: FastClock;
  readonly #timelines: ReadonlyMap<Person, Timeline<Facts>>;

  constructor(forge: TortureForge, clock: FastClock) {
    this.#forge = forge;
    this.#clock = clock;
    const now = clock.now().getTime();
    this.#timelines = new Map(
      forge.accounts.map((person) => [person, new Timeline(now, factsOf(forge, person))]),
    );
  }

  /** Changes the world, which takes no time, and keeps what it is then. */
  change<Result>(action: () => Result): Result {
    const result = action();
    const now = this.#clock.now().getTime();
    for (const [person, timeline] of this.#timelines) timeline.change(factsOf(this.#forge, person), now);
    return result;
  }

  /** By the accounts' ids. */
  get facts(): ReadonlyMap<string, Timeline<Facts>> {
    return new Map(
      [...this.#timelines].map(([person, timeline]) => [this.#forge.accountId(person), timeline]),
    );
  }
}
