import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StandardSchema } from '@anyforge/core';
import { AuditTrail } from '../audit/audit-trail.js';
import { ProviderTypes } from '../provider-types.js';
import { GenerationSweeper } from '../syncs/generation-sweeper.js';
import { InProcessJobQueue } from '../syncs/in-process-job-queue.js';
import { SyncChanges } from '../syncs/sync-changes.js';
import { Syncs } from '../syncs/syncs.js';
import { callerOf } from '../testing/callers.js';
import { FakeForge } from '../testing/fake-forge.js';
import { addProvider, catalogOf, TestHubs } from '../testing/test-hub.js';
import { openTestResources } from '../testing/test-store.js';
import { GitProviderPool } from './git-provider-pool.js';
import { GitProviderWriter } from './git-provider-writer.js';
import { addOutOfTheBox } from './out-of-the-box.js';
import { ProposalChecker } from './proposal-checker.js';

const options = { publicGitProviders: true };

describe('the public forges', () => {
  let hubs: TestHubs;
  let dataDirectory: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    dataDirectory = await hubs.folder();
  });

  afterEach(() => hubs.cleanUp());

  it('stand in the list when the store is first used, for tokens only', async () => {
    const { plugin } = new FakeForge('alpha');
    const selfHosted = { ...new FakeForge('zeta').plugin, hosting: {} };
    const hub = await hubs.open(new FakeForge(), {
      ...options,
      dataDirectory,
      plugins: catalogOf(plugin, selfHosted),
    });
    const listed = await hub.gitProviders.list('person');
    expect(listed).toMatchObject([
      { type: 'alpha', name: 'Fake', config: { baseUrl: 'https://forge.test' }, secretsSet: [], version: 1 },
    ]);
    expect(listed).toHaveLength(1);
  });

  it('are added once, however many servers start at the same time', async () => {
    const resources = await openTestResources(dataDirectory);
    const types = new ProviderTypes(catalogOf(new FakeForge().plugin));
    const pool = new GitProviderPool(resources, types, {});
    const syncs = new Syncs({
      resources,
      changes: new SyncChanges(),
      queue: new InProcessJobQueue({ ...resources, concurrency: 1 }),
      sweeper: new GenerationSweeper(resources),
    });
    const checker = new ProposalChecker(types, pool);
    const writer = new GitProviderWriter(resources, syncs, new AuditTrail(resources));
    await Promise.all([1, 2, 3, 4].map(() => addOutOfTheBox({ resources, types, checker, writer })));
    const rows = await resources.store.database.selectFrom('git_providers').select('name').execute();
    await resources.store.close();
    expect(rows).toEqual([{ name: 'Fake' }]);
  });

  it('are one where two plugins call theirs the same', async () => {
    const plugins = catalogOf(new FakeForge('alpha').plugin, new FakeForge('zeta').plugin);
    const hub = await hubs.open(new FakeForge(), { ...options, dataDirectory, plugins });
    expect(await hub.gitProviders.list('person')).toHaveLength(1);
  });

  it('stay removed', async () => {
    const hub = await hubs.open(new FakeForge(), { ...options, dataDirectory });
    const [added] = await hub.gitProviders.list('person');
    await hub.gitProviders.remove(callerOf('administrator'), added?.id ?? '', { name: 'Fake' });
    await hub.close();
    const again = await hubs.open(new FakeForge(), { ...options, dataDirectory });
    expect(await again.gitProviders.list('person')).toEqual([]);
  });

  it('do not come to a store that was in use before they were known', async () => {
    const hub = await hubs.open(new FakeForge(), { dataDirectory });
    await addProvider(hub, 'Ours');
    await hub.close();
    const again = await hubs.open(new FakeForge(), { ...options, dataDirectory });
    expect(await again.gitProviders.list('person')).toMatchObject([{ name: 'Ours' }]);
  });

  it('keep nobody from starting when a plugin does not take its own address', async () => {
    const { plugin } = new FakeForge('alpha');
    const schema: StandardSchema<unknown> = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'No.' }] }) },
    };
    const broken = { ...plugin, config: { ...plugin.config, schema } };
    const hub = await hubs.open(new FakeForge(), {
      ...options,
      dataDirectory,
      plugins: catalogOf(broken, new FakeForge('zeta').plugin),
    });
    expect(await hub.gitProviders.list('person')).toMatchObject([{ type: 'zeta' }]);
    expect(hubs.logger.lines.join()).toContain('"type":"alpha"');
  });
});
