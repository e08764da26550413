import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hub } from '../hub.js';
import { callerOf } from '../testing/callers.js';
import { fakeRepositories, FakeForge } from '../testing/fake-forge.js';
import { addProvider, gate, syncEnd, syncWhen, TestHubs, visiblePaths } from '../testing/test-hub.js';

const person = 'person';
const token = 'token-of-ada';

/** Resolves when the signal aborts. */
function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => {
      resolve();
    });
  });
}

describe('a sync that is cancelled', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let hub: Hub;
  let gitProviderId: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    forge = new FakeForge();
    forge.addAccount(token, 'ada', fakeRepositories(5));
    hub = await hubs.open(forge);
    gitProviderId = await addProvider(hub);
  });

  afterEach(() => hubs.cleanUp());

  const signIn = () => hub.connections.putToken(callerOf(person), gitProviderId, { token });

  /** Holds each listing at its third page until it is aborted. */
  function holdAtThirdPage(): Promise<void> {
    const stopped = gate();
    forge.before = async ({ page, signal }) => {
      if (page !== 2) return;
      await aborted(signal);
      stopped.open();
    };
    return stopped.opened;
  }

  it('ends at once, stops its requests, and leaves the last complete list', async () => {
    await syncEnd(hub, person, (await signIn()).syncId);
    const before = await visiblePaths(hub, person);
    forge.addAccount(token, 'ada', fakeRepositories(6));
    const stopped = holdAtThirdPage();
    const { id } = await hub.syncs.start(person);
    await syncWhen(hub, person, id, ({ tasks }) => tasks[0]?.pages === 2);
    const cancelled = await hub.syncs.cancel(person, id);
    expect(cancelled).toMatchObject({ state: 'cancelled', done: 1, tasks: [{ state: 'cancelled' }] });
    expect(cancelled.finishedAt).toBeDefined();
    await stopped;
    expect(await visiblePaths(hub, person)).toEqual(before);
  });

  it('can be started again at once, as another', async () => {
    const stopped = holdAtThirdPage();
    const { syncId } = await signIn();
    await syncWhen(hub, person, syncId, ({ tasks }) => tasks[0]?.pages === 2);
    await hub.syncs.cancel(person, syncId);
    forge.before = () => undefined;
    const again = await hub.syncs.start(person);
    expect(again.id).not.toBe(syncId);
    expect(await syncEnd(hub, person, again.id)).toMatchObject({ state: 'succeeded' });
    await stopped;
    expect(await hub.syncs.get(person, syncId)).toMatchObject({ state: 'cancelled' });
    expect(await visiblePaths(hub, person)).toHaveLength(5);
  });

  it('is returned as it is when it has ended, and when it is cancelled again', async () => {
    const { syncId } = await signIn();
    const ended = await syncEnd(hub, person, syncId);
    expect(await hub.syncs.cancel(person, syncId)).toEqual(ended);
    void holdAtThirdPage();
    const { id } = await hub.syncs.start(person);
    const cancelled = await hub.syncs.cancel(person, id);
    expect(await hub.syncs.cancel(person, id)).toEqual(cancelled);
  });

  it('is not found by anybody else', async () => {
    const { syncId } = await signIn();
    await expect(hub.syncs.cancel('eve', syncId)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(hub.syncs.cancel(person, 'none')).rejects.toMatchObject({ kind: 'not_found' });
    expect(await syncEnd(hub, person, syncId)).toMatchObject({ state: 'succeeded' });
  });

  it('waits for no forge any more', async () => {
    forge.before = ({ kind }) => {
      if (kind === 'page')
        throw forge.error('rate_limited', 'Later.', new Date(hubs.clock.now().getTime() + 3_600_000));
    };
    const { syncId } = await signIn();
    await syncWhen(hub, person, syncId, ({ state }) => state === 'waiting');
    forge.requests.length = 0;
    const { tasks } = await hub.syncs.cancel(person, syncId);
    expect(tasks).toMatchObject([{ state: 'cancelled', waitingUntil: undefined, error: undefined }]);
    forge.before = () => undefined;
    hubs.clock.advance(3_600_000);
    const { id } = await hub.syncs.start(person);
    expect(await syncEnd(hub, person, id)).toMatchObject({ state: 'succeeded' });
    expect(forge.requests.filter(({ kind }) => kind === 'page').map(({ page }) => page)).toEqual([0, 1, 2]);
  });

  it('shows what was confirmed so far where permissions are revoked first', async () => {
    await hub.gitProviders.update(callerOf('administrator'), gitProviderId, { syncPolicy: 'revoke-first' });
    const stopped = holdAtThirdPage();
    const { syncId } = await signIn();
    await syncWhen(hub, person, syncId, ({ tasks }) => tasks[0]?.pages === 2);
    await hub.syncs.cancel(person, syncId);
    await stopped;
    expect(await visiblePaths(hub, person)).toHaveLength(4);
  });

  it('has either succeeded or was cancelled, however close the two are', async () => {
    const { syncId } = await signIn();
    await syncEnd(hub, person, syncId);
    for (let size = 6; size < 26; size += 1) {
      forge.addAccount(token, 'ada', fakeRepositories(size));
      const before = await visiblePaths(hub, person);
      const last = gate();
      const isLast = ({ page = 0 }) => page === Math.ceil(size / 2) - 1;
      forge.before = (request) => {
        if (isLast(request)) last.open();
      };
      const { id } = await hub.syncs.start(person);
      await last.opened;
      await hub.syncs.cancel(person, id);
      const { state } = await syncEnd(hub, person, id);
      const seen = await visiblePaths(hub, person);
      expect([state, seen.length]).toEqual(
        state === 'succeeded' ? ['succeeded', size] : ['cancelled', before.length],
      );
    }
  });
});
