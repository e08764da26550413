import type { ReactNode } from 'react';
import { useMinute } from './minute-clock.js';
import { useTimeWords } from './time-words.js';

export interface RelativeTimeProps {
  /** As the API tells times, or a date. */
  readonly at: string | Date;
}

/** "5 minutes ago", which stays true, with the time itself on hover. */
export function RelativeTime({ at }: RelativeTimeProps): ReactNode {
  const words = useTimeWords();
  const minute = useMinute();
  const date = typeof at === 'string' ? new Date(at) : at;
  return (
    <time dateTime={date.toISOString()} title={words.absolute(date)}>
      {words.relative(date, new Date(minute))}
    </time>
  );
}
