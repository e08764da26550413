import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@anyforge/provider-kit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hub } from '../../hub.js';
import { openHub } from '../../hub.js';
import { callerOf } from '../../testing/callers.js';
import { fakeRepositories, FakeForge } from '../../testing/fake-forge.js';
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

/** In the time that the machine's clock tells. */
describe('hubs on one database', () => {
  let dataDirectory: string;
  let forge: FakeForge;
  let hubs: Hub[];
  let serving: Hub;
  let gitProviderId: string;

  async function open(work: boolean): Promise<Hub> {
    const hub = await openHub({
      dataDirectory,
      database: await databaseOf(dataDirectory),
      publicUrl: 'http://localhost:4400',
      plugins: catalogOf(forge.plugin),
      clock: systemClock,
      logger: new TestLogger(),
      publicGitProviders: false,
      work,
    });
    hubs.push(hub);
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
});
