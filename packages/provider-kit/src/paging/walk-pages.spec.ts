import type { CallEvent } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { failureOf, rest } from '../transport/transport.fixture.js';
import type { Load } from './listing.fixture.js';
import { collect, gated, numbered, walk } from './listing.fixture.js';
import { walkPages } from './walk-pages.js';

describe('walking a listing', () => {
  it('loads nothing before the first next', async () => {
    const load = jest.fn(numbered(3));
    const iterator = walk(load)[Symbol.asyncIterator]();
    await rest();
    expect(load).not.toHaveBeenCalled();
    await iterator.next();
    expect(load).toHaveBeenCalled();
  });

  it('gives every item once and in order, whatever the sizes, delays, numbers at once and ways to the rest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 25 }),
        fc.array(fc.nat({ max: 4 }), { minLength: 25, maxLength: 25 }),
        fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
        fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
        fc.integer({ min: 1, max: 12 }),
        async (sizes, delays, tellsRest, limited, concurrency) => {
          let underWay = 0;
          let most = 0;
          const load: Load = async (position, call) => {
            underWay += 1;
            most = Math.max(most, underWay);
            if (limited[position] === true)
              call.onEvent?.({ kind: 'waiting', until: new Date(0), scope: 's' });
            for (let turn = 0; turn < (delays[position] ?? 0); turn += 1) await Promise.resolve();
            underWay -= 1;
            const after = Array.from(
              { length: sizes.length - 1 - position },
              (_, index) => position + 1 + index,
            );
            return {
              items: Array.from({ length: sizes[position] ?? 0 }, (_, index) => position * 10 + index),
              ...(tellsRest[position] === true ? { rest: after } : { next: after[0] }),
            };
          };
          const pages = await collect(walk(load, { first: 0, concurrency }));
          expect(pages.map(({ items }) => items)).toEqual(
            sizes.map((size, position) => Array.from({ length: size }, (_, index) => position * 10 + index)),
          );
          expect(most).toBeLessThanOrEqual(concurrency);
          expect(pages.map(({ resume }) => resume === undefined)).toEqual(
            sizes.map((_, position) => position === sizes.length - 1),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('goes on where the last known page tells another', async () => {
    const load: Load = async (position) => ({
      items: [position],
      ...(position === 1 ? { rest: [2, 3] } : position < 6 ? { next: position + 1 } : {}),
    });
    expect((await collect(walk(load))).flatMap(({ items }) => items)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('offers no resume where nothing could take it', async () => {
    const pages = await collect(walk(numbered(3), { resumable: false }));
    expect(pages.map(({ resume }) => resume)).toEqual([undefined, undefined, undefined]);
  });

  it('goes on from where an iterator is when that is looped over', async () => {
    const options = { provider: 'github', listing: 'repositories v1', first: 1, load: numbered(3) };
    const iterator = walkPages(options)[Symbol.asyncIterator]();
    await iterator.next();
    const pages: number[] = [];
    for await (const { items } of iterator) pages.push(items[0] ?? 0);
    expect(pages).toEqual([20, 30]);
  });

  it('tells the total on every page once it is known, and what was left out where it was', async () => {
    const omitted = [{ organization: { path: 'acme' }, reason: 'sso_required' as const }];
    const load: Load = async (position) =>
      position === 1
        ? { items: [1], rest: [2, 3], total: 3 }
        : { items: [position], ...(position === 2 && { omitted, next: 3 }) };
    const pages = await collect(walk(load));
    expect(pages.map(({ total }) => total)).toEqual([3, 3, 3]);
    expect(pages.map((page) => page.omitted)).toEqual([undefined, omitted, undefined]);
  });

  it('refuses a listing that leads in a circle', async () => {
    const load: Load = async (position) => ({ items: [position], next: position === 3 ? 2 : position + 1 });
    await expect(collect(walk(load))).rejects.toMatchObject({ kind: 'invalid_response' });
    const twice: Load = async (position) => ({ items: [position], rest: [2, 3, 2] });
    await expect(collect(walk(twice))).rejects.toMatchObject({ kind: 'invalid_response' });
  });

  it.each([
    ['has items', [3], undefined],
    ['goes on', [], 4],
  ])(
    'does not believe a page in the middle that it is the last, when a later one %s',
    async (_, items, next) => {
      const load: Load = (position) =>
        Promise.resolve(
          position === 1 ? { items: [1], rest: [2, 3] } : position === 2 ? { items: [] } : { items, next },
        );
      const failure = await failureOf(collect(walk(load)));
      expect(failure).toMatchObject({ kind: 'unavailable', retryable: true });
    },
  );

  it('ends where pages that were known before are empty now', async () => {
    const load: Load = (position) =>
      Promise.resolve(position === 1 ? { items: [1], rest: [2, 3, 4] } : { items: [] });
    expect(await collect(walk(load))).toHaveLength(4);
  });

  it('keeps so many pages ahead of the reader, and no more', async () => {
    const { load, positions, release } = gated(numbered(100));
    const iterator = walk(load, { concurrency: 4 })[Symbol.asyncIterator]();
    const first = iterator.next();
    await release(1);
    await first;
    expect(positions()).toEqual([1, 2, 3, 4, 5]);
    await release(2, 3, 4, 5);
    expect(positions()).toHaveLength(5);
    await iterator.next();
    expect(positions()).toHaveLength(6);
    await iterator.return?.();
  });

  it('loads half as many at once after a limit, once for all that met it together', async () => {
    const { load, started, positions, release } = gated(numbered(100));
    const events: CallEvent[] = [];
    const call = { onEvent: (event: CallEvent) => void events.push(event) };
    const iterator = walk(load, { concurrency: 8, call })[Symbol.asyncIterator]();
    const first = iterator.next();
    await release(1);
    await first;
    for (const { call: own } of started.slice(1)) {
      own.onEvent?.({ kind: 'retry', attempt: 1, reason: 'rate_limited' });
      own.onEvent?.({ kind: 'retry', attempt: 1, reason: 'unavailable' });
    }
    expect(events).toHaveLength(16);
    for (let page = 2; page <= 9; page += 1) await release(page);
    for (let page = 2; page <= 9; page += 1) await iterator.next();
    expect(positions()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    await iterator.return?.();
  });
});

describe('an error in a listing', () => {
  it('shows at its place, after all pages before it', async () => {
    const failure = new ProviderError('unavailable', 'The forge answered 503', { provider: 'github' });
    const load: Load = async (position, call) => {
      if (position === 3) throw failure;
      return numbered(9)(position, call);
    };
    const seen: number[] = [];
    const run = (async () => {
      for await (const { items } of walk(load)) seen.push(...items);
    })();
    await expect(run).rejects.toBe(failure);
    expect(seen).toEqual([10, 11, 12, 20, 21, 22]);
  });

  it('stops what is under way', async () => {
    const { load, started, release } = gated(async (position, call) => {
      if (position === 2) throw new Error('broken');
      return numbered(9)(position, call);
    });
    const run = collect(walk(load));
    run.catch(() => undefined);
    await release(1);
    await release(2);
    await expect(run).rejects.toThrow('broken');
    expect(started.every(({ call }) => call.signal?.aborted)).toBe(true);
  });

  it('does no harm when it comes from a page that is never asked for', async () => {
    const load: Load = async (position, call) => {
      if (position > 1) throw new Error('broken');
      return numbered(9)(position, call);
    };
    for await (const { items } of walk(load)) {
      expect(items).toEqual([10, 11, 12]);
      await rest();
      break;
    }
    await rest();
  });

  it('is not taken out of order when a load fails before it returns a promise', async () => {
    const load: Load = (position, call) => {
      if (position === 3) throw new Error('broken');
      return numbered(4)(position, call);
    };
    const seen: number[] = [];
    const run = (async () => {
      for await (const { items } of walk(load)) seen.push(items.length);
    })();
    await expect(run).rejects.toThrow('broken');
    expect(seen).toEqual([3, 3]);
  });
});

describe('a page that was read ahead', () => {
  it('tells when it was asked for, not when it was taken', async () => {
    let time = 0;
    const clock = { now: () => new Date(time) };
    const asked: (number | undefined)[] = [];
    for await (const { askedAt } of walk(numbered(12), { clock })) {
      asked.push(askedAt?.getTime());
      await rest();
      time += 1000;
    }
    // The first tells of the others, of which ten are under way at a time.
    expect(asked).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000]);
  });
});
