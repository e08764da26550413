import { createContext, useContext, useMemo } from 'react';
import { useMinute } from '../../components/minute-clock.js';
import { useTimeWords } from '../../components/time-words.js';

/** Writes the times of all rows, of which none has to notice each minute by itself. */
interface RowTimes {
  readonly relative: (at: string) => string;
  readonly absolute: (at: string) => string;
}

export const RowTimesContext = createContext<RowTimes>({ relative: (at) => at, absolute: (at) => at });

export function useRowTimes(): RowTimes {
  return useContext(RowTimesContext);
}

/** For the list, which gives it to its rows. */
export function useNewRowTimes(): RowTimes {
  const words = useTimeWords();
  const minute = useMinute();
  return useMemo(() => {
    const now = new Date(minute);
    return {
      relative: (at) => words.relative(new Date(at), now),
      absolute: (at) => words.absolute(new Date(at)),
    };
  }, [words, minute]);
}
