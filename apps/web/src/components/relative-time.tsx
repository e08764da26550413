import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts.js';
import { useMinute } from './minute-clock.js';
import { absoluteWords, relativeWords } from './relative-words.js';

export interface RelativeTimeProps {
  /** As the API tells times, or a date. */
  readonly at: string | Date;
}

/** "5 minutes ago", which stays true, with the time itself on hover. */
export function RelativeTime({ at }: RelativeTimeProps): ReactNode {
  const { locale, relativeTime } = useTexts();
  const minute = useMinute();
  const date = typeof at === 'string' ? new Date(at) : at;
  return (
    <time dateTime={date.toISOString()} title={absoluteWords(date, locale)}>
      {relativeWords(date, { now: new Date(minute), locale, justNow: relativeTime.justNow })}
    </time>
  );
}
