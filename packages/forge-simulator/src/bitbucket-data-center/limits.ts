import type { Clock } from '../http/clock.js';

/**
 * The bucket that each user has where an administrator has turned limits on.
 * @see https://confluence.atlassian.com/bitbucketserver/improving-instance-stability-with-rate-limiting-976171954.html
 */
export interface BitbucketLimits {
  /** How many requests can be made at once after a rest. */
  readonly capacity: number;
  readonly fillPerSecond: number;
  /**
   * Whether answers tell what is left, in the headers that are documented for other products of the vendor. For
   * Bitbucket only the status is documented.
   */
  readonly headers: boolean;
}

export const bitbucketLimits: BitbucketLimits = { capacity: 60, fillPerSecond: 5, headers: false };

interface Bucket {
  tokens: number;
  at: number;
}

/** Counts what each user has left. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    readonly limits: BitbucketLimits,
    readonly clock: Clock,
  ) {}

  /** Takes one request's worth. @returns whether there was any, and the headers that tell of it */
  take(key: string): { readonly allowed: boolean; readonly headers: Readonly<Record<string, string>> } {
    const { capacity, fillPerSecond } = this.limits;
    const now = this.clock.now().getTime();
    const bucket = this.#buckets.get(key) ?? { tokens: capacity, at: now };
    this.#buckets.set(key, bucket);
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * fillPerSecond);
    bucket.at = now;
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens -= 1;
    return { allowed, headers: this.limits.headers ? this.#headers(bucket, allowed) : {} };
  }

  #headers({ tokens }: Bucket, allowed: boolean): Readonly<Record<string, string>> {
    const { capacity, fillPerSecond } = this.limits;
    return {
      'x-ratelimit-limit': String(capacity),
      'x-ratelimit-remaining': String(Math.floor(tokens)),
      'x-ratelimit-interval-seconds': '1',
      'x-ratelimit-fillrate': String(fillPerSecond),
      ...(allowed ? {} : { 'retry-after': String(Math.max(1, Math.ceil((1 - tokens) / fillPerSecond))) }),
    };
  }
}
