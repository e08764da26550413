import { describe, expect, it } from '@jest/globals';
import { all, streamOf } from '../answers.fixture.js';
import { QuickTimers } from '../timers.fixture.js';
import { chunksOf } from './chunks.js';
import { eventsOf } from './events.js';
import { linesOf } from './lines.js';

const lines = (pieces: readonly (string | Uint8Array)[]) =>
  linesOf(chunksOf(streamOf(pieces), { timers: new QuickTimers(), signal: undefined, lostMessage: 'Lost.' }));
const events = (...pieces: readonly (string | Uint8Array)[]) => all(eventsOf(lines(pieces)));

describe('the lines of a stream', () => {
  it('end with any kind of line break, wherever the pieces are cut', async () => {
    expect(await all(lines(['a\r', '\nb\rc', '\n', 'd\n\r', '\ne']))).toEqual(['a', 'b', 'c', 'd', '', 'e']);
  });

  it('are whole where a piece ends in the middle of a character', async () => {
    const [first = 0, ...rest] = new TextEncoder().encode('é\n');
    expect(await all(lines([Uint8Array.of(first), Uint8Array.from(rest)]))).toEqual(['é']);
  });

  it('leave out a byte order mark', async () => {
    expect(await all(lines(['\uFEFFdata: 1\n']))).toEqual(['data: 1']);
  });
});

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation for the examples */
describe('the events of a stream', () => {
  it('have several lines of data', async () => {
    expect(await events('data: YHOO\ndata: +2\ndata: 10\n\n')).toMatchObject([
      { name: 'message', data: 'YHOO\n+2\n10' },
    ]);
  });

  it('leave out comments, and forget no id', async () => {
    expect(
      await events(
        ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\n\nid\ndata:  third event\n\n',
      ),
    ).toMatchObject([
      { data: 'first event', id: '1' },
      { data: 'second event', id: '1' },
      { data: ' third event', id: '' },
    ]);
  });

  it('have empty data where a line says nothing else, and are none without data', async () => {
    expect(await events('data\n\ndata\ndata\n\nevent: nothing\n\n')).toMatchObject([
      { data: '' },
      { data: '\n' },
    ]);
  });

  it('are none where the end of the stream cuts them', async () => {
    expect(await events('data: whole\n\ndata: half\n')).toMatchObject([{ data: 'whole' }]);
  });

  it('carry the name of their own, not that of the one before', async () => {
    expect(await events('event: sync\ndata: 1\n\ndata: 2\n\n')).toMatchObject([
      { name: 'sync' },
      { name: 'message' },
    ]);
  });

  it('tell how long to wait, where that is a number', async () => {
    expect(await events('retry: 2000\n\ndata: 1\n\nretry: soon\ndata: 2\n\n')).toMatchObject([
      { retryMs: 2000 },
      { retryMs: 2000 },
    ]);
  });
});
