import { createContext, useContext } from 'react';

const steps = [
  { unit: 'year', seconds: 31_556_952 },
  { unit: 'month', seconds: 2_629_746 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** By how much the clock of a browser may be behind the server's, or a forge's, so that what is past seems to be to come. */
const behindAtMostMs = 5 * 60_000;

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
   * How long ago something happened: "5 minutes ago". What seems to happen in a few minutes has happened just now, by a
   * clock that is ahead of this one.
   */
  relative(at: Date, now: Date): string {
    const aheadMs = at.getTime() - now.getTime();
    if (aheadMs > 0 && aheadMs < behindAtMostMs) return this.#justNow;
    return this.#words(at, now) ?? this.#justNow;
  }

  /** How far ahead a time is that something waits for, or ends at: "in 3 days". Less than a minute is told as ahead. */
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
