import { describe, expect, it } from '@jest/globals';
import type { CallOptions } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { WindowRows } from './loaded-window.js';
import type { Window } from './windows.js';
import { walkWindows } from './window-walk.js';

interface ListingOptions {
  readonly most?: number;
  readonly tellsTotal?: boolean;
  /** Whether it has links, as those of Gitea but for collaborators do. */
  readonly links?: boolean;
  /** Called before each answer, with its number. */
  readonly before?: (request: number) => void;
}

/** A listing in the order of ids, as Gitea gives it, which a test changes between answers. */
class Listing {
  readonly asked: Window[] = [];
  most: number;

  constructor(
    public ids: readonly number[],
    readonly options: ListingOptions = {},
  ) {
    this.most = options.most ?? 20;
  }

  readonly load = async (window: Window): Promise<WindowRows<number>> => {
    const request = this.asked.push(window);
    this.options.before?.(request);
    await Promise.resolve();
    const limit = Math.min(window.limit, this.most);
    const start = (window.page - 1) * limit;
    const rows = this.ids.slice(start, start + limit);
    const hasLinks = this.options.links !== false && this.ids.length > limit;
    return {
      rows,
      total: this.options.tellsTotal === false ? undefined : this.ids.length,
      goesOn: hasLinks ? start + limit < this.ids.length : undefined,
    };
  };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

function walk(
  listing: Pick<Listing, 'load' | 'most'>,
  change: { readonly after?: number; readonly seen?: number; readonly call?: CallOptions } = {},
) {
  let { after = 0 } = change;
  return walkWindows<number>({
    load: listing.load,
    isKnown: (id) => id <= after,
    remember: (id) => {
      after = id;
    },
    pageSize: () => Promise.resolve(listing.most),
    seen: change.seen,
    call: change.call ?? {},
  });
}

async function readAll(...parameters: Parameters<typeof walk>): Promise<readonly number[]> {
  const ids: number[] = [];
  for await (const { rows } of walk(...parameters)) ids.push(...rows);
  return ids;
}

/** What a listing may tell of its length: as most of Gitea's, as that of collaborators, and behind proxies. */
const tellings = [
  { tellsTotal: true, links: true, step: 1 },
  { tellsTotal: true, links: false, step: 1 },
  { tellsTotal: false, links: true, step: 3 },
  { tellsTotal: false, links: false, step: 3 },
];

/** After how many items pages of every size up to the largest have ended, so that none goes on over it. */
const firstSeam = (most: number) =>
  numbers(1, 75).find((seen) => numbers(2, most).every((size) => seen % size === 0)) ?? Infinity;

const kindOf = (error: unknown) => (ProviderError.is(error) ? error.kind : error);

describe('a listing paged by number', () => {
  it.each([
    [0, 1, 1],
    [1, 1, 2],
    [20, 1, 2],
    [21, 2, 2],
    [38, 2, 2],
    [39, 3, 3],
    [100, 7, 7],
  ])('of %i items is read whole in %i pages, or %i where no total is told', async (count, told, untold) => {
    for (const [tellsTotal, pages] of [[true, told] as const, [false, untold] as const]) {
      const listing = new Listing(numbers(1, count), { tellsTotal });
      expect(await readAll(listing)).toEqual(numbers(1, count));
      expect(listing.asked).toHaveLength(pages);
    }
  });

  it('loses nothing that stays, whatever goes away at whichever moment', async () => {
    for (const tellsTotal of [true, false])
      for (let moment = 1; moment <= 6; moment += 1)
        for (const gone of [1, 2, 19, 20, 21, 40, 59]) {
          const listing: Listing = new Listing(numbers(1, 100), {
            tellsTotal,
            before: (request) => {
              if (request === moment) listing.ids = listing.ids.filter((id) => id > gone);
            },
          });
          const ids = await readAll(listing);
          expect(numbers(gone + 1, 100).filter((id) => !ids.includes(id))).toEqual([]);
          expect(new Set(ids).size).toBe(ids.length);
        }
  });

  it('loses nothing where as many come as go', async () => {
    for (let moment = 1; moment <= 6; moment += 1)
      for (const gone of [1, 5, 25]) {
        const listing: Listing = new Listing(numbers(1, 100), {
          before: (request) => {
            if (request === moment)
              listing.ids = [...listing.ids.filter((id) => id > gone), ...numbers(101, 100 + gone)];
          },
        });
        const ids = await readAll(listing);
        expect(numbers(gone + 1, 100).filter((id) => !ids.includes(id))).toEqual([]);
      }
  });

  it('loses nothing and repeats nothing where others come in before it', async () => {
    for (const count of [1, 15, 60]) {
      const listing: Listing = new Listing(numbers(101, 200), {
        before: (request) => {
          if (request === 3) listing.ids = [...numbers(101 - count, 100), ...numbers(101, 200)];
        },
      });
      const ids = await readAll(listing);
      expect(ids.filter((id) => id > 100)).toEqual(numbers(101, 200));
    }
  });

  it('is read in smaller pages where the forge gives no larger ones', async () => {
    const listing: Listing = new Listing(numbers(1, 100), {
      before: (request) => {
        if (request === 3) listing.most = 7;
      },
    });
    expect(await readAll(listing)).toEqual(numbers(1, 100));
  });

  it('loses nothing and repeats nothing where pages get smaller before any of them, to whatever size', async () => {
    const most = 30;
    const wrong: unknown[] = [];
    for (const { tellsTotal, links, step } of tellings)
      for (let cap = 1; cap <= most; cap += step)
        for (let count = 0; count <= 75; count += step) {
          const ids = numbers(1, count);
          for (let moment = 1, requests = 1; moment <= requests; moment += 1) {
            const listing: Listing = new Listing(ids, {
              most,
              tellsTotal,
              links,
              before: (request) => {
                if (request === moment) listing.most = cap;
              },
            });
            const read = await readAll({ load: listing.load, most }).catch(kindOf);
            // Where pages of every size end, none overlap: without a total, nothing proves that they follow each other.
            const isRefused = !tellsTotal && read === 'unavailable' && firstSeam(cap) <= count;
            if (!isRefused && String(read) !== String(ids))
              wrong.push({ tellsTotal, links, cap, count, moment, read });
            requests = Math.min(listing.asked.length, 4);
          }
        }
    expect(wrong).toEqual([]);
  });

  it('is not taken for whole where a page that is not full says that another follows', async () => {
    const rows = numbers(1, 30);
    const load = ({ page }: Window) =>
      Promise.resolve({ rows: page === 1 ? rows : [], total: 30, goesOn: page === 1 });
    await expect(readAll({ load, most: 50 })).rejects.toMatchObject({ kind: 'invalid_response' });
  });

  it('is refused where its rows never fit the total that it is told to have', async () => {
    for (const [count, total] of [
      [4, 5],
      [5, 4],
      [90, 91],
    ] as const) {
      const listing = new Listing(numbers(1, count));
      const load = async (window: Window) => ({ ...(await listing.load(window)), total });
      await expect(readAll({ load, most: 20 })).rejects.toMatchObject({ kind: 'invalid_response' });
    }
  });

  it.each([1, 2, 3, 5, 10])('is read whole in pages of %i', async (most) => {
    expect(await readAll(new Listing(numbers(1, 130), { most }))).toEqual(numbers(1, 130));
  });

  it('is gone on with after what was seen, and where that has moved', async () => {
    const listing = new Listing(numbers(1, 100));
    expect(await readAll(listing, { after: 60, seen: 60 })).toEqual(numbers(61, 100));
    expect(listing.asked.every(({ start }) => start >= 40)).toBe(true);
    const shorter = new Listing(numbers(31, 100));
    expect(await readAll(shorter, { after: 60, seen: 60 })).toEqual(numbers(61, 100));
    const gone = new Listing([1, 2]);
    expect(await readAll(gone, { after: 60, seen: 60 })).toEqual([]);
  });

  it('tells how many items there are up to the end of each page, and which page is the last', async () => {
    const steps = [];
    for await (const { seen, total, isLast } of walk(new Listing(numbers(1, 50))))
      steps.push([seen, total, isLast]);
    expect(steps).toEqual([
      [20, 50, false],
      [38, 50, false],
      [50, 50, true],
    ]);
  });

  it('is given up when it never stands still', async () => {
    let shift = 0;
    const listing: Listing = new Listing(numbers(1, 2_000), {
      before: () => {
        shift += 100;
        listing.ids = numbers(1 + shift, 2_000 + shift);
      },
    });
    await expect(readAll(listing)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it.each([true, false])('is given up when every page is the first (total told: %s)', async (tellsTotal) => {
    const listing = new Listing(numbers(1, 200), { tellsTotal });
    const load = (window: Window) => listing.load({ ...window, page: 1, start: 0 });
    await expect(readAll({ load, most: 20 })).rejects.toMatchObject({ kind: 'unavailable' });
    expect(listing.asked.length).toBeLessThan(100);
  });

  it('is read several pages at once, and no further once it is left', async () => {
    const listing = new Listing(numbers(1, 1_000));
    const steps = walk(listing);
    await steps.next();
    await steps.next();
    const asked = listing.asked.length;
    expect(asked).toBeGreaterThan(5);
    await steps.return?.();
    await Promise.resolve();
    expect(listing.asked.length).toBe(asked);
  });
});
