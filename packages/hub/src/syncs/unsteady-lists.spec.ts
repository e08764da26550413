import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Repository } from '@anyforge/core';
import { ChangesBench } from '../git-providers/changes-bench.fixture.js';
import { fakeRepositories, fakeRepository } from '../testing/fake-forge.js';
import { visiblePaths } from '../testing/test-hub.js';

describe('a list that moves under both of two readings in the same place', () => {
  let bench: ChangesBench;

  beforeEach(async () => {
    bench = await ChangesBench.open();
    bench.forge.pageSize = 2;
    bench.ada.repositories = fakeRepositories(12, { visibility: 'public' });
    await bench.signIn('ada', await bench.add());
    bench.forge.requests.length = 0;
    bench.clock.advance(1000);
    // One has left for good. Everybody may look at it, so that the list has to be read again.
    bench.ada.unlisted = bench.ada.repositories.slice(-1);
    bench.ada.repositories = bench.ada.repositories.slice(0, -1);
  });

  afterEach(() => bench.close());

  /** Before a page is answered, in the reading that it belongs to. Both count from the first. */
  function onPage(happens: (page: number, reading: number) => void): () => number {
    let reading = 0;
    bench.forge.before = ({ kind, page }) => {
      if (kind !== 'page') return;
      if (page === 0) reading += 1;
      happens(page + 1, reading);
    };
    return () => reading;
  }

  /** It moves to the end, where it is listed again, and pulls what is between past the reader. */
  function rename(id: string, changes: Partial<Repository>): void {
    const renamed = fakeRepository(id, { visibility: 'public', ...changes });
    bench.ada.repositories = [...bench.ada.repositories.filter((each) => each.id !== id), renamed];
  }

  const addFirst = (): void => {
    bench.ada.repositories = [fakeRepository('new', { visibility: 'public' }), ...bench.ada.repositories];
  };

  const isWhole = async (): Promise<void> => {
    expect(await visiblePaths(bench.hub, 'ada')).toEqual(
      bench.ada.repositories.map(({ path }) => path).toSorted(),
    );
  };

  it.each([
    ['of another path', (reading: number) => ({ path: `zoo/renamed-${String(reading)}` })],
    // Where a forge lists by that.
    ['of another name', (reading: number) => ({ name: `zoo-${String(reading)}` })],
  ])('is read on until it rests, when what is renamed comes twice, %s', async (_, changes) => {
    const readings = onPage((page, reading) => {
      if (page === 1 && reading === 2) addFirst();
      if (page === 2 && reading < 3) rename(reading === 1 ? '000001' : '000002', changes(reading));
    });
    expect(await bench.sync('ada')).toBe('succeeded');
    await isWhole();
    expect(readings()).toBe(4);
  });

  it('is read on when something new was told only in the second', async () => {
    const readings = onPage((page, reading) => {
      if (page === 1 && reading === 2) addFirst();
    });
    expect(await bench.sync('ada')).toBe('succeeded');
    await isWhole();
    expect(readings()).toBe(3);
  });
});
