import type { Clock } from '../http/clock.js';
import type { SimulatedRequest } from '../http/message.js';
import type { BitbucketCloudToken } from './tokens.js';

/** @see https://support.atlassian.com/bitbucket-cloud/docs/api-request-limits/ */
export interface BitbucketCloudLimits {
  /** Requests for repository data in any 60 minutes: of one user, one access token, or all of an OAuth consumer. */
  readonly repositoriesPerHour: number;
  /** Requests of one address without a credential in any 60 minutes. */
  readonly anonymousPerHour: number;
  /** Whether the workspaces pay for more: then, and only then, headers tell the limit. */
  readonly scaled: boolean;
}

export const bitbucketCloudLimits: BitbucketCloudLimits = {
  repositoriesPerHour: 1_000,
  anonymousPerHour: 60,
  scaled: false,
};

const hourMs = 3_600_000;
const nearShare = 0.2;

/** Counts over a rolling hour. */
export class Limiter {
  readonly #spent = new Map<string, number[]>();

  constructor(
    readonly limits: BitbucketCloudLimits,
    readonly clock: Clock,
  ) {}

  /** @returns whether the request is within its limit, and the headers that tell of a scaled one */
  take(
    request: SimulatedRequest,
    token: BitbucketCloudToken | undefined,
  ): { readonly allowed: boolean; readonly headers: Readonly<Record<string, string>> } {
    const limit = this.#limitOf(request, token);
    if (limit === undefined) return { allowed: true, headers: {} };
    const now = this.clock.now().getTime();
    const spent = this.#recent(spenderOf(request, token), now);
    const allowed = spent.length < limit;
    if (allowed) spent.push(now);
    if (token === undefined || !this.limits.scaled) return { allowed, headers: {} };
    const isNear = limit - spent.length < limit * nearShare;
    return {
      allowed,
      headers: {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-resource': 'api-repositories',
        'x-ratelimit-nearlimit': String(isNear),
      },
    };
  }

  #limitOf({ path }: SimulatedRequest, token: BitbucketCloudToken | undefined): number | undefined {
    if (token === undefined) return this.limits.anonymousPerHour;
    return path.startsWith('/repositories/') ? this.limits.repositoriesPerHour : undefined;
  }

  #recent(spender: string, now: number): number[] {
    const spent = this.#spent.get(spender) ?? [];
    const first = spent.findIndex((at) => at > now - hourMs);
    spent.splice(0, first === -1 ? spent.length : first);
    this.#spent.set(spender, spent);
    return spent;
  }
}

function spenderOf({ remoteAddress }: SimulatedRequest, token: BitbucketCloudToken | undefined): string {
  if (token === undefined) return `address:${remoteAddress}`;
  if (token.kind === 'access') return `token:${token.id}`;
  if (token.kind === 'oauth' && token.consumer !== undefined) return `consumer:${token.consumer}`;
  return `user:${token.person.id}`;
}
