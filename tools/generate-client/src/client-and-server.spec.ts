import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Client } from '@anyforge/client';
import { ApiError, createClient } from '@anyforge/client';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { generateWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import type { TestServer } from '@anyforge/server/testing';
import { startTestServer, testPassword } from '@anyforge/server/testing';
import { browserFetch } from './browser.fixture.js';

// A server starts first, which takes a while on a busy machine.
jest.setTimeout(30_000);

let forge: GithubSimulator;
let server: TestServer;
let client: Client;
let username: string;
let token: string;
let apiToken: string;

beforeAll(async () => {
  const { world, viewer } = generateWorld({ repositories: 230, reach: 1 });
  forge = await startGithubSimulator({ world, profile: 'enterprise-server' });
  username = viewer.username;
  token = forge.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:org', 'read:user'] });
  server = await startTestServer();
  const browser = createClient({
    baseUrl: `${server.url}/api/v1/`,
    fetch: browserFetch(server.publicUrl),
  });
  await browser.POST('/session', { body: { username: 'root', password: testPassword } });
  const issued = await browser.POST('/api-tokens', { body: { name: 'specs', scopes: ['manage'] } });
  apiToken = issued.token;
  client = createClient({ baseUrl: `${server.url}/api/v1`, token: apiToken });
});
afterAll(async () => {
  await server.close();
  await forge.close();
});

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const seen: Item[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

describe('the client', () => {
  it('tests a draft, step by step, and saves it as a git provider', async () => {
    const draft = await client.POST('/git-provider-drafts', {
      body: { type: 'github', values: { name: 'Acme', config: { baseUrl: forge.webUrl } } },
    });
    const params = { path: { id: draft.id } };
    await client.PUT('/git-provider-drafts/{id}/token', { params, body: { token } });
    const lines = await all(client.testDraft(draft.id));
    expect(lines[0]).toMatchObject({ kind: 'plan' });
    expect(lines.at(-1)).toMatchObject({ kind: 'summary', outcome: 'passed' });
    const { gitProvider } = await client.POST('/git-provider-drafts/{id}/save', { params, body: {} });
    const { data, headers } = await client.withHeaders.GET('/git-providers/{id}', {
      params: { path: { id: gitProvider.id } },
    });
    expect(data.name).toBe('Acme');
    expect(headers.get('etag')).toBe(`"${String(data.version)}"`);
  });

  it('sets, gets and deletes a provider by the names that people call it', async () => {
    const host = new URL(forge.webUrl).host;
    expect(await client.setProvider('GitHub', username, token, { host })).toMatchObject({
      name: 'Acme',
      provider: 'GitHub',
      host,
      username,
    });
    await expect(client.setProvider('GitHub', username, token)).rejects.toThrow(
      `"GitHub" is more than one git provider: Acme (${host}), GitHub.com (github.com).`,
    );
    expect((await client.getProviders()).map(({ name }) => name)).toEqual(['Acme']);
    expect(await client.getProvider('github')).toMatchObject({ name: 'Acme', username });
    expect(await client.deleteProvider('acme')).toMatchObject({ revoked: 'not-asked' });
    expect(await client.getProviders()).toEqual([]);
  });

  it('watches a sync to its end, and then lists every repository', async () => {
    await client.setProvider('Acme', username, token);
    const { id } = await client.POST('/syncs');
    const seen = await all(client.watchSync(id));
    expect(seen.at(-1)).toMatchObject({ state: 'succeeded', done: 1 });
    expect(await all(client.watchSync(id, { after: seen.at(-1)?.revision }))).toEqual([]);
    const repositories = await all(client.repositories({ limit: 100 }));
    const [first] = await all(client.repositories({ limit: 200 }).pages());
    expect(repositories.length).toBe(first?.total);
    expect(new Set(repositories.map(({ id: own }) => own)).size).toBe(repositories.length);
  });

  it('throws what the server refuses with, and the fields that are wrong', async () => {
    const refusal = client.POST('/git-providers', {
      body: { name: 'Broken', type: 'github', config: { baseUrl: 'nowhere' } },
    });
    const error: unknown = await refusal.then(undefined, (reason: unknown) => reason);
    if (!(error instanceof ApiError)) throw new Error('It was not refused.');
    expect([error.status, error.code]).toEqual([422, 'invalid_input']);
    expect(error.fields.map(({ path }) => path)).toEqual(['config.baseUrl']);
    expect(error.requestId).toBeDefined();
  });

  it('asks for a sign-in once and goes on where it was, with a session of the browser', async () => {
    const baseUrl = `${server.url}/api/v1`;
    const ourFetch = browserFetch(server.publicUrl);
    const signIn = createClient({ baseUrl, fetch: ourFetch });
    let asked = 0;
    const page = createClient({
      baseUrl,
      fetch: ourFetch,
      onUnauthenticated: async () => {
        asked += 1;
        await signIn.POST('/session', { body: { username: 'root', password: testPassword } });
        return 'retry';
      },
    });
    const [account, { items }] = await Promise.all([
      page.PATCH('/account', { body: { displayName: 'Ada' } }),
      page.GET('/git-providers'),
    ]);
    expect(account.displayName).toBe('Ada');
    expect(items.length).toBeGreaterThan(0);
    expect(asked).toBe(1);
  });
});
