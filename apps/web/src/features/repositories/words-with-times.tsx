import type { ReactNode } from 'react';
import { useTimeWords } from '../../components/time-words.js';
import { splitTimes } from './split-times.js';

/** A sentence of the server, its times as people write them, and at the place where they are. */
export function WordsWithTimes({ children }: { readonly children: string }): ReactNode {
  const words = useTimeWords();
  return splitTimes(children).map((piece, index) =>
    typeof piece === 'string' ? (
      piece
    ) : (
      <time key={index} dateTime={piece.toISOString()}>
        {words.absolute(piece)}
      </time>
    ),
  );
}
