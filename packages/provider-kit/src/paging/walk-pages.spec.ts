import type { CallEvent, CallOptions, Page } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { rest } from '../transport/transport.fixture.js';
import type { LoadedPage, WalkOptions } from './walk-pages.js';
import { walkPages } from './walk-pages.js';

type Load = WalkOptions<number, number>['load'];

/** A listing of so many pages of three items; the first page, and each after it, tells all that follow. */
function numbered(pages: number): Load {
  return async (position) => ({
    items: [0, 1, 2].map((item) => position * 10 + item),
    rest: Array.from({ length: pages - position }, (_, index) => position + 1 + index),
  });
}

function walk(load: Load, options: Partial<WalkOptions<number, number>> = {}): AsyncIterable<Page<number>> {
  return walkPages({ provider: 'github', listing: 'repositories v1', first: 1, load, ...options });
}

async function collect<T>(pages: AsyncIterable<Page<T>>): Promise<Page<T>[]> {
  const collected: Page<T>[] = [];
  for await (const page of pages) collected.push(page);
  return collected;
}

/** Loads that a test lets end one by one. */
function gated(load: Load) {
  const open = new Map<number, () => void>();
  const started: { readonly position: number; readonly call: CallOptions }[] = [];
  const gatedLoad: Load = async (position, call) => {
    started.push({ position, call });
    await new Promise<void>((resolve, reject) => {
      open.set(position, resolve);
      call.signal?.addEventListener('abort', () => {
        reject(call.signal?.reason);
      });
    });
    return load(position, call);
  };
  const release = async (...positions: readonly number[]): Promise<void> => {
    for (const position of positions) open.get(position)?.();
    await rest();
  };
  return { load: gatedLoad, started, release, positions: () => started.map(({ position }) => position) };
}

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

  it('tells the total on every page once it is known, and what was left out where it was', async () => {
    const omitted = [{ organization: { path: 'acme' }, reason: 'sso_required' as const }];
    const load: Load = async (position) =>
      position === 1
        ? { items: [1], rest: [2, 3], total: 3 }
        : { items: [position], ...(position === 2 && { omitted }) };
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

  it('loads nothing when it was aborted before', async () => {
    const load = jest.fn(numbered(3));
    await expect(collect(walk(load, { call: { signal: AbortSignal.abort('enough') } }))).rejects.toBe(
      'enough',
    );
    expect(load).not.toHaveBeenCalled();
  });
});

describe('resuming a listing', () => {
  it('goes on after any page, with the rest at once and the total', async () => {
    const load: Load = async (position, call) => ({
      ...(await numbered(6)(position, call)),
      ...(position === 1 && { total: 18 }),
    });
    const pages = await collect(walk(load));
    for (const [index, { resume }] of pages.entries()) {
      if (resume === undefined) continue;
      const again = await collect(walk(load, { resume }));
      expect(again.map(({ items }) => items)).toEqual(pages.slice(index + 1).map(({ items }) => items));
      expect(again[0]?.total).toBe(18);
    }
  });

  it('refuses what is no checkpoint of this listing', async () => {
    const load = jest.fn(numbered(3));
    const [first] = await collect(walk(load));
    const resume = first?.resume ?? '';
    const [seal, , total]: unknown[] = JSON.parse(Buffer.from(resume, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify([seal, 7, total])).toString('base64url');
    load.mockClear();
    const cases: readonly Partial<WalkOptions<number, number>>[] = [
      { resume: '' },
      { resume: 'null' },
      { resume: Buffer.from('[1,2,3]').toString('base64url') },
      { resume: resume.slice(0, -4) },
      { resume: forged },
      { resume, listing: 'repositories of acme v1' },
      { resume, provider: 'gitlab' },
    ];
    for (const options of cases) {
      await expect(collect(walk(load, options))).rejects.toMatchObject({ kind: 'invalid_request' });
    }
    expect(load).not.toHaveBeenCalled();
  });
});

describe('positions of any shape', () => {
  it('are written into a checkpoint and read from it', async () => {
    interface Position {
      readonly organization: string;
      readonly page?: number | undefined;
    }
    const load = async ({ organization, page = 1 }: Position): Promise<LoadedPage<string, Position>> => ({
      items: [`${organization}${page}`],
      next: page === 1 ? { organization, page: 2 } : organization === 'a' ? { organization: 'b' } : undefined,
    });
    const options = { provider: 'github', listing: 'x', first: { organization: 'a' }, load };
    const pages = await collect(walkPages<string, Position>(options));
    expect(pages.flatMap(({ items }) => items)).toEqual(['a1', 'a2', 'b1', 'b2']);
    const again = await collect(walkPages<string, Position>({ ...options, resume: pages[1]?.resume }));
    expect(again.flatMap(({ items }) => items)).toEqual(['b1', 'b2']);
  });
});
