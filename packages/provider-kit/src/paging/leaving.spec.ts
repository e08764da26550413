import { getEventListeners } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';
import { rest } from '../transport/transport.fixture.js';
import type { Load } from './listing.fixture.js';
import { collect, gated, numbered, walk } from './listing.fixture.js';

describe('leaving a listing', () => {
  it('stops all loads under way when the loop is left', async () => {
    const { load, started, release } = gated(numbered(50));
    const seen: number[] = [];
    const run = (async () => {
      for await (const { items } of walk(load)) {
        seen.push(...items);
        break;
      }
    })();
    await release(1);
    await run;
    expect(started).toHaveLength(11);
    expect(started.slice(1).every(({ call }) => call.signal?.aborted)).toBe(true);
    expect(seen).toEqual([10, 11, 12]);
  });

  it('ends at once when it is left while a page is awaited', async () => {
    const { load, started } = gated(numbered(50));
    const iterator = walk(load)[Symbol.asyncIterator]();
    const pending = iterator.next();
    await rest();
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(started[0]?.call.signal?.aborted).toBe(true);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('rejects with the reason of the signal as soon as it is aborted, though a load does not heed it', async () => {
    const controller = new AbortController();
    const load: Load = () => new Promise(() => undefined);
    const run = collect(walk(load, { call: { signal: controller.signal } }));
    run.catch(() => undefined);
    await rest();
    controller.abort('enough');
    await expect(run).rejects.toBe('enough');
  });

  it('gives no further page after it was aborted between two', async () => {
    const controller = new AbortController();
    const load = jest.fn(numbered(50));
    const iterator = walk(load, { call: { signal: controller.signal }, concurrency: 2 })[
      Symbol.asyncIterator
    ]();
    await iterator.next();
    const loads = load.mock.calls.length;
    controller.abort('enough');
    await expect(iterator.next()).rejects.toBe('enough');
    expect(load.mock.calls).toHaveLength(loads);
  });

  it('lets go of the signal', async () => {
    const { signal } = new AbortController();
    for await (const page of walk(numbered(9), { call: { signal } })) {
      if (page.items.includes(20)) break;
    }
    await collect(walk(numbered(9), { call: { signal } }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('loads nothing when it was aborted before', async () => {
    const load = jest.fn(numbered(3));
    await expect(collect(walk(load, { call: { signal: AbortSignal.abort('enough') } }))).rejects.toBe(
      'enough',
    );
    expect(load).not.toHaveBeenCalled();
  });
});
