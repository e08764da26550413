import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AuditTrail } from '../audit/audit-trail.js';
import { GitProviderPool } from '../git-providers/git-provider-pool.js';
import type { GitProviders } from '../git-providers/git-providers.js';
import { ProviderTypes } from '../provider-types.js';
import type { Resources } from '../resources.js';
import { GenerationSweeper } from '../syncs/generation-sweeper.js';
import { InProcessJobQueue } from '../syncs/in-process-job-queue.js';
import { SyncChanges } from '../syncs/sync-changes.js';
import { Syncs } from '../syncs/syncs.js';
import { callerOf } from '../testing/callers.js';
import { FakeForge } from '../testing/fake-forge.js';
import { catalogOf } from '../testing/test-hub.js';
import { makeGitProviders } from '../testing/test-git-providers.js';
import { openTestResources } from '../testing/test-store.js';
import { ConnectionRemover } from './connection-remover.js';
import { ConnectionWriter } from './connection-writer.js';
import { Connections } from './connections.js';

describe('a sign-in whose git provider changes while the token is checked', () => {
  let folder: string;
  let resources: Resources;
  let forge: FakeForge;
  let gitProviderId: string;
  let gitProviders: GitProviders;
  let connections: Connections;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    forge = new FakeForge();
    forge.addAccount('token', 'ada', []);
    const types = new ProviderTypes(catalogOf(forge.plugin));
    const pool = new GitProviderPool(resources, types, {});
    const syncs = new Syncs({
      resources,
      changes: new SyncChanges(),
      queue: new InProcessJobQueue({ ...resources, concurrency: 1 }),
      sweeper: new GenerationSweeper(resources),
    });
    gitProviders = makeGitProviders(resources, { types, pool, syncs });
    const writer = new ConnectionWriter(resources, syncs, new AuditTrail(resources));
    connections = new Connections({
      resources,
      gitProviders,
      pool,
      writer,
      remover: new ConnectionRemover(resources, syncs),
      audit: new AuditTrail(resources),
    });
    const config = { baseUrl: 'https://forge.test' };
    gitProviderId = (
      await gitProviders.create(callerOf('administrator'), { name: 'Ours', type: 'fake', config })
    ).id;
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is refused, asks no second address, and keeps nothing', async () => {
    forge.before = async () => {
      await resources.store.database.updateTable('git_providers').set({ version: 2 }).execute();
    };
    await expect(
      connections.putToken(callerOf('person'), gitProviderId, { token: 'token' }),
    ).rejects.toMatchObject({
      kind: 'settings_changed',
      message: expect.stringContaining('Ours'),
    });
    expect(forge.requests).toHaveLength(1);
    expect(await connections.get('person', gitProviderId)).toBeNull();
  });

  it('is told that there is no such git provider any more', async () => {
    const tokenHelp = gitProviders.tokenHelp.bind(gitProviders);
    // The last reading before the transaction.
    jest.spyOn(gitProviders, 'tokenHelp').mockImplementation(async (id) => {
      const help = await tokenHelp(id);
      await resources.store.database.deleteFrom('git_providers').execute();
      return help;
    });
    await expect(
      connections.putToken(callerOf('person'), gitProviderId, { token: 'token' }),
    ).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});
