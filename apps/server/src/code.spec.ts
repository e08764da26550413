import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { ApiClient } from './testing/api-client.js';
import { forges } from './testing/forges.fixture.js';
import type { Forge } from './testing/forges.fixture.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const withId = z.object({ id: z.string() });
const sync = z.object({ state: z.string(), revision: z.number() });
const page = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      path: z.string(),
      name: z.string(),
      namespace: z.string(),
      httpsCloneUrl: z.string(),
      webUrl: z.string(),
      updatedAt: z.string().optional(),
      permission: z.object({ level: z.string() }),
    }),
  ),
  nextCursor: z.string().optional(),
});
const explanation = z.object({
  listed: z.boolean(),
  path: z.string(),
  verdict: z.object({ step: z.string().optional() }),
});
const events = z.object({
  items: z.array(z.object({ action: z.string(), details: z.object({ repository: z.string().optional() }) })),
});

/** How git signs in with a token that was pasted, by type of forge. */
const gitSignIns: Readonly<Record<string, (token: string) => object>> = {
  github: (password) => ({ kind: 'basic', username: 'x-access-token', password }),
  gitlab: (password) => ({ kind: 'basic', username: 'oauth2', password }),
  bitbucket: (password) => ({ kind: 'basic', username: 'x-bitbucket-api-token-auth', password }),
  'bitbucket-data-center': (token) => ({ kind: 'bearer', token }),
  gitea: (password) => ({ kind: 'basic', username: 'oauth2', password }),
};

