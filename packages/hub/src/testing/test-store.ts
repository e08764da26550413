import { randomBytes, createSecretKey } from 'node:crypto';
import { noMeasurements } from '../measurements.js';
import type { Resources } from '../resources.js';
import { Vault } from '../vault/vault.js';
import { TestClock } from './test-clock.js';
import { openTestStore } from './test-database.js';
import { TestLogger } from './test-hub.js';

/** The parts of a hub on a store of its own. Ids count up, so that their order is that of creation. */
export async function openTestResources(
  dataDirectory: string,
): Promise<Resources & { readonly clock: TestClock; readonly logger: TestLogger }> {
  const clock = new TestClock();
  let ids = 0;
  return {
    store: await openTestStore(dataDirectory, clock),
    vault: new Vault(createSecretKey(randomBytes(32))),
    clock,
    logger: new TestLogger(),
    newId: () => `id-${String((ids += 1)).padStart(4, '0')}`,
    measurements: noMeasurements,
  };
}

/** A git provider and one connection to it, as rows. */
export async function addConnection(
  { store, clock }: Resources,
  personId = 'person',
): Promise<{ readonly id: string; readonly git_provider_id: string }> {
  const now = clock.now().getTime();
  await store.database
    .insertInto('git_providers')
    .values({
      id: 'provider',
      type: 'fake',
      name: 'Fake',
      name_key: 'fake',
      config: '{}',
      secrets: null,
      secret_paths: '[]',
      organizations: '[]',
      patterns: '[]',
      sync_policy: 'staged',
      lock_version: 1,
      listing_version: 1,
      filtered_version: 1,
      revealed_version: 1,
      version: 1,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const connection = { id: `connection-of-${personId}`, git_provider_id: 'provider' };
  await store.database
    .insertInto('connections')
    .values({
      ...connection,
      person_id: personId,
      credential: '',
      credential_version: 1,
      credential_refused: 0,
      bound_to: '',
      kind: 'token',
      epoch: 1,
      account_id: personId,
      account_username: personId,
      account_kind: 'user',
      created_at: now,
      updated_at: now,
    })
    .execute();
  return connection;
}
