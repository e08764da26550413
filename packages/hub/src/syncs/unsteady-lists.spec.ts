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

  /** What moves behind the reader is listed again, and pulls what is between past the reader. */
  function rename(id: string, changes: Partial<Repository>, place: 'first' | 'last'): void {
    const renamed = fakeRepository(id, { visibility: 'public', ...changes });
    const others = bench.ada.repositories.filter((each) => each.id !== id);
    bench.ada.repositories = place === 'first' ? [renamed, ...others] : [...others, renamed];
  }

  const addFirst = (): void => {
    bench.ada.repositories = [fakeRepository('new', { visibility: 'public' }), ...bench.ada.repositories];
  };

  const isWhole = async (): Promise<void> => {
    // What was deleted had been listed before, and is gone with the next sync.
    expect(await visiblePaths(bench.hub, 'ada')).toEqual(
      expect.arrayContaining(bench.ada.repositories.map(({ path }) => path)),
    );
  };

  it.each([
    ['path', (place: string, id: string) => ({ path: place, name: `repository-${id}` })],
    // Where a forge lists by that.
    ['name', (place: string) => ({ name: place })],
  ])('is read on until it rests when others got another %s', async (_, at) => {
    const readings = onPage((page, reading) => {
      if (page === 1 && reading === 2) rename('000007', at('acme/a', '000007'), 'first');
      if (page === 2 && reading < 3)
        rename(`00000${String(reading)}`, at(`zoo/${String(reading)}`, `00000${String(reading)}`), 'last');
    });
    expect(await bench.sync('ada')).toBe('succeeded');
    await isWhole();
    expect(readings()).toBe(4);
  });

  it('is read on until it rests when others have gone', async () => {
    const drop = (id: string): void => {
      bench.ada.repositories = bench.ada.repositories.filter((each) => each.id !== id);
    };
    const readings = onPage((page, reading) => {
      if (page === 3 && reading === 1) drop('000001');
      if (page === 1 && reading === 2) drop('000002');
      if (page === 2 && reading === 2) drop('000003');
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
