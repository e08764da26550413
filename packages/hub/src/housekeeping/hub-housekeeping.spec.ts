import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { callerOf } from '../testing/callers.js';
import { fakeRepositories, FakeForge } from '../testing/fake-forge.js';
import { addProvider, syncEnd, TestHubs } from '../testing/test-hub.js';

const person = 'person';

let hubs: TestHubs;

beforeEach(() => {
  hubs = new TestHubs();
});

afterEach(() => hubs.cleanUp());

it('a hub synchronizes by the schedule of a git provider, and the person sees it', async () => {
  const forge = new FakeForge();
  forge.addAccount('token', 'ada', fakeRepositories(3));
  const hub = await hubs.open(forge);
  const gitProviderId = await addProvider(hub);
  const { syncId } = await hub.connections.putToken(callerOf(person), gitProviderId, { token: 'token' });
  await syncEnd(hub, person, syncId);
  await hub.gitProviders.update(callerOf('administrator'), gitProviderId, { schedule: { everyMinutes: 15 } });
  let syncs = await hub.syncs.list(person);
  while (syncs.length === 1) {
    hubs.clock.advance(60_000);
    // Lets what the passing of time has begun get to the database.
    await setTimeout(5);
    syncs = await hub.syncs.list(person);
  }
  expect(await syncEnd(hub, person, syncs[0]?.id ?? '')).toMatchObject({
    state: 'succeeded',
    tasks: [{ gitProviderId, repositories: 3 }],
  });
});
