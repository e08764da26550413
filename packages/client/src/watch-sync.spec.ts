import { describe, expect, it } from '@jest/globals';
import { all, badGateway, problem, problemBody, refusalOf, stream } from './answers.fixture.js';
import { createSend } from './calls.js';
import { QuickTimers } from './timers.fixture.js';
import { Transport } from './transport.js';
import type { WatchOptions } from './watch-sync.js';
import { watchSync } from './watch-sync.js';

const eventStream = 'text/event-stream; charset=utf-8';

/** As apps/server/src/http/send-events.ts writes it. */
function told(revision: number, members: object = {}): string {
  const sync = { id: '7', state: 'running', revision, done: 0, tasks: [], ...members };
  return `event: sync\nid: ${String(revision)}\ndata: ${JSON.stringify(sync)}\n\n`;
}
const ended = { state: 'succeeded', finishedAt: '2026-11-21T10:00:00.000Z' };
const start = 'retry: 2000\n\n';

type Serve = (request: Request) => Response | Promise<Response>;

/** Watches where the connections are answered by these, one after the other. */
function watching(connections: readonly Serve[], options: WatchOptions = {}) {
  const timers = new QuickTimers();
  const left = [...connections];
  const requests: Request[] = [];
  const transport = new Transport({
    fetch: async (request) => {
      requests.push(request);
      const serve = left.shift();
      if (serve === undefined) throw new Error('No connection more was expected.');
      return serve(request);
    },
    now: () => timers.now(),
  });
  const send = createSend({
    baseUrl: 'https://anyforge.example/api/v1',
    fetch: (request) => transport.send(request),
  });
  return { timers, requests, syncs: watchSync({ send, timers }, '7', options) };
}

const lastSeen = (requests: readonly Request[]): readonly (string | null)[] =>
  requests.map(({ headers }) => headers.get('last-event-id'));

