import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResponseCache } from '@anyforge/core';
import type { Hub } from '../hub.js';
import { openHubOn } from '../hub.js';
import type { Store } from '../store/store.js';
import { callerOf } from '../testing/callers.js';
import { fakeRepositories, FakeForge } from '../testing/fake-forge.js';
import { openTestStore } from '../testing/test-database.js';
import { addProvider, catalogOf, syncEnd, TestHubs } from '../testing/test-hub.js';

const ada = callerOf('ada');

describe('what is kept of the answers to a connection', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let store: Store;
  let hub: Hub;
  let gitProviderId: string;
  let responses: ResponseCache | undefined;

  beforeEach(async () => {
    hubs = new TestHubs();
    forge = new FakeForge();
    forge.addAccount('one', 'ada', fakeRepositories(3));
    forge.addAccount('two', 'ada', fakeRepositories(3));
    const dataDirectory = await hubs.folder();
    store = await openTestStore(dataDirectory, hubs.clock);
    hub = await openHubOn(store, {
      dataDirectory,
      publicUrl: 'http://localhost:4400',
      plugins: catalogOf(forge.plugin),
      clock: hubs.clock,
      logger: hubs.logger,
      publicGitProviders: false,
      providerContext: (stores) => {
        ({ responses } = stores);
        return {};
      },
    });
    gitProviderId = await addProvider(hub);
    await signIn('one');
    // As an adapter does that is given the key of the session.
    const { key = '' } = forge.requests.findLast(({ kind }) => kind === 'page') ?? {};
    const account = createHash('sha256').update(key).digest('hex');
    await responses?.write(`fake:${account}:request`, { etag: '"1"', value: 'what the forge said' });
    await until(async () => (await kept()) === 1);
  });

  afterEach(async () => {
    await hub.close();
    await hubs.cleanUp();
  });

  const signIn = async (token: string): Promise<void> => {
    const { syncId } = await hub.connections.putToken(ada, gitProviderId, { token });
    await syncEnd(hub, ada.personId, syncId);
  };
  const kept = async (): Promise<number> =>
    (await store.database.selectFrom('answers').select('id').execute()).length;
  /** It is stored behind everybody's back, a while after it was given. */
  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    hubs.clock.advance(2_000);
    while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
  };

  it('goes when the person signs out', async () => {
    await hub.connections.signOut(ada, gitProviderId);
    expect(await kept()).toBe(0);
  });

  it('goes when the person signs in anew', async () => {
    await signIn('two');
    expect(await kept()).toBe(0);
  });

  it('goes with the git provider', async () => {
    const { name } = await hub.gitProviders.get(ada.personId, gitProviderId);
    await hub.gitProviders.remove({ ...ada, role: 'administrator' }, gitProviderId, { name });
    expect(await kept()).toBe(0);
  });

  it('stays as long as the connection does', async () => {
    const { id } = await hub.syncs.start(ada.personId);
    await syncEnd(hub, ada.personId, id);
    expect(await kept()).toBe(1);
  });
});
