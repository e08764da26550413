import { isIPv6, SocketAddress } from 'node:net';
import { sql } from 'kysely';
import { HubError } from '../errors.js';
import type { Store } from '../store/store.js';
import { hashOf } from './secret-token.js';

/** How many attempts at something fit into a window. */
interface AttemptLimit {
  readonly attempts: number;
  readonly windowMs: number;
}

type AttemptKind =
  | 'sign-in:account'
  | 'sign-in:browser'
  | 'sign-in:address'
  | 'single-sign-on:address'
  | 'set-up:address'
  | 'password-link:address'
  | 'password-change:account'
  | 'git-credential:person';

export type AttemptLimitTable = Readonly<Record<AttemptKind, AttemptLimit>>;

const minuteMs = 60_000;

export const defaultAttemptLimits: AttemptLimitTable = {
  'sign-in:account': { attempts: 20, windowMs: 15 * minuteMs },
  'sign-in:browser': { attempts: 10, windowMs: 5 * minuteMs },
  'sign-in:address': { attempts: 60, windowMs: 15 * minuteMs },
  'single-sign-on:address': { attempts: 120, windowMs: 15 * minuteMs },
  'set-up:address': { attempts: 20, windowMs: 15 * minuteMs },
  'password-link:address': { attempts: 60, windowMs: 15 * minuteMs },
  'password-change:account': { attempts: 10, windowMs: 15 * minuteMs },
  'git-credential:person': { attempts: 300, windowMs: minuteMs },
};

/** Something that somebody tries: of which kind, and what it is counted by. */
export interface Attempt {
  readonly kind: AttemptKind;
  readonly of: string;
}

/** Counts attempts for all processes on one database. A window begins with its first attempt, and no refusal extends it. */
export class AttemptLimits {
  readonly #store: Pick<Store, 'database' | 'now'>;
  readonly #limits: AttemptLimitTable;

  constructor(store: Pick<Store, 'database' | 'now'>, limits: AttemptLimitTable = defaultAttemptLimits) {
    this.#store = store;
    this.#limits = limits;
  }

  /**
   * Counts attempts before they are made, so that of many at once no more get through than may.
   *
   * @throws HubError `too_many_attempts` with the time when the window ends.
   */
  async count(attempts: readonly Attempt[]): Promise<void> {
    for (const attempt of attempts) await this.#countOne(attempt);
  }

  /** Starts over: whoever succeeded was no guesser. */
  async forget(attempt: Attempt): Promise<void> {
    await this.#store.database.deleteFrom('attempt_limits').where('key', '=', keyOf(attempt)).execute();
  }

  /** Takes one attempt back: it succeeded, and those who share what it is counted by may not pay for it. */
  async takeBack(attempt: Attempt): Promise<void> {
    await this.#store.database
      .updateTable('attempt_limits')
      .set({ attempts: sql<number>`attempts - 1` })
      .where('key', '=', keyOf(attempt))
      .where('attempts', '>', 0)
      .execute();
  }

  async #countOne(attempt: Attempt): Promise<void> {
    const { attempts: allowed, windowMs } = this.#limits[attempt.kind];
    const now = await this.#store.now();
    const counted = await this.#store.database
      .insertInto('attempt_limits')
      .values({ key: keyOf(attempt), attempts: 1, window_ends_at: now + windowMs })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          attempts: sql<number>`case when attempt_limits.window_ends_at <= ${now} then 1 else attempt_limits.attempts + 1 end`,
          window_ends_at: sql<number>`case when attempt_limits.window_ends_at <= ${now} then ${now + windowMs} else attempt_limits.window_ends_at end`,
        }),
      )
      .returning(['attempts', 'window_ends_at'])
      .executeTakeFirstOrThrow();
    if (counted.attempts > allowed) throw tooMany(counted.window_ends_at, now);
    if (counted.attempts === 1) await this.#sweep(now);
  }

  /** What has ended is of no use. Skips what somebody else is sweeping or counting. */
  async #sweep(now: number): Promise<void> {
    const { database } = this.#store;
    const ended = await database
      .selectFrom('attempt_limits')
      .select('key')
      .where('window_ends_at', '<=', now)
      .limit(100)
      .execute();
    for (const { key } of ended) {
      await database
        .deleteFrom('attempt_limits')
        .where('key', '=', key)
        .where('window_ends_at', '<=', now)
        .execute();
    }
  }
}

/** Never what was typed: people type passwords where a username belongs. */
function keyOf({ kind, of }: Attempt): string {
  return `${kind}:${hashOf(of)}`;
}

function tooMany(until: number, now: number): HubError {
  const minutes = Math.max(1, Math.ceil((until - now) / minuteMs));
  return new HubError(
    'too_many_attempts',
    `That was tried too often. Try again in ${minutes === 1 ? 'a minute' : `${String(minutes)} minutes`}.`,
    [],
    new Date(until),
  );
}

/**
 * What an address is counted by: of IPv6 the network, of which one subscriber has all the addresses. Some proxies send
 * the port along, which is another with every connection.
 */
export function networkOf(address: string): string {
  const host = /^\[(.*)\](?::\d+)?$/.exec(address)?.[1] ?? /^([^:]+):\d+$/.exec(address)?.[1] ?? address;
  if (!isIPv6(host)) return host;
  const { address: shortest } = new SocketAddress({ address: host.replace(/%.*$/, ''), family: 'ipv6' });
  const mapped = /^::ffff:([\d.]+)$/.exec(shortest)?.[1];
  if (mapped !== undefined) return mapped;
  const [leading = [], trailing = []] = shortest
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - leading.length - trailing.length }, () => '0');
  return [...leading, ...zeros, ...trailing].slice(0, 4).join(':');
}
