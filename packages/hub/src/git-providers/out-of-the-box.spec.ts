import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StandardSchema } from '@anyforge/core';
import { callerOf } from '../testing/callers.js';
import { FakeForge } from '../testing/fake-forge.js';
import { addProvider, catalogOf, TestHubs } from '../testing/test-hub.js';

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