describe.each(Object.entries(forges))('what people do with their code on %s', (type, start) => {
  let server: TestServer;
  let api: ApiClient;
  let git: ApiClient;
  let forge: Forge;
  let gitProviderId: string;

  beforeAll(async () => {
    forge = await start();
    server = await startTestServer();
    api = server.api;
    git = await server.apiToken(api, ['git']);
    const input = { name: 'Acme', type, config: forge.config };
    gitProviderId = withId.parse((await api.post('/api/v1/git-providers', input)).body).id;
    const connected = await api.put(`/api/v1/git-providers/${gitProviderId}/connection`, forge.signIn);
    expect(connected.status).toBe(200);
    const { syncId } = z.object({ syncId: z.string() }).parse(connected.body);
    let seen = sync.parse((await api.get(`/api/v1/syncs/${syncId}`)).body);
    while (seen.state === 'queued' || seen.state === 'running') {
      seen = sync.parse((await api.get(`/api/v1/syncs/${syncId}?after=${String(seen.revision)}`)).body);
    }
    expect(seen.state).toBe('succeeded');
  });

  afterAll(async () => {
    await server.close();
    await forge.simulator.close();
  });

  async function list(query: Readonly<Record<string, string>>) {
    const items: z.infer<typeof page>['items'] = [];
    let cursor: string | undefined;
    do {
      const search = new URLSearchParams({
        ...query,
        gitProviderId,
        ...(cursor !== undefined && { cursor }),
      });
      const answer = page.parse((await api.get(`/api/v1/repositories?${search.toString()}`)).body);
      items.push(...answer.items);
      cursor = answer.nextCursor;
    } while (cursor !== undefined);
    return items;
  }

  async function first(query: Readonly<Record<string, string>> = {}) {
    const search = new URLSearchParams({ ...query, gitProviderId, limit: '1' });
    const [repository] = page.parse((await api.get(`/api/v1/repositories?${search.toString()}`)).body).items;
    if (repository === undefined) throw new Error('The list is empty.');
    return repository;
  }

  function credentialFields(url: string) {
    const { protocol, host, pathname } = new URL(url);
    return { protocol: protocol.replace(':', ''), host, path: pathname.slice(1) };
  }

  it('is listed in every order, with links that lead to the forge', async () => {
    const byPath = await list({ limit: '200' });
    expect(byPath.length).toBeGreaterThan(200);
    const { origin } = new URL(forge.simulator.webUrl);
    expect(new Set(byPath.map(({ webUrl }) => new URL(webUrl).origin))).toEqual(new Set([origin]));
    const ids = byPath.map(({ id }) => id).toSorted();
    for (const sort of ['name', 'updatedAt', 'level']) {
      for (const direction of ['asc', 'desc']) {
        const found = await list({ sort, direction, limit: '70' });
        expect(found.map(({ id }) => id).toSorted()).toEqual(ids);
      }
    }
    const times = (await list({ sort: 'updatedAt', direction: 'desc', limit: '200' })).map(
      ({ updatedAt }) => updatedAt,
    );
    const known = times.filter((time) => time !== undefined);
    expect(times.slice(0, known.length)).toEqual(known.toSorted().toReversed());
  });

  it('is narrowed to an organization', async () => {
    const { namespace: organization } = await first({ sort: 'level', direction: 'desc' });
    const found = await list({ organization, limit: '200' });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ path }) => path.startsWith(`${organization}/`))).toBe(true);
  });

  it('tells everybody’s permissions on it, or why the forge does not', async () => {
    const { id } = await first({ level: 'admin' });
    const answer = await api.get(`/api/v1/repositories/${id}/permissions`);
    if (answer.status === 200) {
      const { items } = z.object({ items: z.array(z.unknown()) }).parse(answer.body);
      expect(items.length).toBeGreaterThan(0);
    } else {
      expect(['forbidden', 'insufficient_scope', 'unsupported']).toContain(
        z.object({ code: z.string() }).parse(answer.body).code,
      );
    }
  });

  it('tells nobody else’s permissions, nor those of what there is not', async () => {
    const member = await server.newMember(`member-${type}`);
    const { id } = await first();
    const answers = await Promise.all([
      member.get(`/api/v1/repositories/${id}/permissions`),
      api.get(`/api/v1/repositories/${gitProviderId}:nothing/permissions`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });

  it('says why a repository is in the list or not', async () => {
    const { path: listed, namespace } = await first();
    const ask = async (path: string) => {
      const query = new URLSearchParams({ provider: 'acme', path });
      return explanation.parse((await api.get(`/api/v1/explain?${query.toString()}`)).body);
    };
    expect(await ask(listed)).toEqual({ listed: true, path: listed, verdict: {} });
    expect(await ask(`${namespace}/there-is-none`)).toMatchObject({
      listed: false,
      verdict: { step: 'permission' },
    });
  });

  it('is cloned with a credential that the person’s own git asks for, and that is written down', async () => {
    const { httpsCloneUrl, path } = await first();
    const fields = credentialFields(httpsCloneUrl);
    const answer = await git.post('/api/v1/git-credentials', fields);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(gitSignIns[type]?.(forge.signIn.token));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('vary')).toContain('Authorization');

    const trail = await api.get('/api/v1/audit-events');
    expect(trail.text).not.toContain(forge.signIn.token);
    const [newest] = events.parse(trail.body).items.filter(({ action }) => action.startsWith('git_'));
    expect(newest).toMatchObject({
      action: 'git_credential.issued',
      details: { repository: path.toLowerCase() },
    });
    expect(server.logLines.join('')).not.toContain(forge.signIn.token);
  });

  it('is cloned by nobody else, from nowhere else, and not with a browser’s session', async () => {
    const { httpsCloneUrl } = await first();
    const fields = credentialFields(httpsCloneUrl);
    const code = (reply: { readonly body: unknown }) => z.object({ code: z.string() }).parse(reply.body).code;
    const member = await server.newMember(`other-${type}`);
    const memberGit = await server.apiToken(member, ['git']);
    const manage = await server.apiToken(api, ['read', 'manage']);
    const path = '/api/v1/git-credentials';

    expect(code(await api.post(path, fields))).toBe('not_allowed');
    expect(code(await manage.post(path, fields))).toBe('not_allowed');
    expect(code(await memberGit.post(path, fields))).toBe('not_connected');
    expect(
      code(await git.post(path, { ...fields, host: `${fields.host}.evil.example`, protocol: 'https' })),
    ).toBe('invalid_input');
    expect(code(await git.post(path, { ...fields, host: 'evil.example', protocol: 'https' }))).toBe(
      'no_git_provider',
    );
    expect(code(await git.post(path, { ...fields, path: `../${fields.path}` }))).toBe('invalid_input');
    expect(code(await git.post(path, { ...fields, username: 'ada' }))).toBe('invalid_input');
  });
});
