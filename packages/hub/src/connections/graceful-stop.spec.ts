import { randomBytes, createSecretKey } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noMeasurements } from '../measurements.js';
import type { Store } from '../store/store.js';
import { FakeForge } from '../testing/fake-forge.js';
import { openTestStore } from '../testing/test-database.js';
import { catalogOf, gate, TestHubs } from '../testing/test-hub.js';
import { addConnection } from '../testing/test-store.js';
import { Vault } from '../vault/vault.js';
import { RotatingForge } from './rotating-forge.fixture.js';
import { credentialColumns, credentialRecord, readCredential } from './stored-credential.js';

const hour = 3_600_000;

describe('a hub that is closed while a forge renews a token', () => {
  const key = randomBytes(32);
  const vault = new Vault(createSecretKey(key));
  let hubs: TestHubs;
  let forge: RotatingForge;
  let dataDirectory: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    forge = new RotatingForge(hubs.clock);
    dataDirectory = await hubs.folder();
  });

  afterEach(() => hubs.cleanUp());

  async function onStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const store = await openTestStore(dataDirectory, hubs.clock);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  /** As a sign-in with OAuth leaves it. */
  const signIn = () =>
    onStore(async (store) => {
      const { clock, logger } = hubs;
      const { id } = await addConnection({
        store,
        vault,
        clock,
        logger,
        newId: () => 'id',
        measurements: noMeasurements,
      });
      const now = clock.now().getTime();
      await store.database
        .updateTable('connections')
        .set({ ...credentialColumns(vault, id, forge.issue(), { now }), kind: 'oauth' })
        .execute();
      await store.database
        .updateTable('git_providers')
        .set({ config: JSON.stringify({ baseUrl: 'https://forge.test' }) })
        .execute();
    });

  const stored = () =>
    onStore(async ({ database }) => {
      const row = await database.selectFrom('connections').selectAll().executeTakeFirstOrThrow();
      return { ...row, credential: readCredential(vault.open(row.credential, credentialRecord(row.id))) };
    });

  it('waits for the answer, and keeps the pair that the forge knows from then on', async () => {
    await signIn();
    hubs.clock.advance(3 * hour);
    const arrived = gate();
    const held = gate();
    forge.after = () => {
      arrived.open();
      return held.opened;
    };
    const encryptionKey = key.toString('base64');
    const hub = await hubs.open(new FakeForge(), {
      dataDirectory,
      encryptionKey,
      plugins: catalogOf(forge.plugin),
    });
    const asked = hub.organizationSettings.organizations('person', 'provider');
    asked.catch(() => undefined);
    await arrived.opened;

    let closed = false;
    const closing = hub.close().then(() => {
      closed = true;
    });
    // More than enough for everything else that is closed.
    for (let turn = 0; turn < 100; turn += 1) {
      await hub.connections.get('person', 'provider');
      await setImmediate();
    }
    expect(closed).toBe(false);
    held.open();
    await closing;
    expect(await stored()).toMatchObject({
      credential: { accessToken: 'access-2', refreshToken: 'refresh-2' },
      claim_id: null,
      unanswered_since: null,
      credential_refused: 0,
    });
  });
});
