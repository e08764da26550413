import type { CallOptions, Clock } from '@anyforge/core';
import type { ListingContext } from './listing.js';
import type { RepositorySource } from './repository-source.js';
import { searchRepositories } from './repository-source.js';
import type { Step } from './window-walk.js';
import { walkWindows } from './window-walk.js';
import type { RepositoryWire } from './wire.js';

/** Where a search goes on: after which id, and how many repositories it had up to it. */
interface StreamPosition {
  readonly after: number;
  readonly seen: number;
}

export interface StreamOptions extends ListingContext {
  readonly source: RepositorySource;
  readonly position: StreamPosition;
  readonly call: CallOptions;
  readonly clock: Pick<Clock, 'now'>;
}

/** One search, of which the next repositories in the order of ids are held ready. */
export class RepositoryStream {
  readonly id: string;
  readonly #steps: AsyncIterator<Step<RepositoryWire>, undefined>;
  #rows: readonly RepositoryWire[] = [];
  #after: number;
  #seen: number;
  #total: number | undefined;
  #askedAt: Date | undefined;
  #isLoaded = false;

  constructor({ get, pageSize, source, position, call, clock }: StreamOptions) {
    this.id = source.id;
    this.#after = position.after;
    this.#seen = position.seen;
    this.#steps = walkWindows<RepositoryWire>({
      load: (window, pageCall) => searchRepositories({ get }, source, window, pageCall),
      isKnown: ({ id }) => id <= this.#after,
      remember: ({ id }) => {
        this.#after = id;
      },
      pageSize,
      seen: position.seen,
      pagesAhead: source.pagesAhead,
      call,
      clock,
    });
  }

  /** Up to which id this search is known: everything when it has been read to its end. */
  get knownUpTo(): number {
    return this.#isLoaded ? Number.POSITIVE_INFINITY : this.#after;
  }

  get isOver(): boolean {
    return this.#isLoaded && this.#rows.length === 0;
  }

  /** How many repositories it has up to the last that was taken. */
  get taken(): number {
    return this.#seen - this.#rows.length;
  }

  get total(): number | undefined {
    return this.#total;
  }

  /** When those that it held last were asked for. */
  get askedAt(): Date | undefined {
    return this.#askedAt;
  }

  /** Holds some, unless there are no more. */
  async fill(): Promise<void> {
    while (this.#rows.length === 0 && !this.#isLoaded) {
      const { value: step } = await this.#steps.next();
      this.#isLoaded = step?.isLast ?? true;
      if (step === undefined) return;
      this.#rows = step.rows;
      this.#seen = step.seen;
      this.#total = step.total;
      this.#askedAt = step.askedAt;
    }
  }

  /** Gives out those up to an id. */
  take(upTo: number): readonly RepositoryWire[] {
    const end = this.#rows.findIndex(({ id }) => id > upTo);
    const taken = end === -1 ? this.#rows : this.#rows.slice(0, end);
    this.#rows = this.#rows.slice(taken.length);
    return taken;
  }
}
