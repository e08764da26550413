import type { FieldIssue } from '../errors.js';
import type { GitProviderRow } from '../store/schema.js';

/** How often people's lists are synchronized without anybody asking. */
export interface Schedule {
  /** 15 to 10,080, which is a week. */
  readonly everyMinutes: number;
}

const [atLeast, atMost] = [15, 7 * 24 * 60];

/** What is wrong with a schedule that somebody has typed; null is none. */
export function scheduleIssues(schedule: Schedule | null): readonly FieldIssue[] {
  if (schedule === null) return [];
  const { everyMinutes } = schedule;
  if (Number.isInteger(everyMinutes) && everyMinutes >= atLeast && everyMinutes <= atMost) return [];
  const message = `Give a whole number of minutes from ${String(atLeast)} to ${String(atMost)}, or no schedule at all.`;
  return [{ path: 'schedule.everyMinutes', message }];
}

export function scheduleOf({
  schedule_minutes: everyMinutes,
}: Pick<GitProviderRow, 'schedule_minutes'>): Schedule | null {
  return everyMinutes === null ? null : { everyMinutes };
}
