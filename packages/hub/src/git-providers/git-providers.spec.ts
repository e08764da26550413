import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StandardSchema } from '@anyforge/core';
import type { Hub } from '../hub.js';
import { callerOf } from '../testing/callers.js';
import { FakeForge } from '../testing/fake-forge.js';
import { catalogOf, TestHubs } from '../testing/test-hub.js';

const config = {
  baseUrl: 'https://forge.test',
  oauth: { clientId: 'client', clientSecret: 'canary-client-secret' },
};

const administrator = callerOf('administrator');

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
    const created = await hub.gitProviders.create(administrator, { name: '  Ours ', type: 'alpha', config });
    expect(created).toMatchObject({
      name: 'Ours',
      type: 'alpha',
      config: { baseUrl: 'https://forge.test', oauth: { clientId: 'client' } },
      secretsSet: ['oauth.clientSecret'],
      version: 1,
      createdAt: hubs.clock.now(),
    });
    const listed = await hub.gitProviders.list('person', 'administrator');
    expect(listed).toEqual([
      {
        ...created,
        waysToSignIn: ['token'],
        connection: null,
        health: { connections: 0, needAttention: 0, rateBudgets: [] },
      },
    ]);
    expect(await hub.gitProviders.get('person', created.id, 'administrator')).toEqual(listed[0]);
    expect(inspect([created, listed, hub], { depth: 20 })).not.toContain('canary');
  });

  it('write no secret in plain text to the disk', async () => {
    await hub.gitProviders.create(administrator, { name: 'Ours', type: 'alpha', config });
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
      await hub.gitProviders.create(administrator, { name: 'Ours', type: 'alpha', config });
      await expect(
        hub.gitProviders.create(administrator, { name, type: 'zeta', config }),
      ).rejects.toMatchObject({
        kind: 'duplicate_name',
        message: expect.stringContaining(JSON.stringify(name.trim())),
      });
      expect(await hub.gitProviders.list('person')).toHaveLength(1);
    },
  );

  it('are made once when two ask for the same name at a time', async () => {
    const asked = [1, 2, 3].map(() =>
      hub.gitProviders.create(administrator, { name: 'Ours', type: 'alpha', config }),
    );
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('refuse a type that is not installed, naming those that are', async () => {
    await expect(
      hub.gitProviders.create(administrator, { name: 'Ours', type: 'gitea', config }),
    ).rejects.toMatchObject({
      kind: 'unknown_provider_type',
      message: 'There is no provider type "gitea". Known types: alpha, zeta.',
    });
  });

  it('name every field that is wrong', async () => {
    for (const name of ['', '   ', 'x'.repeat(101)]) {
      await expect(
        hub.gitProviders.create(administrator, { name, type: 'alpha', config: { baseUrl: '' } }),
      ).rejects.toMatchObject({
        kind: 'invalid_input',
        issues: [
          { path: 'name', message: expect.any(String) },
          { path: 'config.baseUrl', message: expect.any(String) },
        ],
      });
    }
    const name = '🦀'.repeat(100);
    await expect(
      hub.gitProviders.create(administrator, { name, type: 'alpha', config }),
    ).resolves.toMatchObject({ name });
  });

  it('say what is wrong in sentences', async () => {
    const plugin = new FakeForge('alpha').plugin;
    const schema: StandardSchema<unknown> = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: () => ({
          issues: [{ message: 'Unrecognized key' }, { message: 'Use https.', path: ['baseUrl'] }],
        }),
      },
    };
    const strict = { ...plugin, config: { ...plugin.config, schema } };
    const other = await hubs.open(new FakeForge(), { plugins: catalogOf(strict) });
    await expect(
      other.gitProviders.create(administrator, { name: '', type: 'alpha', config }),
    ).rejects.toMatchObject({
      message: 'name: Give it a name. config: Unrecognized key. config.baseUrl: Use https.',
    });
  });

  it.each([
    'two\nlines',
    'nul\u0000',
    'reversed \u202Ebuhtig',
    'isolated \u2066x',
    'mark\u200F',
    'line\u2028',
  ])('have names that look like what they are: %j', async (name) => {
    await expect(
      hub.gitProviders.create(administrator, { name: `${name}!`, type: 'alpha', config }),
    ).rejects.toMatchObject({
      kind: 'invalid_input',
      issues: [{ path: 'name' }],
    });
  });

  it('refuse a key that objects can not hold, rather than to lose it', async () => {
    const hostile: unknown = JSON.parse('{"baseUrl":"https://forge.test","oauth":{"__proto__":{"a":1}}}');
    await expect(
      hub.gitProviders.create(administrator, { name: 'Ours', type: 'alpha', config: hostile }),
    ).rejects.toMatchObject({ kind: 'invalid_input', issues: [{ path: 'config.oauth.__proto__' }] });
  });

  it('are not made of a type whose secrets can not be told from the rest', async () => {
    const plugin = new FakeForge('alpha').plugin;
    const jsonSchema = { not: { properties: { password: { writeOnly: true } } } };
    const careless = { ...plugin, config: { ...plugin.config, jsonSchema } };
    const other = await hubs.open(new FakeForge(), { plugins: catalogOf(careless) });
    await expect(
      other.gitProviders.create(administrator, { name: 'Ours', type: 'alpha', config }),
    ).rejects.toMatchObject({
      kind: 'invalid_plugin',
      message: expect.stringContaining('#/not/properties/password'),
    });
    expect(await other.gitProviders.list('person')).toEqual([]);
  });

  it('tell how to make a token on that very host', async () => {
    const { id } = await hub.gitProviders.create(administrator, { name: 'Ours', type: 'alpha', config });
    expect(await hub.gitProviders.tokenHelp(id)).toMatchObject({
      variants: [{ createUrl: 'https://forge.test/tokens', scopes: ['repo'] }],
    });
  });

  it('are not found when they do not exist', async () => {
    const missing = { kind: 'not_found' };
    await expect(hub.gitProviders.get('person', 'nothing')).rejects.toMatchObject(missing);
    await expect(hub.gitProviders.tokenHelp('nothing')).rejects.toMatchObject(missing);
    await expect(
      hub.connections.putToken(callerOf('person'), 'nothing', { token: 'x' }),
    ).rejects.toMatchObject(missing);
  });

  it('stay listed when their plugin is not installed any more, and say so when they are used', async () => {
    const { id } = await hub.gitProviders.create(administrator, { name: 'Ours', type: 'alpha', config });
    await hub.close();
    const without = await hubs.open(new FakeForge('zeta'), { dataDirectory });
    expect(await without.gitProviders.list('person')).toHaveLength(1);
    await expect(without.connections.putToken(callerOf('person'), id, { token: 'x' })).rejects.toMatchObject({
      kind: 'unknown_provider_type',
      message: expect.stringContaining('zeta'),
    });
  });
});
