import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hub } from '../hub.js';
import { FakeForge } from '../testing/fake-forge.js';
import { catalogOf, TestHubs } from '../testing/test-hub.js';

const config = {
  baseUrl: 'https://forge.test',
  oauth: { clientId: 'client', clientSecret: 'canary-client-secret' },
};

describe('git providers', () => {
  let hubs: TestHubs;
  let dataDirectory: string;
  let hub: Hub;

  beforeEach(async () => {
    hubs = new TestHubs();
    dataDirectory = await hubs.folder();
    const plugins = catalogOf(new FakeForge('zeta').plugin, new FakeForge('alpha').plugin);
    hub = await hubs.open(new FakeForge(), { dataDirectory, plugins });
  });

  afterEach(() => hubs.cleanUp());

  it('can be of the types that are installed, which are listed by name with their form', () => {
    const types = hub.providerTypes.list();
    expect(types.map(({ type }) => type)).toEqual(['alpha', 'zeta']);
    expect(types[0]).toMatchObject({
      displayName: 'Forge alpha',
      logo: expect.stringContaining('<svg'),
      hosting: { cloud: { baseUrl: 'https://forge.test' } },
      configSchema: { properties: { oauth: { properties: { clientSecret: { writeOnly: true } } } } },
    });
  });

  it('show everything but their secrets, and that those are set', async () => {
    const created = await hub.gitProviders.create({ name: '  Ours ', type: 'alpha', config });
    expect(created).toMatchObject({
      name: 'Ours',
      type: 'alpha',
      config: { baseUrl: 'https://forge.test', oauth: { clientId: 'client' } },
      secretsSet: ['oauth.clientSecret'],
      version: 1,
      createdAt: hubs.clock.now(),
    });
    const listed = await hub.gitProviders.list('person');
    expect(listed).toEqual([{ ...created, connection: null }]);
    expect(await hub.gitProviders.get('person', created.id)).toEqual(listed[0]);
    expect(inspect([created, listed, hub], { depth: 20 })).not.toContain('canary');
  });

  it('write no secret in plain text to the disk', async () => {
    await hub.gitProviders.create({ name: 'Ours', type: 'alpha', config });
    await hub.close();
    for (const file of await readdir(dataDirectory)) {
      const bytes = await readFile(join(dataDirectory, file));
      expect(bytes.includes('canary')).toBe(false);
      expect(bytes.includes(Buffer.from('canary-client-secret').toString('base64').slice(0, 20))).toBe(false);
    }
  });

  it.each(['Ours', 'OURS', ' ours ', 'Ｏｕｒｓ'])(
    'have unique names, whatever the form: %j',
    async (name) => {
      await hub.gitProviders.create({ name: 'Ours', type: 'alpha', config });
      await expect(hub.gitProviders.create({ name, type: 'zeta', config })).rejects.toMatchObject({
        kind: 'duplicate_name',
        message: expect.stringContaining(JSON.stringify(name.trim())),
      });
      expect(await hub.gitProviders.list('person')).toHaveLength(1);
    },
  );

  it('are made once when two ask for the same name at a time', async () => {
    const asked = [1, 2, 3].map(() => hub.gitProviders.create({ name: 'Ours', type: 'alpha', config }));
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('refuse a type that is not installed, naming those that are', async () => {
    await expect(hub.gitProviders.create({ name: 'Ours', type: 'gitea', config })).rejects.toMatchObject({
      kind: 'unknown_provider_type',
      message: 'There is no provider type "gitea". Known types: alpha, zeta.',
    });
  });

  it('name every field that is wrong', async () => {
    for (const name of ['', '   ', 'x'.repeat(101)]) {
      await expect(
        hub.gitProviders.create({ name, type: 'alpha', config: { baseUrl: '' } }),
      ).rejects.toMatchObject({
        kind: 'invalid_input',
        issues: [
          { path: 'name', message: expect.any(String) },
          { path: 'config.baseUrl', message: expect.any(String) },
        ],
      });
    }
    const name = '🦀'.repeat(100);
    await expect(hub.gitProviders.create({ name, type: 'alpha', config })).resolves.toMatchObject({ name });
  });

  it('tell how to make a token on that very host', async () => {
    const { id } = await hub.gitProviders.create({ name: 'Ours', type: 'alpha', config });
    expect(await hub.gitProviders.tokenHelp(id)).toMatchObject({
      variants: [{ createUrl: 'https://forge.test/tokens', scopes: ['repo'] }],
    });
  });

  it('are not found when they do not exist', async () => {
    const missing = { kind: 'not_found' };
    await expect(hub.gitProviders.get('person', 'nothing')).rejects.toMatchObject(missing);
    await expect(hub.gitProviders.tokenHelp('nothing')).rejects.toMatchObject(missing);
    await expect(hub.connections.putToken('person', 'nothing', { token: 'x' })).rejects.toMatchObject(
      missing,
    );
  });

  it('stay listed when their plugin is not installed any more, and say so when they are used', async () => {
    const { id } = await hub.gitProviders.create({ name: 'Ours', type: 'alpha', config });
    await hub.close();
    const without = await hubs.open(new FakeForge('zeta'), { dataDirectory });
    expect(await without.gitProviders.list('person')).toHaveLength(1);
    await expect(without.connections.putToken('person', id, { token: 'x' })).rejects.toMatchObject({
      kind: 'unknown_provider_type',
      message: expect.stringContaining('zeta'),
    });
  });
});
