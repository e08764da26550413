import { describe, expect, it } from '@jest/globals';
import type { StartPage } from './api.js';
import { StartWalk } from './start-walk.js';

/** A listing whose items a test takes away between pages. Starts count all places, hidden items among them. */
class Listing {
  readonly asked: number[] = [];

  constructor(
    public ids: number[],
    readonly limit = 20,
    readonly hidden: ReadonlySet<number> = new Set(),
    readonly before: (request: number) => void = () => undefined,
  ) {}

  readonly load = (start: number): Promise<StartPage> => {
    this.before(this.asked.push(start));
    const shown = this.ids.map((id, index) => ({ id, index })).filter(({ id }) => !this.hidden.has(id));
    const rest = shown.filter(({ index }) => index >= start);
    const values = rest.slice(0, this.limit).map(({ id }) => ({ id, wire: id }));
    return Promise.resolve({ start, limit: this.limit, values, next: rest[this.limit]?.index });
  };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

async function readAll(listing: Pick<Listing, 'load'>, readAhead = false): Promise<Set<number>> {
  const walk = new StartWalk(listing.load, { readAhead });
  const ids = new Set<number>();
  while (!walk.ended) for (const { id } of await walk.next({})) ids.add(id);
  return ids;
}

describe('a walk by starts', () => {
  it.each([
    [0, 1],
    [1, 1],
    [20, 1],
    [21, 2],
    [100, 9],
  ])('reads all of %i items in %i pages that overlap a little', async (count, pages) => {
    const listing = new Listing(numbers(1, count));
    expect([...(await readAll(listing))]).toEqual(numbers(1, count));
    expect(listing.asked).toHaveLength(pages);
  });

  it('loses nothing where items go away that it has passed', async () => {
    for (const gone of [1, 5, 10, 15, 20]) {
      const listing: Listing = new Listing(numbers(1, 60), 20, new Set(), (request) => {
        if (request === 2) listing.ids = listing.ids.filter((id) => id > gone);
      });
      const ids = await readAll(listing);
      expect(numbers(gone + 1, 60).filter((id) => !ids.has(id))).toEqual([]);
    }
  });

  it('is not deceived by an item of the page before that comes up further back', async () => {
    const listing: Listing = new Listing(numbers(1, 60), 20, new Set(), (request) => {
      if (request === 2) listing.ids = [...numbers(21, 35), 5, ...numbers(36, 60)];
    });
    const ids = await readAll(listing);
    expect(numbers(21, 60).filter((id) => !ids.has(id))).toEqual([]);
  });

  it('loses nothing where items come in before it', async () => {
    const listing: Listing = new Listing(numbers(1, 60), 20, new Set(), (request) => {
      if (request === 2) listing.ids = [...numbers(-30, 0), ...listing.ids];
    });
    const ids = await readAll(listing);
    expect(numbers(1, 60).filter((id) => !ids.has(id))).toEqual([]);
  });

  it('takes a gap for what it is when the page before it still ends where it did', async () => {
    const listing = new Listing(numbers(1, 200), 20, new Set(numbers(21, 150)));
    expect([...(await readAll(listing))]).toEqual([...numbers(1, 20), ...numbers(151, 200)]);
    expect(listing.asked.slice(0, 3)).toEqual([0, 140, 0]);
  });

  it('reads pages of one item each', async () => {
    expect([...(await readAll(new Listing(numbers(1, 5), 1)))]).toEqual(numbers(1, 5));
  });

  it('gives a listing up that never stands still', async () => {
    let shift = 0;
    const listing: Listing = new Listing(numbers(1, 2000), 20, new Set(), () => {
      shift += 100;
      listing.ids = numbers(1 + shift, 2000 + shift);
    });
    await expect(readAll(listing)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it.each([0, 20])('ends in words when the next page is an earlier one (%i)', async (next) => {
    const values = numbers(1, 20).map((id) => ({ id, wire: id }));
    const load = (start: number) =>
      Promise.resolve({ start, limit: 20, values, next: start === 0 ? 20 : next });
    await expect(readAll({ load })).rejects.toMatchObject({
      kind: 'invalid_response',
      message: 'The pages of this listing lead in a circle.',
    });
  });

  it('asks for the next page before anybody comes for it, if told to', async () => {
    const listing = new Listing(numbers(1, 60));
    const walk = new StartWalk(listing.load, { readAhead: true });
    await walk.next({});
    expect(listing.asked).toEqual([0, 10]);
    expect([...(await readAll(new Listing(numbers(1, 60)), true))]).toEqual(numbers(1, 60));
  });

  it('tells of a page that failed ahead to whoever comes for it', async () => {
    const listing = new Listing(numbers(1, 60), 20, new Set(), (request) => {
      if (request === 2) throw new Error('no page');
    });
    const walk = new StartWalk(async (start) => listing.load(start), { readAhead: true });
    expect(await walk.next({})).toHaveLength(20);
    await expect(walk.next({})).rejects.toThrow('no page');
  });
});
