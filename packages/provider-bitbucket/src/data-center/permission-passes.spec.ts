import { describe, expect, it } from '@jest/globals';
import type { StartPage } from './api.js';
import { PermissionPasses, repositoryPermissions } from './permission-passes.js';
import type { Walk } from './start-walk.js';
import { StartWalk } from './start-walk.js';

interface Listed {
  readonly id: number;
  readonly native: string;
}

const limit = 20;

/** Listings by permission, each in an order of its own. */
function passesOver(listings: Readonly<Record<string, readonly number[]>>, pageSize = limit) {
  const asked: string[] = [];
  const passes = new PermissionPasses<Listed>(
    repositoryPermissions.map(
      ({ native }) =>
        new StartWalk(
          (start): Promise<StartPage> => {
            asked.push(native);
            const ids = listings[native] ?? [];
            const values = ids.slice(start, start + pageSize).map((id) => ({ id, wire: id }));
            const end = start + pageSize;
            return Promise.resolve({
              start,
              limit: pageSize,
              values,
              next: end < ids.length ? end : undefined,
            });
          },
          { readAhead: false },
        ),
    ),
    ({ id }, rank) => (id === 13 ? undefined : { id, native: repositoryPermissions[rank]?.native ?? '' }),
  );
  return { passes, asked };
}

/** A listing of one page, which comes when it is released. */
function heldWalk(ids: readonly number[]) {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let ended = false;
  const walk: Walk = {
    get ended() {
      return ended;
    },
    next: async () => {
      await released;
      ended = true;
      return ids.map((id) => ({ id, wire: id }));
    },
  };
  return { walk, release };
}

async function readAll(passes: PermissionPasses<Listed>): Promise<Listed[]> {
  const items: Listed[] = [];
  while (!passes.ended) items.push(...(await passes.next({})));
  return items;
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('listings by one permission each', () => {
  it.each(['the same', 'the opposite'])(
    'give each item once, with its greatest permission, greatest first, whatever their order (%s)',
    async (order) => {
      const ordered = (ids: number[]) => (order === 'the same' ? ids : ids.toReversed());
      const { passes } = passesOver({
        REPO_ADMIN: numbers(1, 50),
        REPO_WRITE: ordered(numbers(1, 90)),
        REPO_READ: ordered(numbers(1, 150)),
      });
      const items = await readAll(passes);
      const idsOf = (native: string) => items.filter((item) => item.native === native).map(({ id }) => id);
      expect(idsOf('REPO_ADMIN')).toEqual(numbers(1, 50).filter((id) => id !== 13));
      expect(idsOf('REPO_WRITE').toSorted((one, other) => one - other)).toEqual(numbers(51, 90));
      expect(idsOf('REPO_READ').toSorted((one, other) => one - other)).toEqual(numbers(91, 150));
      expect(items.map(({ native }) => native).join(' ')).toMatch(
        /^(REPO_ADMIN ?)+(REPO_WRITE ?)+(REPO_READ ?)+$/,
      );
    },
  );

  it('end also when they were all read to their end while nobody asked for more', async () => {
    const [admin, write, read] = [heldWalk([1]), heldWalk([1, 2]), heldWalk([1, 2, 3])] as const;
    const passes = new PermissionPasses<number>([admin.walk, write.walk, read.walk], ({ id }) => id);
    admin.release();
    expect(await passes.next({})).toEqual([1]);
    // Whoever asks stores what it was given; meanwhile the other listings end.
    write.release();
    read.release();
    await new Promise((resolve) => setImmediate(resolve));
    const rest: number[] = [];
    while (!passes.ended) rest.push(...(await passes.next({})));
    expect(rest).toEqual([2, 3]);
  });

  it('give what one of the lesser ones lacks as well', async () => {
    const { passes } = passesOver({ REPO_ADMIN: [1], REPO_WRITE: [2], REPO_READ: [3] });
    expect(await readAll(passes)).toEqual([
      { id: 1, native: 'REPO_ADMIN' },
      { id: 2, native: 'REPO_WRITE' },
      { id: 3, native: 'REPO_READ' },
    ]);
  });

  it('are read side by side, and given out a page at a time', async () => {
    const { passes, asked } = passesOver({
      REPO_ADMIN: numbers(1, 60),
      REPO_WRITE: numbers(1, 60),
      REPO_READ: numbers(1, 60),
    });
    expect((await passes.next({})).map(({ id }) => id)).toEqual(numbers(1, 20).filter((id) => id !== 13));
    expect(asked).toEqual(['REPO_ADMIN', 'REPO_WRITE', 'REPO_READ']);
  });

  it('wait for those before them when they hold too much', async () => {
    const { passes, asked } = passesOver(
      { REPO_ADMIN: numbers(1, 30_000), REPO_WRITE: [], REPO_READ: numbers(1, 30_000).toReversed() },
      1_000,
    );
    const items = await readAll(passes);
    expect(items.map(({ native }) => native).every((native) => native === 'REPO_ADMIN')).toBe(true);
    expect(items).toHaveLength(29_999);
    const halfway = asked.slice(0, asked.length / 2);
    const count = (native: string) => halfway.filter((each) => each === native).length;
    expect(count('REPO_ADMIN')).toBeGreaterThan(count('REPO_READ') + 5);
  });
});
