const units = [
  { unit: 'year', seconds: 31_556_952 },
  { unit: 'month', seconds: 2_629_746 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

export interface RelativeWordsOptions {
  readonly now: Date;
  readonly locale: string;
  /** What is said of less than a minute. */
  readonly justNow: string;
}

/** How long ago a time is, or how far ahead: "5 minutes ago", "in 3 days". */
export function relativeWords(at: Date, { now, locale, justNow }: RelativeWordsOptions): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const found = units.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  if (found === undefined) return justNow;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return format.format(Math.trunc(seconds / found.seconds), found.unit);
}

/** The time itself, to the minute, as people of that language write it. */
export function absoluteWords(at: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
