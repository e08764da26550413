import type { ReactNode } from 'react';
import { useMinute } from './minute-clock.js';
import { useTimeWords } from './time-words.js';

export interface RelativeTimeProps {
  /** As the API tells times, or a date. */
  readonly at: string | Date;
  /** Whether it is waited for, or something ends then. */
  readonly ahead?: boolean;
}

/** "5 minutes ago", which stays true, with the time itself on hover. */
export function RelativeTime({ at, ahead = false }: RelativeTimeProps): ReactNode {
  const words = useTimeWords();
  const minute = useMinute();
  const date = typeof at === 'string' ? new Date(at) : at;
  return (
    <time dateTime={date.toISOString()} title={words.absolute(date)}>
      {ahead ? words.until(date, new Date(minute)) : words.relative(date, new Date(minute))}
    </time>
  );
}
