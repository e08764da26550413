import type { Clock } from '../http/clock.js';

export interface Rate {
  readonly requests: number;
  readonly seconds: number;
}

/** @see https://docs.gitlab.com/user/gitlab_com/#rate-limits-on-gitlabcom */
export interface GitlabLimits {
  /** Of everything, of one account, whatever its tokens; of one address without a good credential. */
  readonly authenticated: Rate | 'off';
  readonly anonymous: Rate | 'off';
  /** Of single endpoints, of one account or address. */
  readonly projects: Rate | 'off';
  readonly project: Rate | 'off';
  readonly projectMembers: Rate | 'off';
  readonly groups: Rate | 'off';
  readonly group: Rate | 'off';
  readonly groupProjects: Rate | 'off';
  /** Whether refusals of single endpoints say when to come again; versions before late 2025 do not. */
  readonly endpointsTellWhen: boolean;
}

/** The limits that single endpoints have. */
export type EndpointLimit = 'projects' | 'project' | 'projectMembers' | 'groups' | 'group' | 'groupProjects';

export const gitlabLimits: GitlabLimits = {
  authenticated: { requests: 2000, seconds: 60 },
  anonymous: { requests: 500, seconds: 60 },
  projects: { requests: 2000, seconds: 600 },
  project: { requests: 400, seconds: 60 },
  projectMembers: { requests: 60, seconds: 60 },
  groups: { requests: 200, seconds: 60 },
  group: { requests: 400, seconds: 60 },
  groupProjects: { requests: 600, seconds: 60 },
  endpointsTellWhen: true,
};

/**
 * As an instance of one's own has them until its administrator says otherwise: single endpoints are limited as on
 * GitLab.com, everything together is not.
 * @see https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/
 */
export const gitlabInstanceLimits: GitlabLimits = { ...gitlabLimits, authenticated: 'off', anonymous: 'off' };

/** A request that is one too many. */
export interface Excess {
  readonly rate: Rate;
  readonly observed: number;
  readonly resetAt: Date;
  readonly retryAfterSeconds: number;
}

/** Counts requests. Periods are those of the calendar: a limit of a minute ends with the minute. */
export class Limiter {
  readonly #counts = new Map<string, { readonly period: number; observed: number }>();

  constructor(
    readonly limits: GitlabLimits,
    readonly clock: Clock,
  ) {}

  /** Counts a request. @returns what is to be said when it is too many */
  take(limit: Exclude<keyof GitlabLimits, 'endpointsTellWhen'>, spender: string): Excess | undefined {
    const rate = this.limits[limit];
    if (rate === 'off') return undefined;
    const seconds = Math.floor(this.clock.now().getTime() / 1000);
    const period = Math.floor(seconds / rate.seconds);
    const key = `${limit} ${spender}`;
    const known = this.#counts.get(key);
    const count = known?.period === period ? known : { period, observed: 0 };
    count.observed += 1;
    this.#counts.set(key, count);
    if (count.observed <= rate.requests) return undefined;
    const end = (period + 1) * rate.seconds;
    return {
      rate,
      observed: count.observed,
      resetAt: new Date(end * 1000),
      retryAfterSeconds: end - seconds,
    };
  }
}
