import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChangesBench } from '../git-providers/changes-bench.fixture.js';
import { fakeRepositories, fakeRepository } from '../testing/fake-forge.js';
import { syncEnd, syncWhen, visiblePaths } from '../testing/test-hub.js';
import type { Sync } from './sync-view.js';

describe('a listing that is interrupted while it is checked', () => {
  let bench: ChangesBench;
  let id: string;

  beforeEach(async () => {
    bench = await ChangesBench.open();
    bench.forge.pageSize = 2;
    bench.ada.repositories = fakeRepositories(12, { visibility: 'public' });
    id = await bench.add();
    await bench.signIn('ada', id);
    bench.forge.requests.length = 0;
    bench.clock.advance(1000);
  });

  afterEach(() => bench.close());

  /** Everybody may look at it still, so that only reading the list again tells whether it is gone. */
  function leave(count: number): void {
    bench.ada.unlisted = bench.ada.repositories.slice(-count);
    bench.ada.repositories = bench.ada.repositories.slice(0, -count);
  }

  const asked = (kind: 'page' | 'repository') =>
    bench.forge.requests.filter((request) => request.kind === kind).map(({ page }) => page);

  async function syncThrough(...waits: readonly number[]): Promise<Sync> {
    const { id: syncId } = await bench.hub.syncs.start('ada');
    let { revision } = await bench.hub.syncs.get('ada', syncId);
    for (const wait of waits) {
      const waiting = await syncWhen(
        bench.hub,
        'ada',
        syncId,
        (sync) => sync.state === 'waiting' && sync.revision > revision,
      );
      ({ revision } = waiting);
      bench.clock.advance(wait);
    }
    return syncEnd(bench.hub, 'ada', syncId);
  }

  const omitted = async () => (await bench.hub.connections.get('ada', id))?.visible?.omitted;

  it('is checked like any other where it had to start over in a further pass', async () => {
    leave(1);
    let step: 'limited' | 'refused' | 'moved' | undefined;
    bench.forge.before = ({ kind, page }) => {
      if (kind !== 'page') return;
      if (step === undefined && asked('page').length === 9) {
        step = 'limited';
        throw bench.forge.error('rate_limited', 'Slow down.');
      }
      if (step === 'limited') {
        step = 'refused';
        throw bench.forge.error('invalid_request', 'The cursor has expired.');
      }
      if (step === 'refused' && page === 1) {
        step = 'moved';
        bench.ada.repositories = bench.ada.repositories.slice(1);
      }
    };
    expect(await syncThrough(60_000)).toMatchObject({ state: 'succeeded' });
    expect(step).toBe('moved');
    expect(await visiblePaths(bench.hub, 'ada')).toEqual(
      expect.arrayContaining(bench.ada.repositories.map(({ path }) => path)),
    );
  });

  it('is tried again after longer and longer, and fails in the end, when the list never comes to rest', async () => {
    bench.ada.repositories = fakeRepositories(60, { visibility: 'public' });
    await bench.sync('ada');
    leave(1);
    bench.forge.requests.length = 0;
    bench.forge.before = ({ kind, page }) => {
      if (kind === 'page' && page === 1) bench.ada.repositories = bench.ada.repositories.slice(1);
    };
    const { id: syncId } = await bench.hub.syncs.start('ada');
    const pauses: number[] = [];
    for (let after = 0; ;) {
      const sync = await syncWhen(
        bench.hub,
        'ada',
        syncId,
        ({ state, revision }) => revision > after && (state === 'waiting' || state === 'failed'),
      );
      if (sync.state === 'failed') break;
      after = sync.revision;
      const pause = Number(sync.tasks[0]?.waitingUntil?.getTime()) - bench.clock.now().getTime();
      pauses.push(pause);
      expect(pauses.length).toBeLessThan(5);
      bench.clock.advance(pause);
    }
    expect(pauses).toEqual([30_000, 120_000, 600_000]);
    expect(asked('page').filter((page) => page === 0)).toHaveLength(16);
    expect(await visiblePaths(bench.hub, 'ada')).toHaveLength(60);
  });

  it('says why something is hidden that it has asked for before it was stopped', async () => {
    bench.ada.repositories = [...bench.ada.repositories, fakeRepository('9', { path: 'zoo/private' })];
    await bench.sync('ada');
    bench.forge.requests.length = 0;
    leave(2);
    bench.forge.before = ({ kind, page }) => {
      if (kind === 'repository' && asked('repository').length === 2) {
        throw bench.forge.error('sso_required', 'Sign in there first.');
      }
      if (kind === 'page' && page === 0 && asked('page').length === 7) {
        throw bench.forge.error('rate_limited', 'Slow down.');
      }
    };
    expect(await syncThrough(60_000)).toMatchObject({ state: 'succeeded' });
    expect(asked('page').filter((page) => page === 0)).toHaveLength(3);
    expect(await omitted()).toMatchObject([{ organization: { path: 'zoo' }, reason: 'sso_required' }]);
  });

  it('tells of nothing left out that was left out only before it started over', async () => {
    bench.ada.omitted = [{ organization: { path: 'zoo' }, reason: 'sso_required' }];
    bench.forge.before = () => {
      if (asked('page').length === 2) throw bench.forge.error('rate_limited', 'Slow down.');
      if (asked('page').length !== 3) return;
      bench.ada.omitted = [];
      throw bench.forge.error('invalid_request', 'The cursor has expired.');
    };
    expect(await syncThrough(60_000)).toMatchObject({ state: 'succeeded' });
    expect(await omitted()).toEqual([]);
  });
});
