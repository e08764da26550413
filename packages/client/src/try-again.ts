import { ApiError, ApiUnreachable } from './api-error.js';
import type { Timers } from './timers.js';

const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
const maxDelayMs = 30_000;

/** Whether the same question may be answered later. */
export function isPassing(error: unknown): error is ApiError | ApiUnreachable {
  if (error instanceof ApiUnreachable) return true;
  return error instanceof ApiError && passingStatuses.has(error.status);
}

export interface DelayParts {
  readonly error: ApiError | ApiUnreachable;
  readonly retryMs: number;
  readonly timers: Pick<Timers, 'now' | 'random'>;
}

/**
 * How long to wait in milliseconds: longer with each failure in a row, not everybody at once, and not before the server
 * wants it.
 */
export function delayBefore(failures: number, { error, retryMs, timers }: DelayParts): number {
  const grown = Math.min(retryMs * 2 ** (failures - 1), maxDelayMs);
  const spread = grown * (1 + timers.random() / 2);
  const retryAt = error instanceof ApiError ? error.retryAt : undefined;
  return Math.max(spread, (retryAt?.getTime() ?? 0) - timers.now());
}
