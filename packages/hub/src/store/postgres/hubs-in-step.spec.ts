import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@anyforge/core';
import { systemClock } from '@anyforge/provider-kit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hub } from '../../hub.js';
import { openHubOn } from '../../hub.js';
import { callerOf } from '../../testing/callers.js';
import { fakeRepositories, FakeForge } from '../../testing/fake-forge.js';
import { openPostgresStore } from './open-postgres-store.js';
import { databaseOf } from '../../testing/test-database.js';
import { addProvider, catalogOf, gate, syncEnd, syncWhen, TestLogger } from '../../testing/test-hub.js';

const person = 'person';
const token = 'token-of-ada';

/** Milliseconds until something happens. */
async function timeOf(happening: Promise<unknown>): Promise<number> {
  const since = performance.now();
  await happening;
  return performance.now() - since;
}

/** Nobody who sleeps wakes: what is only found by looking now and then is not found. */
const neverAgain: Clock = {
  now: () => systemClock.now(),
  sleep: (_ms, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(new Error('Nobody sleeps any more.'));
      });
    }),
};

/** In the time that the machine's clock tells. */
describe('hubs on one database', () => {
  let dataDirectory: string;
  let forge: FakeForge;
  let hubs: Hub[];
  let serving: Hub;
  let gitProviderId: string;

  async function open(work: boolean, clock: Clock = systemClock): Promise<Hub> {
    const database = await databaseOf(dataDirectory);
    const store = await openPostgresStore(database?.url ?? '', () => clock.now());
    const hub = await openHubOn(store, {
      dataDirectory,
      publicUrl: 'http://localhost:4400',
      plugins: catalogOf(forge.plugin),
      clock,
      logger: new TestLogger(),
      publicGitProviders: false,
      work,
    });
    hubs.push(hub);
    // On one connection, and after the hub has begun to listen.
    const hearing = gate();
    store.messages?.listen('anyforge_test', {
      heard: () => undefined,
      arriving: () => {
        hearing.open();
      },
    });
    await hearing.opened;
    return hub;
  }

  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    forge = new FakeForge();
    forge.addAccount(token, 'ada', fakeRepositories(5));
    hubs = [];
    serving = await open(false);
    gitProviderId = await addProvider(serving);
  });

  afterEach(async () => {
    await Promise.all(hubs.map((hub) => hub.close()));
    await rm(dataDirectory, { recursive: true, force: true });
  });

  const signIn = () => serving.connections.putToken(callerOf(person), gitProviderId, { token });

  /** Holds the listing at its last page, and tells when its request was stopped. */
  function holdLastPage(): { readonly reached: Promise<void>; readonly stopped: Promise<void> } {
    const reached = gate();
    const stopped = gate();
    forge.before = async ({ page, signal }) => {
      if (page !== 2) return;
      signal?.addEventListener('abort', () => {
        stopped.open();
      });
      reached.open();
      await stopped.opened;
    };
    return { reached: reached.opened, stopped: stopped.opened };
  }

  it('leave the work to those that work, and tell whoever watches as it goes on', async () => {
    const { syncId } = await signIn();
    expect(await serving.syncs.get(person, syncId)).toMatchObject({ state: 'queued' });
    await open(true);
    const seen = await syncWhen(serving, person, syncId, ({ finishedAt }) => finishedAt !== undefined);
    expect(seen).toMatchObject({ state: 'succeeded', tasks: [{ repositories: 5 }] });
  });

  it('stop requests in flight within a second, whichever is told to cancel', async () => {
    await open(true);
    const { reached, stopped } = holdLastPage();
    const { syncId } = await signIn();
    await reached;
    expect(await serving.syncs.cancel(person, syncId)).toMatchObject({ state: 'cancelled' });
    expect(await timeOf(stopped)).toBeLessThan(1_000);
  });

  it('stop requests in flight within a second, whichever a person signs out at', async () => {
    await open(true);
    const { reached, stopped } = holdLastPage();
    await signIn();
    await reached;
    await serving.connections.signOut(callerOf(person), gitProviderId);
    expect(await timeOf(stopped)).toBeLessThan(1_000);
  });

  it('go on at once with what one gives back that is closed', async () => {
    const first = await open(true);
    const { reached } = holdLastPage();
    const { syncId } = await signIn();
    await reached;
    await open(true);
    forge.before = () => undefined;
    await first.close();
    const ended = syncEnd(serving, person, syncId);
    expect(await timeOf(ended)).toBeLessThan(3_000);
    expect(await ended).toMatchObject({ state: 'succeeded' });
  });

  it('tell each other of what they do at once, three times of three', async () => {
    await open(true);
    const watching = await open(false, neverAgain);
    for (let time = 0; time < 3; time += 1) {
      const listed = gate();
      forge.before = ({ page }) => (page === 2 ? listed.opened : undefined);
      const { syncId } = await signIn();
      await syncWhen(watching, person, syncId, ({ tasks }) => tasks[0]?.pages === 2);
      const ended = syncEnd(watching, person, syncId);
      listed.open();
      expect(await timeOf(ended)).toBeLessThan(1_000);
      expect(await ended).toMatchObject({ state: 'succeeded' });
    }
  });

  it('stop at once what another says that it has stopped, three times of three', async () => {
    await open(true, neverAgain);
    for (let time = 0; time < 3; time += 1) {
      const { reached, stopped } = holdLastPage();
      const { syncId } = await signIn();
      await reached;
      await serving.syncs.cancel(person, syncId);
      expect(await timeOf(stopped)).toBeLessThan(500);
    }
  });

  it('tell what they give back before they are closed', async () => {
    const working = await open(true);
    const watching = await open(false, neverAgain);
    const { reached } = holdLastPage();
    const { syncId } = await signIn();
    await reached;
    const { revision } = await syncWhen(watching, person, syncId, ({ state }) => state === 'running');
    const givenBack = syncWhen(watching, person, syncId, ({ state }) => state === 'queued');
    // It has looked, and waits to be told, by the time that those who look after it have.
    for (let look = 0; look < 5; look += 1) await watching.syncs.get(person, syncId);
    await working.close();
    expect(await timeOf(givenBack)).toBeLessThan(1_000);
    expect((await givenBack).revision).toBeGreaterThan(revision);
  });
});
