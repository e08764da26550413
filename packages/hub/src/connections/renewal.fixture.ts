import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { OAuthCredential } from '@anyforge/core';
import { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { ProviderTypes } from '../provider-types.js';
import type { Resources } from '../resources.js';
import type { ConnectionRow } from '../store/schema.js';
import type { TestClock } from '../testing/test-clock.js';
import { catalogOf } from '../testing/test-hub.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { ConnectionRenewals } from './connection-renewals.js';
import { ConnectionSessions } from './connection-sessions.js';
import { RotatingForge } from './rotating-forge.fixture.js';
import { credentialColumns } from './stored-credential.js';
import type { ConnectionEpoch } from './stored-connection.js';
import { UpstreamRevocations } from './upstream-revocations.js';

/** One connection in a store whose clock is the test's, and processes that share it. */
export interface RenewalSubject {
  readonly resources: Resources & { readonly clock: TestClock };
  readonly forge: RotatingForge;
  readonly connection: ConnectionEpoch;
  /** Another process on the same store, or this one when its store is out of order. */
  process(resources?: Resources): {
    readonly sessions: ConnectionSessions;
    readonly renewals: ConnectionRenewals;
    readonly revocations: UpstreamRevocations;
  };
  /** Makes this the connection's credential, as a new sign-in does. */
  signIn(credential: OAuthCredential): Promise<ConnectionEpoch>;
  row(): Promise<ConnectionRow>;
  /** Lets time pass until the promise is settled. */
  passUntil<T>(promise: Promise<T>): Promise<T>;
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const tickMs = 200;

export async function openRenewalSubject(): Promise<RenewalSubject> {
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
  const resources = await openTestResources(folder);
  const { store, clock, vault } = resources;
  const forge = new RotatingForge(clock);
  const { id, git_provider_id } = await addConnection(resources);
  const types = new ProviderTypes(catalogOf(forge.plugin));
  let epoch = 1;
  await store.database
    .updateTable('git_providers')
    .set({ config: JSON.stringify({ baseUrl: 'https://forge.test' }) })
    .execute();

  const tick = async (): Promise<void> => {
    // Time stands still while the database answers, so that nobody's patience with it runs out.
    const ask = () => store.database.selectFrom('connections').select('id').execute();
    await ask();
    await ask();
    await setImmediate();
    clock.advance(tickMs);
  };
  const subject: RenewalSubject = {
    resources,
    forge,
    connection: { connectionId: id, gitProviderId: git_provider_id, epoch: 2 },
    process: (own = resources) => {
      const pool = new GitProviderPool(own, types, { clock });
      const revocations = new UpstreamRevocations(own);
      const renewals = new ConnectionRenewals(own, pool, revocations);
      return { renewals, revocations, sessions: new ConnectionSessions(own, pool, renewals) };
    },
    signIn: async (credential) => {
      epoch += 1;
      await store.database
        .updateTable('connections')
        .set((expression) => ({
          ...credentialColumns(vault, id, credential, { now: clock.now().getTime() }),
          credential_version: expression('credential_version', '+', 1),
          kind: 'oauth',
          epoch,
          attention_reason: null,
          attention_at: null,
          visible_generation: 'generation',
          visible_completed_at: 1,
        }))
        .execute();
      return { connectionId: id, gitProviderId: git_provider_id, epoch };
    },
    row: () => store.database.selectFrom('connections').selectAll().executeTakeFirstOrThrow(),
    passUntil: async (promise) => {
      const state = { settled: false };
      const settle = (): void => {
        state.settled = true;
      };
      promise.then(settle, settle);
      while (!state.settled) await tick();
      return promise;
    },
    pass: async (ms) => {
      for (let passed = 0; passed < ms; passed += tickMs) await tick();
    },
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await subject.signIn(forge.issue());
  return subject;
}
