import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hub } from './hub.js';
import type { Measurements } from './measurements.js';
import { noMeasurements } from './measurements.js';
import { callerOf } from './testing/callers.js';
import { fakeRepositories, FakeForge } from './testing/fake-forge.js';
import { addProvider, gate, syncEnd, syncWhen, TestHubs } from './testing/test-hub.js';

const person = 'person';
const providerType = 'fake';

describe('what a hub tells about its work', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let hub: Hub;
  let gitProviderId: string;
  let told: (readonly [name: keyof Measurements, what: object])[];

  const recorder = (name: keyof Measurements) => (what: object) => {
    told.push([name, what]);
  };
  const of = (...names: readonly (keyof Measurements)[]) => told.filter(([name]) => names.includes(name));

  beforeEach(async () => {
    told = [];
    hubs = new TestHubs();
    forge = new FakeForge();
    forge.addAccount('token-of-ada', 'ada', fakeRepositories(5));
    hub = await hubs.open(forge, {
      measurements: {
        requestMade: recorder('requestMade'),
        requestRetried: recorder('requestRetried'),
        waitBegun: recorder('waitBegun'),
        jobPickedUp: recorder('jobPickedUp'),
        attemptBegun: recorder('attemptBegun'),
        attemptEnded: recorder('attemptEnded'),
        taskEnded: recorder('taskEnded'),
        syncEnded: recorder('syncEnded'),
        repositoriesStored: recorder('repositoriesStored'),
      },
    });
    gitProviderId = await addProvider(hub);
  });

  afterEach(() => hubs.cleanUp());

  async function signIn(provider = gitProviderId): Promise<string> {
    return (await hub.connections.putToken(callerOf(person), provider, { token: 'token-of-ada' })).syncId;
  }

  it('is that a task was picked up, begun and ended, what it stored, and that its sync has ended', async () => {
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    const id = await signIn();
    await syncWhen(hub, person, id, ({ state }) => state === 'running');
    hubs.clock.advance(3_000);
    held.open();
    await syncEnd(hub, person, id);
    await hub.close();
    expect(of('jobPickedUp')).toHaveLength(1);
    expect(of('attemptBegun', 'attemptEnded', 'taskEnded', 'syncEnded')).toEqual([
      ['attemptBegun', { providerType }],
      ['taskEnded', { providerType, state: 'succeeded', durationMs: 3_000 }],
      ['syncEnded', { state: 'succeeded' }],
      ['attemptEnded', { providerType, durationMs: 3_000 }],
    ]);
    const stored = of('repositoriesStored').map(([, what]) => what);
    expect(stored).toEqual(stored.map(() => ({ providerType, count: expect.any(Number) })));
    const counts = stored.map((page) => ('count' in page ? Number(page.count) : 0));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
  });

  it('is why a task has failed', async () => {
    forge.before = ({ kind }) => {
      if (kind === 'page') throw forge.error('forbidden', 'No.');
    };
    await syncEnd(hub, person, await signIn());
    expect(of('taskEnded', 'syncEnded')).toEqual([
      ['taskEnded', { providerType, state: 'failed', errorKind: 'forbidden', durationMs: 0 }],
      ['syncEnded', { state: 'failed' }],
    ]);
  });

  it('is for how long a task waits for the forge', async () => {
    let limited = true;
    forge.before = ({ kind }) => {
      if (kind !== 'page' || !limited) return;
      limited = false;
      throw forge.error('rate_limited', 'Later.', new Date(hubs.clock.now().getTime() + 90_000));
    };
    const id = await signIn();
    await syncWhen(hub, person, id, ({ state }) => state === 'waiting');
    hubs.clock.advance(90_000);
    await syncEnd(hub, person, id);
    expect(of('waitBegun', 'taskEnded')).toEqual([
      ['waitBegun', { providerType, by: 'task', forMs: 90_000 }],
      ['taskEnded', { providerType, state: 'succeeded', durationMs: 90_000 }],
    ]);
  });

  it('is once that a sync has ended, with its last task', async () => {
    const second = await addProvider(hub, 'Second');
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    const id = await signIn();
    expect(await signIn(second)).toBe(id);
    held.open();
    await syncEnd(hub, person, id);
    expect(of('taskEnded')).toHaveLength(2);
    expect(of('syncEnded')).toEqual([['syncEnded', { state: 'succeeded' }]]);
  });

  it('is that a sync was cancelled, or ended with the sign-in', async () => {
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    const id = await signIn();
    await syncWhen(hub, person, id, ({ state }) => state === 'running');
    hubs.clock.advance(2_000);
    await hub.syncs.cancel(person, id);
    await hub.syncs.cancel(person, id);
    const cancelled = [
      ['taskEnded', { providerType, state: 'cancelled', durationMs: 2_000 }],
      ['syncEnded', { state: 'cancelled' }],
    ];
    expect(of('taskEnded', 'syncEnded')).toEqual(cancelled);
    await syncWhen(hub, person, (await hub.syncs.start(person)).id, ({ state }) => state === 'running');
    hubs.clock.advance(2_000);
    await hub.connections.signOut(callerOf(person), gitProviderId);
    expect(of('taskEnded', 'syncEnded')).toEqual([...cancelled, ...cancelled]);
    held.open();
  });

  it('is that a task which was never taken up has ended, in no time', async () => {
    const serving = await hubs.open(forge, {
      work: false,
      measurements: { ...noMeasurements, taskEnded: recorder('taskEnded') },
    });
    const provider = await addProvider(serving);
    const { syncId } = await serving.connections.putToken(callerOf(person), provider, {
      token: 'token-of-ada',
    });
    hubs.clock.advance(2_000);
    await serving.syncs.cancel(person, syncId);
    expect(told).toEqual([['taskEnded', { providerType, state: 'cancelled', durationMs: 0 }]]);
  });

  it('is that a task has ended because its git provider has another address', async () => {
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    await syncWhen(hub, person, await signIn(), ({ state }) => state === 'running');
    const elsewhere = { config: { baseUrl: 'https://other.test' } };
    await hub.gitProviders.update(callerOf('administrator'), gitProviderId, elsewhere, { parks: 1 });
    expect(of('taskEnded', 'syncEnded')).toEqual([
      ['taskEnded', { providerType, state: 'failed', errorKind: 'grant_expired', durationMs: 0 }],
      ['syncEnded', { state: 'failed' }],
    ]);
    held.open();
  });
});
