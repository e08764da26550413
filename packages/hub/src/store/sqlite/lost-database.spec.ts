import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeForge } from '../../testing/fake-forge.js';
import { nextWorker } from '../../testing/next-worker.js';
import { TestHubs } from '../../testing/test-hub.js';

describe('a hub on the embedded database', () => {
  let hubs: TestHubs;
  let forge: FakeForge;

  beforeEach(() => {
    hubs = new TestHubs();
    forge = new FakeForge();
  });

  afterEach(() => hubs.cleanUp());

  it('tells that it has lost its database, and can still be closed', async () => {
    const worker = nextWorker();
    const hub = await hubs.open(forge);
    // It dies of what it does not understand, between two statements: to be terminated within one is more than the
    // native library bears.
    worker().postMessage(null);
    expect(await hub.failed).toMatchObject({ name: 'HubError', kind: 'store_failed' });
    await expect(hub.gitProviders.list('person')).rejects.toMatchObject({ kind: 'store_failed' });
    await hub.close();
  });
});
