import { createContext, useContext } from 'react';

const steps = [
  { unit: 'year', seconds: 31_556_952 },
  { unit: 'month', seconds: 2_629_746 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

export interface TimeWordsOptions {
  readonly locale: string;
  /** What is said of less than a minute. */
  readonly justNow: string;
  /** What is said of less than a minute ahead. */
  readonly soon: string;
  /** Absent: where the reader is. */
  readonly timeZone?: string;
}

/** How times are told in one language. It is made once: what formats them is dear to make, and cheap to use. */
export class TimeWords {
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #absolute: Intl.DateTimeFormat;
  readonly #justNow: string;
  readonly #soon: string;

  constructor({ locale, justNow, soon, timeZone }: TimeWordsOptions) {
    this.#relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
    this.#absolute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
    this.#justNow = justNow;
    this.#soon = soon;
  }

  /**
   * How long ago a time is, or how far ahead: "5 minutes ago", "in 3 days". Less than a minute is told as past: the clock
   * may be behind by as much.
   */
  relative(at: Date, now: Date): string {
    return this.#words(at, now) ?? this.#justNow;
  }

  /** The same of a time that something waits for: less than a minute is told as ahead. */
  until(at: Date, now: Date): string {
    return this.#words(at, now) ?? this.#soon;
  }

  /** Undefined when there is less than a minute between. */
  #words(at: Date, now: Date): string | undefined {
    const seconds = (at.getTime() - now.getTime()) / 1000;
    const found = steps.find((candidate) => Math.abs(seconds) >= candidate.seconds);
    if (found === undefined) return undefined;
    // What is past has lasted so many whole units; what is to come is told to the nearest.
    const units = seconds / found.seconds;
    return this.#relative.format(seconds < 0 ? Math.trunc(units) : Math.round(units), found.unit);
  }

  /** The time itself, to the minute, as people of that language write it. */
  absolute(at: Date): string {
    return this.#absolute.format(at);
  }
}

export const TimeWordsContext = createContext<TimeWords | undefined>(undefined);

export function useTimeWords(): TimeWords {
  const words = useContext(TimeWordsContext);
  if (words === undefined) throw new Error('There is no TimeWordsContext around this component.');
  return words;
}
