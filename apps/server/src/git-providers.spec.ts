import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { createWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { z } from 'zod';
import type { ApiClient } from './testing/api-client.js';
import { forges } from './testing/forges.fixture.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const providers = '/api/v1/git-providers';
const withId = z.object({ id: z.string() });
const listed = z.object({ items: z.array(z.looseObject({ id: z.string(), name: z.string() })) });
const providerTypes = z.object({
  items: z.array(z.looseObject({ type: z.string(), oauth: z.boolean(), configSchema: z.unknown() })),
});
const oauth = { clientId: 'client', clientSecret: 'canary-client-secret' };

describe('git providers over HTTP', () => {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  world.addRepository({ owner: ada, name: 'notes' });
  let here: GithubSimulator;
  let elsewhere: GithubSimulator;
  let server: TestServer;
  let api: ApiClient;
  let count = 0;

  beforeAll(async () => {
    here = await startGithubSimulator({ world, profile: 'enterprise-server' });
    elsewhere = await startGithubSimulator({ world, profile: 'enterprise-server' });
    server = await startTestServer();
    api = server.api;
  });
  afterAll(async () => {
    await server.close();
    await here.close();
    await elsewhere.close();
  });

  async function add(config: object = { baseUrl: here.webUrl, oauth }): Promise<string> {
    const name = `Ours ${String((count += 1))}`;
    const reply = await api.post(providers, { name, type: 'github', config });
    expect(reply.status).toBe(201);
    expect(reply.headers.get('etag')).toBe('"1"');
    return withId.parse(reply.body).id;
  }

  const nameOf = async (id: string) => {
    const { items } = listed.parse((await api.get(providers)).body);
    return items.find((item) => item.id === id)?.name ?? '';
  };

  it('are changed with the version that was seen, and with no other', async () => {
    const id = await add();
    const path = `${providers}/${id}`;
    expect((await api.get(path)).headers.get('etag')).toBe('"1"');
    expect(await api.patch(path, { patterns: ['acme/**'] })).toMatchObject({
      status: 428,
      body: { code: 'precondition_required', detail: expect.stringContaining('If-Match') },
    });
    const changed = await api.patch(path, { patterns: ['acme/**'] }, { 'if-match': '"1"' });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, patterns: ['acme/**'] } });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(await api.patch(path, { patterns: [] }, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
      body: { code: 'version_conflict' },
    });
    expect((await api.patch(path, { patterns: [] }, { 'if-match': '*' })).status).toBe(200);
    for (const wrong of ['2', 'W/"3"', '"x"', '"3", "4"', '']) {
      expect((await api.patch(path, {}, { 'if-match': wrong })).status).toBe(400);
    }
  });

  it('are synchronized by themselves where they have a schedule, and not otherwise', async () => {
    const path = `${providers}/${await add()}`;
    expect((await api.get(path)).body).toMatchObject({ syncPolicy: 'staged', schedule: null });
    const headers = { 'if-match': '*' };
    const change = { syncPolicy: 'revoke-first', schedule: { everyMinutes: 90 } };
    expect(await api.patch(path, change, headers)).toMatchObject({ status: 200, body: change });
    expect((await api.get(path)).body).toMatchObject(change);
    for (const everyMinutes of [14, 10_081]) {
      expect(await api.patch(path, { schedule: { everyMinutes } }, headers)).toMatchObject({
        status: 422,
        body: {
          fields: [{ path: 'schedule.everyMinutes', message: expect.stringContaining('15 to 10080') }],
        },
      });
    }
    expect((await api.patch(path, { schedule: null }, headers)).body).toMatchObject({ schedule: null });
  });

  it('keep their type, and their secrets to themselves', async () => {
    const id = await add();
    const path = `${providers}/${id}`;
    const headers = { 'if-match': '*' };
    expect(await api.patch(path, { type: 'gitlab' }, headers)).toMatchObject({
      status: 422,
      body: { code: 'type_fixed' },
    });
    const config = { baseUrl: here.webUrl, oauth: { clientId: 'client', clientSecret: '' } };
    const kept = await api.patch(path, { config }, headers);
    expect(kept).toMatchObject({ status: 200, body: { secretsSet: ['oauth.clientSecret'] } });
    const other = { ...config, oauth: { clientId: 'other' } };
    expect(await api.patch(path, { config: other }, headers)).toMatchObject({
      status: 422,
      body: {
        code: 'invalid_input',
        fields: [{ path: 'config.oauth.clientSecret', message: expect.stringContaining('again') }],
      },
    });
    const replies = [kept, await api.get(path), await api.get(providers)];
    expect(replies.map(({ text }) => text).join()).not.toContain('canary');
  });

  it('send nobody’s token to another address, and say how many people have to sign in again', async () => {
    const id = await add({ baseUrl: here.webUrl });
    const path = `${providers}/${id}`;
    const member = await server.newMember(`member-${id}`);
    const token = here.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo', 'read:org'] });
    const signedIn = await member.put(`${path}/connection`, { token });
    expect(signedIn.status).toBe(200);
    const headers = { 'if-match': '*' };
    const change = { config: { baseUrl: elsewhere.webUrl } };
    expect(await api.patch(path, change, headers)).toMatchObject({
      status: 409,
      body: { code: 'parks_connections', count: 1 },
    });
    expect((await api.patch(path, { ...change, parks: 1 }, headers)).status).toBe(200);
    expect((await member.post('/api/v1/syncs')).status).toBeLessThan(300);
    expect(await member.get(`${path}/connection`)).toMatchObject({
      body: { needsAttention: { reason: expect.stringContaining('was changed after you signed in') } },
    });
    expect((await member.get(`${path}/organizations`)).status).toBe(403);
    expect(await member.get('/api/v1/repositories')).toMatchObject({ body: { total: 0 } });
    expect(elsewhere.log.withCredential(token)).toEqual([]);
    expect(await member.get(path)).toMatchObject({ body: { connection: { kind: 'token' } } });
    expect((await api.get(path)).body).toMatchObject({
      health: { connections: 1, needAttention: 1, rateBudgets: [] },
    });
    expect((await member.get(path)).body).not.toHaveProperty('health');
  });

  it('are deleted by their name', async () => {
    const id = await add();
    const path = `${providers}/${id}`;
    expect((await api.delete(path)).status).toBe(422);
    expect(await api.delete(`${path}?name=Other`)).toMatchObject({
      status: 422,
      body: { code: 'name_mismatch' },
    });
    const name = encodeURIComponent(await nameOf(id));
    expect((await api.delete(`${path}?name=${name}`, undefined, { 'if-match': '"7"' })).status).toBe(412);
    expect((await api.delete(`${path}?name=${name}`, undefined, { 'if-match': '"1"' })).status).toBe(204);
    expect((await api.get(path)).status).toBe(404);
    expect((await api.delete(`${path}?name=${name}`)).status).toBe(404);
  });

  it('can be read by everybody and changed by administrators alone', async () => {
    const id = await add();
    const path = `${providers}/${id}`;
    const member = await server.newMember('a-member');
    const reader = await server.apiToken(api, ['read']);
    expect((await member.get(path)).status).toBe(200);
    for (const client of [member, reader]) {
      const replies = [
        await client.patch(path, { name: 'Mine' }, { 'if-match': '*' }),
        await client.delete(`${path}?name=Ours`),
        await client.post(`${path}/organization-settings/preview`, { organizations: [], patterns: [] }),
        await client.post(`${path}/clean-up`, { count: 0 }),
        await client.get(`${path}/clean-up`),
        await client.get(`${path}/oauth-help`),
      ];
      expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    }
  });
});

describe.each(Object.keys(forges))('the provider type %s', (type) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  it('tells what a form has to ask for, and what of it is secret', async () => {
    const { items } = providerTypes.parse((await server.api.get('/api/v1/provider-types')).body);
    expect(items.find((item) => item.type === type)).toMatchObject({
      hosting: expect.any(Object),
      oauth: true,
      configSchema: {
        required: ['baseUrl'],
        properties: {
          baseUrl: { type: 'string', title: expect.any(String) },
          oauth: {
            title: expect.any(String),
            required: expect.arrayContaining(['clientId']),
            properties: {
              clientId: { title: expect.any(String) },
              clientSecret: { title: expect.any(String), writeOnly: true },
            },
          },
        },
      },
    });
  });

  it('tells how to register the application, with the exact address that people come back to', async () => {
    const forge = await forges[type]?.();
    const reply = await server.api.post(providers, { name: 'Ours', type, config: forge?.config });
    const { id } = withId.parse(reply.body);
    const help = await server.api.get(`${providers}/${id}/oauth-help`);
    expect(help.status).toBe(200);
    expect(help.text).toContain(`"${server.publicUrl}/oauth/callback/${id}"`);
    await forge?.simulator.close();
  });
});