describe('watching a sync', () => {
  it('tells it after each change and ends when it has ended', async () => {
    const { syncs, requests } = watching([
      () => stream(eventStream, [start, told(1), ':\n\n', told(2), told(3, ended)]),
    ]);
    expect((await all(syncs)).map(({ revision }) => revision)).toEqual([1, 2, 3]);
    expect(requests.map(({ url }) => url)).toEqual(['https://anyforge.example/api/v1/syncs/7/events']);
    expect(requests[0]?.headers.get('accept')).toBe('text/event-stream');
  });

  it('goes on behind the last revision when the connection is cut', async () => {
    const { syncs, requests, timers } = watching([
      () => stream(eventStream, [start, told(1), told(2)], { thenBreaks: true }),
      () => stream(eventStream, [start, told(5, ended)]),
    ]);
    expect((await all(syncs)).map(({ revision }) => revision)).toEqual([1, 2, 5]);
    expect(lastSeen(requests)).toEqual([null, '2']);
    expect(timers.slept).toEqual([2_000]);
  });

  it('takes a stream that ends without the end of the sync for cut', async () => {
    const { syncs } = watching([
      () => stream(eventStream, [start, told(1)]),
      () => stream(eventStream, [told(2, ended)]),
    ]);
    expect((await all(syncs)).map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it('begins behind a revision that the caller has seen', async () => {
    const { syncs, requests } = watching([() => new Response(null, { status: 204 })], { after: 4 });
    expect(await all(syncs)).toEqual([]);
    expect(lastSeen(requests)).toEqual(['4']);
  });

  it('passes over events of another kind', async () => {
    const { syncs } = watching([
      () => stream(eventStream, ['event: weather\ndata: {"rain":true}\n\n', told(1, ended)]),
    ]);
    expect(await all(syncs)).toHaveLength(1);
  });

  it('waits longer with each failure in a row, and as long as the server wants', async () => {
    const { syncs, timers } = watching([
      () => Promise.reject(new TypeError('fetch failed')),
      badGateway,
      () => problem(429, 'too_many_streams', {}, { 'retry-after': '60' }),
      () => problem(503, 'closed'),
      () => problem(503, 'closed'),
      () => problem(503, 'closed'),
      () => stream(eventStream, [told(1)]),
      () => stream(eventStream, [told(2, ended)]),
    ]);
    await all(syncs);
    expect(timers.slept).toEqual([2_000, 4_000, 60_000, 16_000, 30_000, 30_000, 2_000]);
  });

  it('waits as the server says when it stops', async () => {
    const closed = JSON.stringify(problemBody(503, 'closed'));
    const { syncs, timers } = watching([
      () => stream(eventStream, [start, told(1), `event: problem\nretry: 4321\ndata: ${closed}\n\n`]),
      () => stream(eventStream, [told(2, ended)]),
    ]);
    await all(syncs);
    expect(timers.slept).toEqual([4_321]);
  });

  it('does not count failures of long ago', async () => {
    const world = watching([
      () => Promise.reject(new TypeError('fetch failed')),
      () => {
        world.timers.pass(60_000);
        return stream(eventStream, [start], { thenBreaks: true });
      },
      () => stream(eventStream, [told(1, ended)]),
    ]);
    await all(world.syncs);
    expect(world.timers.slept).toEqual([2_000, 2_000]);
  });

  it('takes a connection for lost on which nothing comes', async () => {
    const interruptions: unknown[] = [];
    const { syncs, timers } = watching(
      [
        () => new Response(new ReadableStream(), { headers: { 'content-type': eventStream } }),
        () => stream(eventStream, [told(1, ended)]),
      ],
      { onInterrupted: ({ cause }) => interruptions.push(cause) },
    );
    expect(await all(syncs)).toHaveLength(1);
    expect(timers.slept[0]).toBe(45_000);
    expect(interruptions).toMatchObject([{ message: 'Nothing has come for 45000 ms.' }]);
  });

  it('tells of each interruption why it was', async () => {
    const codes: string[] = [];
    const { syncs } = watching(
      [
        () => problem(503, 'starting'),
        () => stream(eventStream, [told(1)], { thenBreaks: true }),
        () => stream(eventStream, [told(2, ended)]),
      ],
      { onInterrupted: ({ message }) => codes.push(message) },
    );
    await all(syncs);
    expect(codes).toEqual(['What happened: starting.', 'The connection was lost before the sync had ended.']);
  });

  it('fails when the server refuses for good', async () => {
    const { syncs } = watching([() => problem(404, 'not_found')]);
    expect(await refusalOf(all(syncs))).toMatchObject({ name: 'ApiError', code: 'not_found' });
  });

  it('fails when a session ends meanwhile, as asking again shows', async () => {
    const gone = JSON.stringify(problemBody(401, 'not_signed_in'));
    const { syncs } = watching([
      () => stream(eventStream, [told(1), `event: problem\nretry: 1000\ndata: ${gone}\n\n`]),
      () => problem(401, 'not_signed_in'),
    ]);
    expect(await refusalOf(all(syncs))).toMatchObject({ name: 'ApiError', code: 'not_signed_in' });
  });

  it('fails where something else than the server answers with a page', async () => {
    const { syncs } = watching([() => stream('text/html', ['<html></html>'])]);
    expect(await refusalOf(all(syncs))).toMatchObject({ name: 'ApiError', code: 'unexpected_answer' });
  });

  it('ends with the reason of the signal, in the middle of a stream', async () => {
    const controller = new AbortController();
    const { syncs } = watching(
      [
        ({ signal }) => {
          const body = new ReadableStream<Uint8Array>({
            start: (source) => {
              source.enqueue(new TextEncoder().encode(told(1)));
              signal.addEventListener('abort', () => {
                source.error(signal.reason);
              });
            },
          });
          return new Response(body, { headers: { 'content-type': eventStream } });
        },
      ],
      { signal: controller.signal },
    );
    const iterator = syncs[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toMatchObject({ revision: 1 });
    controller.abort(new Error('closed the tab'));
    expect(await refusalOf(iterator.next())).toMatchObject({ message: 'closed the tab' });
  });

  it('ends with the reason of the signal while it waits to connect again', async () => {
    const controller = new AbortController();
    const { syncs } = watching([() => Promise.reject(new TypeError('fetch failed'))], {
      signal: controller.signal,
      onInterrupted: () => {
        controller.abort(new Error('closed the tab'));
      },
    });
    expect(await refusalOf(all(syncs))).toMatchObject({ message: 'closed the tab' });
  });

  it('closes the connection when the caller stops to iterate', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (source) => {
        source.enqueue(new TextEncoder().encode(told(1)));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    const { syncs } = watching([() => new Response(body, { headers: { 'content-type': eventStream } })]);
    for await (const sync of syncs) {
      expect(sync.revision).toBe(1);
      break;
    }
    expect(cancelled).toBe(true);
  });
});
