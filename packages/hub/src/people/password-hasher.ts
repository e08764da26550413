import type { Clock } from '@anyforge/core';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { HubError } from '../errors.js';

/** How dear one guess is, and how many may be made at a time. */
export interface PasswordHashing {
  /** In kibibytes. */
  readonly memoryCost: number;
  /** Passes over the memory. */
  readonly timeCost: number;
  /** How many passwords are hashed at the same time: each needs the memory, and a thread. */
  readonly concurrency: number;
  /** How many more may wait; who comes then is told to come back. */
  readonly queue: number;
}

/** Argon2id as OWASP recommends: 19 MiB, two passes, one lane. */
export const defaultPasswordHashing: PasswordHashing = {
  memoryCost: 19_456,
  timeCost: 2,
  concurrency: 2,
  queue: 50,
};

const retryMs = 2_000;

/** What hashes and compares. */
export interface PasswordAlgorithm {
  hash(password: string, costs: Pick<PasswordHashing, 'memoryCost' | 'timeCost'>): Promise<string>;
  verify(passwordHash: string, password: string): Promise<boolean>;
}

const argon2id: PasswordAlgorithm = {
  hash: (password, costs) => hash(password, { ...costs, parallelism: 1 }),
  verify: (passwordHash, password) => verify(passwordHash, password),
};

/** Hashes passwords and compares them, a bounded number at a time. */
export class PasswordHasher {
  readonly #hashing: PasswordHashing;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #algorithm: PasswordAlgorithm;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(hashing: PasswordHashing, clock: Pick<Clock, 'now'>, algorithm = argon2id) {
    this.#hashing = hashing;
    this.#clock = clock;
    this.#algorithm = algorithm;
  }

  /** @throws HubError `busy` when too many wait already. */
  hash(password: string): Promise<string> {
    const { memoryCost, timeCost } = this.#hashing;
    return this.#inTurn(() => this.#algorithm.hash(normalize(password), { memoryCost, timeCost }));
  }

  /**
   * Whether this is the password. Where there is none to compare with, it takes as long all the same: nobody learns
   * from the time an answer takes which usernames there are.
   *
   * @throws HubError `busy` when too many wait already.
   */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    if (passwordHash !== null) {
      return this.#inTurn(() => this.#algorithm.verify(passwordHash, normalize(password)));
    }
    await this.hash(password);
    return false;
  }

  /** Whether a hash was made with less than is asked for today. */
  isOutdated(passwordHash: string): boolean {
    const { memoryCost, timeCost } = parseOptions(passwordHash);
    return memoryCost < this.#hashing.memoryCost || timeCost < this.#hashing.timeCost;
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#hashing.concurrency) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= this.#hashing.queue) {
      throw new HubError(
        'busy',
        'Too many people sign in right now. Try again in a few seconds.',
        [],
        new Date(this.#clock.now().getTime() + retryMs),
      );
    }
    // Whoever leaves hands on its place, so that nobody who comes later takes it.
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}

/** The same password from every keyboard: some compose a letter of two characters. */
function normalize(password: string): string {
  return password.normalize('NFKC');
}
