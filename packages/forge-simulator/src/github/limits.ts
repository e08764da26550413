import type { Clock } from '../http/clock.js';

/** @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export interface GithubLimits {
  /** Requests an hour of one account, whatever its tokens. */
  readonly authenticatedPerHour: number;
  /** Requests an hour of one address without a credential. */
  readonly anonymousPerHour: number;
  /** Secondary: points a minute of one account; reading costs 1, writing 5. */
  readonly pointsPerMinute: number;
  /** Secondary: requests of one account at one time. */
  readonly concurrent: number;
}

export const githubLimits: GithubLimits = {
  authenticatedPerHour: 5000,
  anonymousPerHour: 60,
  pointsPerMinute: 900,
  concurrent: 100,
};

/** Whose budget a request uses. */
export interface Spender {
  readonly key: string;
  readonly anonymous: boolean;
  /** As the refusal names it: 'user ID 1001' or an address. */
  readonly name: string;
}

export interface PrimaryBudget {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly resetAt: Date;
}

interface Window {
  used: number;
  endsAt: number;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;
const writePoints = 5;

/** Counts what each account and address has used. */
export class Limiter {
  readonly #hours = new Map<string, Window>();
  readonly #points = new Map<string, { readonly points: number; readonly at: number }[]>();
  readonly #running = new Map<string, number>();

  constructor(
    readonly limits: GithubLimits,
    readonly clock: Clock,
  ) {}

  /** Counts a request as running. @returns whether that is too many at once, and what to call at its end */
  enter(spender: Spender): { readonly crowded: boolean; readonly leave: () => void } {
    const running = (this.#running.get(spender.key) ?? 0) + 1;
    this.#running.set(spender.key, running);
    return {
      crowded: running > this.limits.concurrent,
      leave: () => {
        const left = (this.#running.get(spender.key) ?? 1) - 1;
        if (left === 0) this.#running.delete(spender.key);
        else this.#running.set(spender.key, left);
      },
    };
  }

  /**
   * Takes a request's points from those of the last minute.
   * @returns the seconds to wait when there are not enough
   */
  takePoints(spender: Spender, method: string): number | undefined {
    const now = this.clock.now().getTime();
    const points = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? 1 : writePoints;
    const recent = (this.#points.get(spender.key) ?? []).filter(({ at }) => at > now - minuteMs);
    this.#points.set(spender.key, recent);
    let excess = recent.reduce((sum, taken) => sum + taken.points, points) - this.limits.pointsPerMinute;
    if (excess <= 0) {
      recent.push({ points, at: now });
      return undefined;
    }
    let freedAt = now + minuteMs;
    for (const taken of recent) {
      if (excess <= 0) break;
      excess -= taken.points;
      freedAt = taken.at + minuteMs;
    }
    return Math.max(1, Math.ceil((freedAt - now) / 1000));
  }

  takeRequest(spender: Spender): void {
    current(this.#hours, spender.key, hourMs, this.clock.now()).used += 1;
  }

  budget(spender: Spender): PrimaryBudget {
    const { used, endsAt } = current(this.#hours, spender.key, hourMs, this.clock.now());
    const limit = spender.anonymous ? this.limits.anonymousPerHour : this.limits.authenticatedPerHour;
    return { limit, used, remaining: Math.max(0, limit - used), resetAt: new Date(endsAt) };
  }
}

/** The window that is open now; a new one starts with the first request after the last has ended. */
function current(windows: Map<string, Window>, key: string, lengthMs: number, now: Date): Window {
  const open = windows.get(key);
  if (open !== undefined && open.endsAt > now.getTime()) return open;
  // Resets are told in whole seconds, so a window ends on one.
  const opened: Window = { used: 0, endsAt: Math.ceil((now.getTime() + lengthMs) / 1000) * 1000 };
  windows.set(key, opened);
  return opened;
}
