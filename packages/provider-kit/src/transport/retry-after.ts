/** A forge that tells a longer wait than this is out of its mind; a date beyond what `Date` holds would throw. */
const longestWaitMs = 366 * 24 * 60 * 60 * 1_000;

/** The forge's own clock at the time of an answer, from its `Date` header; ours where it has none. */
export function forgeTime(headers: Headers, now: Date): number {
  const told = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(told) ? now.getTime() : told;
}

/** A moment by our clock, `ms` from now and neither in the past nor absurdly far; undefined when `ms` is no number. */
export function afterMs(ms: number, now: Date): Date | undefined {
  return Number.isNaN(ms) ? undefined : new Date(now.getTime() + Math.min(Math.max(0, ms), longestWaitMs));
}

/**
 * When a `Retry-After` header allows the next attempt, by our clock: it holds seconds, or a date by the forge's.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function readRetryAfter(headers: Headers, now: Date): Date | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  const isSeconds = /^\d+(\.\d+)?$/.test(value);
  return afterMs(isSeconds ? Number(value) * 1_000 : Date.parse(value) - forgeTime(headers, now), now);
}

/** A small random time to add to a wait, so that all who were told one moment do not come back in one instant. */
export function spreadMs(waitMs: number, random: () => number): number {
  return random() * Math.min(waitMs / 10, 1_000);
}
