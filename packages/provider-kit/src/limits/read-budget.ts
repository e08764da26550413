import type { RateBudget } from '@anyforge/core';
import type { BudgetHeaders } from '../transport/profile.js';
import { afterMs, forgeTime } from '../transport/retry-after.js';

/** What an answer tells of a budget, before it is known whose it is. */
export interface BudgetReading {
  /** The forge's name of the bucket, where it tells one. */
  readonly resource?: string | undefined;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt?: Date | undefined;
  readonly per: RateBudget['per'];
}

const resetMs: Record<BudgetHeaders['resetFormat'], (value: string, serverTime: number) => number> = {
  'epoch-seconds': (value, serverTime) => Number(value) * 1_000 - serverTime,
  seconds: (value) => Number(value) * 1_000,
  'http-date': (value, serverTime) => Date.parse(value) - serverTime,
};

/** No forge counts longer than that: a reset that is further away would close a limit for ever. */
const longestWindowMs = 24 * 60 * 60 * 1_000;

/**
 * Reads the budget headers of an answer; undefined where it has none. Moments are by our clock.
 *
 * @param now when the headers came
 */
export function readBudget(names: BudgetHeaders, headers: Headers, now: Date): BudgetReading | undefined {
  const limit = readNumber(headers, names.limit);
  const remaining = readNumber(headers, names.remaining);
  if (limit === undefined || remaining === undefined) return undefined;
  const reset = headers.get(names.reset);
  const toReset = reset === null ? Number.NaN : resetMs[names.resetFormat](reset, forgeTime(headers, now));
  return {
    resource: readResource(headers, names.resource),
    limit,
    remaining,
    resetAt: afterMs(Math.min(toReset, longestWindowMs), now),
    per: names.per,
  };
}

/** It becomes part of a scope, which is stored and shown, so only what looks like a name is taken for one. */
function readResource(headers: Headers, name: string | undefined): string | undefined {
  const value = name === undefined ? '' : (headers.get(name) ?? '');
  return /^[\w-]{1,40}$/.test(value) ? value : undefined;
}

function readNumber(headers: Headers, name: string): number | undefined {
  const value = headers.get(name)?.trim() ?? '';
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}
