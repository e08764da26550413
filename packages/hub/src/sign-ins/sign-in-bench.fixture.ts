import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditTrail } from '../audit/audit-trail.js';
import { ConnectionRemover } from '../connections/connection-remover.js';
import { ConnectionWriter } from '../connections/connection-writer.js';
import { Connections } from '../connections/connections.js';
import { UpstreamRevocations } from '../connections/upstream-revocations.js';
import { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { ProviderTypes } from '../provider-types.js';
import type { SignInRow } from '../store/rows/sign-ins.js';
import { GenerationSweeper } from '../syncs/generation-sweeper.js';
import { InProcessJobQueue } from '../syncs/in-process-job-queue.js';
import { SyncChanges } from '../syncs/sync-changes.js';
import { Syncs } from '../syncs/syncs.js';
import { callerOf } from '../testing/callers.js';
import { catalogOf } from '../testing/test-hub.js';
import { makeGitProviders } from '../testing/test-git-providers.js';
import { openTestResources } from '../testing/test-store.js';
import { ConnectionTarget } from './connection-target.js';
import { OAuthForge } from './oauth-forge.fixture.js';
import { openSignIns } from './open-sign-ins.js';

export const publicUrl = 'https://anyforge.test/forges';

/** Sign-ins to one git provider, of people who are not synchronized. */
export async function openSignInBench() {
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
  const resources = await openTestResources(folder);
  const { database } = resources.store;
  const forge = new OAuthForge(resources.clock);
  for (const name of ['ada', 'eve']) forge.forge.addAccount(`access-of-${name}`, name, []);
  const types = new ProviderTypes(catalogOf(forge.plugin));
  const pool = new GitProviderPool(resources, types, {});
  const syncs = new Syncs({
    resources,
    changes: new SyncChanges(),
    queue: new InProcessJobQueue({ ...resources, concurrency: 1 }),
    sweeper: new GenerationSweeper(resources),
  });
  const gitProviders = makeGitProviders(resources, { types, pool, syncs });
  const audit = new AuditTrail(resources);
  const writer = new ConnectionWriter(resources, syncs, audit);
  const target = new ConnectionTarget(resources, pool, writer);
  const revocations = new UpstreamRevocations(resources);
  const targets = { connection: target, draft: target };
  const { signIns, sweeper, keeper } = openSignIns({ resources, publicUrl, targets, revocations });
  const remover = new ConnectionRemover(resources, syncs, (signIn) => keeper.endHeld(signIn));
  const connections = new Connections({ resources, gitProviders, pool, writer, remover, audit });
  const config = {
    baseUrl: 'https://forge.test',
    oauth: { clientId: 'client', clientSecret: 'canary-secret' },
  };
  const { id: gitProviderId } = await gitProviders.create(callerOf('root'), {
    name: 'Forge',
    type: 'fake',
    config,
  });

  return {
    resources,
    forge,
    syncs,
    connections,
    signIns,
    sweeper,
    target,
    revocations,
    gitProviderId,
    /** Starts a sign-in; `came` is what the forge sends the browser back with when an account consents. */
    async begin(caller = callerOf('ada')) {
      const { id, authorizationUrl = '' } = await signIns.start(caller, { gitProviderId });
      const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
      const came = (answer: Readonly<Record<string, string>>) => ({
        gitProviderId,
        search: `?${new URLSearchParams({ ...answer, state }).toString()}`,
      });
      return { id, state, came };
    },
    row: (id: string): Promise<SignInRow> =>
      database.selectFrom('sign_ins').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    /** Lets a sign-in's time run out, so many milliseconds ago. */
    runOut: async (id: string, agoMs = 1): Promise<void> => {
      const expiresAt = (await resources.store.now()) - agoMs;
      await database.updateTable('sign_ins').set({ expires_at: expiresAt }).where('id', '=', id).execute();
    },
    changeSettings: async (): Promise<void> => {
      await database.updateTable('git_providers').set({ version: 2 }).execute();
    },
    close: async (): Promise<void> => {
      await revocations.close();
      await resources.store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type SignInBench = Awaited<ReturnType<typeof openSignInBench>>;
