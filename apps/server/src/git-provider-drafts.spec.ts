import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ForgeSimulator } from '@anyforge/forge-simulator';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { z } from 'zod';
import type { ApiClient } from './testing/api-client.js';
import type { OAuthForge } from './testing/oauth-forges.js';
import { oauthForgeTypes, startOAuthForge } from './testing/oauth-forges.js';
import { joinAs } from './testing/sign-in.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const drafts = '/api/v1/git-provider-drafts';
const draft = z.object({ id: z.string(), gitProviderId: z.string(), redirectUrl: z.string() });
const started = z.object({ id: z.string(), authorizationUrl: z.string() });
const issued = z.object({ token: z.string() });
const line = z.looseObject({ kind: z.string(), step: z.string().optional(), status: z.string().optional() });
type Line = z.output<typeof line>;

function linesOf(text: string): readonly Line[] {
  return text
    .split('\n')
    .filter((one) => one !== '')
    .map((one) => line.parse(JSON.parse(one)));
}

function step(lines: readonly Line[], name: string): Line | undefined {
  return lines.find((one) => one.step === name);
}

describe('run test', () => {
  let server: TestServer;
  let api: ApiClient;
  const running: ForgeSimulator[] = [];
  const listening: Server[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    api = server.api;
  });
  afterEach(async () => {
    for (const simulator of running.splice(0)) await simulator.close();
    for (const one of listening.splice(0)) one.close().closeAllConnections();
  });
  afterAll(() => server.close());

  async function open(type = 'github'): Promise<OAuthForge> {
    const forge = await startOAuthForge(type);
    const { world } = forge.simulator;
    const acme = world.addOrganization({ slug: 'acme', members: [forge.ada] });
    world.grant({ to: forge.ada, on: world.addRepository({ owner: acme, name: 'api' }), level: 'admin' });
    running.push(forge.simulator);
    return forge;
  }

  async function newDraft(type: string, config: object, name = `${type} ${crypto.randomUUID()}`) {
    const reply = await api.post(drafts, { type, values: { name, config } });
    expect(reply.status).toBe(201);
    return draft.parse(reply.body);
  }

  /** A draft whose OAuth application is registered with the forge. */
  async function registered(type: string, forge: OAuthForge) {
    const { id, gitProviderId, redirectUrl } = await newDraft(type, forge.config);
    const { scopes } = forge;
    const client = forge.simulator.oauth.registerClient({
      name: 'anyforge',
      redirectUris: [redirectUrl],
      ...(scopes !== undefined && { scopes }),
    });
    const oauth = { clientId: client.clientId, clientSecret: client.clientSecret ?? '' };
    const name = `${type} ${crypto.randomUUID()}`;
    await api.put(`${drafts}/${id}`, { name, config: { ...forge.config, oauth } });
    return { id, gitProviderId, redirectUrl, client, oauth, name };
  }

  async function signIn(id: string, { simulator, ada }: OAuthForge, deny = false): Promise<void> {
    const { authorizationUrl } = started.parse((await api.post(`${drafts}/${id}/sign-ins`, {})).body);
    const { pathname, search } = new URL(
      await simulator.oauth.approve(authorizationUrl, { person: ada, deny }),
    );
    expect((await api.get(`${pathname}${search}`)).status).toBe(303);
  }

  async function test(id: string): Promise<readonly Line[]> {
    const reply = await api.post(`${drafts}/${id}/test`);
    expect(reply.headers.get('content-type')).toContain('application/x-ndjson');
    return linesOf(reply.text);
  }

  it.each(oauthForgeTypes)(
    'ends well, and saving makes the git provider and my connection: %s',
    async (type) => {
      const forge = await open(type);
      const { id, gitProviderId } = await registered(type, forge);
      await signIn(id, forge);
      const lines = await test(id);
      expect(lines.filter(({ status }) => status === 'failed' || status === 'waiting')).toEqual([]);
      expect(lines.at(-1)).toMatchObject({ outcome: 'passed', message: "You're good to go." });
      expect(step(lines, 'repositories')).toMatchObject({
        status: 'passed',
        detail: expect.stringContaining('For example'),
      });
      expect((await api.get(`${drafts}/${id}/organizations`)).body).toMatchObject({
        items: expect.arrayContaining([expect.objectContaining({ path: expect.stringMatching(/^acme$/i) })]),
      });
      expect((await api.get(`/api/v1/git-providers/${gitProviderId}`)).status).toBe(404);

      const saved = await api.post(`${drafts}/${id}/save`, {});
      expect(saved).toMatchObject({
        status: 200,
        body: { gitProvider: { id: gitProviderId }, connection: { kind: 'oauth' }, signIn: 'connected' },
      });
      expect((await api.get(`/api/v1/git-providers/${gitProviderId}/connection`)).status).toBe(200);
      expect((await api.get(`${drafts}/${id}`)).status).toBe(404);
      expect((await api.post(`${drafts}/${id}/save`, {})).status).toBe(404);
    },
  );

  it.each(oauthForgeTypes)('tells of a client secret that is wrong: %s', async (type) => {
    const forge = await open(type);
    const { id, oauth, name } = await registered(type, forge);
    const wrong = { ...oauth, clientSecret: 'not-the-secret' };
    await api.put(`${drafts}/${id}`, { name, config: { ...forge.config, oauth: wrong } });
    const lines = await test(id);
    expect(step(lines, 'forge')).toMatchObject({ status: 'passed' });
    expect(step(lines, 'client')).toMatchObject({ status: 'failed', code: 'client_rejected' });
    expect(lines.at(-1)).toMatchObject({ outcome: 'failed' });
  });

  it.each(oauthForgeTypes)('tells of a consent that was denied: %s', async (type) => {
    const forge = await open(type);
    const { id, redirectUrl } = await registered(type, forge);
    await signIn(id, forge, true);
    const lines = await test(id);
    expect(step(lines, 'sign_in')).toMatchObject({ status: 'failed', code: 'access_denied', redirectUrl });
    expect(step(lines, 'identity')).toMatchObject({ status: 'skipped' });
  });

  it.each(oauthForgeTypes)('tells of a token that is wrong: %s', async (type) => {
    const forge = await open(type);
    const { id } = await newDraft(type, forge.config);
    await api.put(`${drafts}/${id}/token`, { token: 'not-a-token', username: 'ada@example.com' });
    const lines = await test(id);
    expect(step(lines, 'sign_in')).toMatchObject({ status: 'passed' });
    expect(step(lines, 'identity')).toMatchObject({ status: 'failed', code: 'unauthenticated' });
    expect(step(lines, 'repositories')).toMatchObject({ status: 'skipped' });
  });

  it.each(oauthForgeTypes)('tells of what is no such forge: %s', async (type) => {
    const other = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<html><body>Welcome to nginx!</body></html>');
    });
    listening.push(other);
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const baseUrl = `http://127.0.0.1:${String(port)}`;
    const { id } = await newDraft(type, type === 'bitbucket' ? { baseUrl, apiUrl: baseUrl } : { baseUrl });
    const lines = await test(id);
    expect(step(lines, 'reached')).toMatchObject({ status: 'passed' });
    expect(step(lines, 'forge')).toMatchObject({ status: 'failed', code: 'invalid_response' });
    expect(step(lines, 'client')).toMatchObject({ status: 'skipped' });
  });

  it('tells of a port at which nothing listens', async () => {
    const { simulator, config } = await open();
    const { id } = await newDraft('github', config);
    await simulator.close();
    running.splice(0);
    const lines = await test(id);
    expect(step(lines, 'address')).toMatchObject({ status: 'passed' });
    expect(step(lines, 'reached')).toMatchObject({
      status: 'failed',
      code: 'network',
      detail: expect.stringContaining('refused the connection'),
    });
  });

  it('tells of an address that the operator does not allow', async () => {
    const strict = await startTestServer({ settings: { addresses: { private: false, loopback: false } } });
    try {
      const { config, simulator } = await open();
      const reply = await strict.api.post(drafts, { type: 'github', values: { config } });
      const { id } = draft.parse(reply.body);
      const lines = linesOf((await strict.api.post(`${drafts}/${id}/test`)).text);
      expect(step(lines, 'address')).toMatchObject({
        status: 'failed',
        code: 'blocked_address',
        repair: { text: expect.stringContaining('ALLOW_ADDRESSES') },
      });
      expect(step(lines, 'reached')).toMatchObject({ status: 'skipped' });
      expect(simulator.log.entries).toEqual([]);
    } finally {
      await strict.close();
    }
  });

  it('tells of scopes that are missing, and of an account without repositories', async () => {
    const forge = await open();
    const person = forge.simulator.world.addPerson({ username: 'nobody' });
    const { id, client } = await registered('github', forge);
    const { accessToken } = forge.simulator.oauth.issue({ client, person, scopes: ['read:user'] });
    await api.put(`${drafts}/${id}/token`, { token: accessToken });
    const lines = await test(id);
    expect(step(lines, 'scopes')).toMatchObject({ status: 'failed', code: 'insufficient_scope' });
    expect(step(lines, 'repositories')).toMatchObject({
      status: 'passed',
      detail: expect.stringContaining('The list is empty'),
    });
  });

  /** Reads the answer line by line, as it comes. */
  async function stream(id: string, signal?: AbortSignal) {
    const { token } = issued.parse(
      (await api.post('/api/v1/api-tokens', { name: crypto.randomUUID(), scopes: ['manage'] })).body,
    );
    const response = await fetch(`${server.url}${drafts}/${id}/test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      ...(signal !== undefined && { signal }),
    });
    const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    const next = async (): Promise<Line | undefined> => {
      for (;;) {
        const end = rest.indexOf('\n');
        if (end >= 0) {
          const [one] = linesOf(rest.slice(0, end));
          rest = rest.slice(end + 1);
          return one;
        }
        const { done, value } = await reader.read();
        if (done) return undefined;
        rest += value;
      }
    };
    return { status: response.status, next };
  }

  it('sends each step as it ends, while the next one is still being tried', async () => {
    const forge = await open();
    const { id } = await registered('github', forge);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    forge.simulator.faults.add({
      match: { path: '/login/oauth/access_token' },
      effect: { kind: 'run', action: () => held },
    });
    const { next } = await stream(id);
    const seen: (string | undefined)[] = [];
    while (seen.at(-1) !== 'forge') seen.push((await next())?.step);
    await forge.simulator.log.waitFor(({ path }) => path === '/login/oauth/access_token');
    release();
    expect(await next()).toMatchObject({ step: 'client', status: 'passed' });
    while ((await next()) !== undefined);
  });

  it('stops when whoever asked goes away', async () => {
    const forge = await open();
    const { id } = await newDraft('github', forge.config);
    forge.simulator.faults.add({ match: { path: '/meta' }, effect: { kind: 'hang-before-headers' } });
    const leaving = new AbortController();
    const { next } = await stream(id, leaving.signal);
    await next();
    await forge.simulator.log.waitFor(({ path }) => path === '/meta');
    leaving.abort();
    const ended = await forge.simulator.log.waitFor(({ outcome }) => outcome === 'broken');
    expect(ended.path).toBe('/meta');
  });

  it('never sends a stored secret or a credential to an address that was changed', async () => {
    const forge = await open();
    const elsewhere = await open();
    const { id, gitProviderId, oauth, name } = await registered('github', forge);
    await signIn(id, forge);
    await api.post(`${drafts}/${id}/save`, {});
    const reply = await api.post(drafts, { type: 'github', gitProviderId });
    const change = draft.parse(reply.body);
    await signIn(change.id, forge);
    const moved = { ...elsewhere.config, oauth: { clientId: oauth.clientId } };
    expect(await api.put(`${drafts}/${change.id}`, { name, config: moved })).toMatchObject({
      body: { secretsToRetype: ['oauth.clientSecret'], signIn: { usable: false } },
    });
    const lines = await test(change.id);
    expect(step(lines, 'forge')).toMatchObject({ status: 'passed' });
    expect(step(lines, 'client')).toMatchObject({
      status: 'failed',
      fields: [{ path: 'config.oauth.clientSecret' }],
    });
    const { log } = elsewhere.simulator;
    expect(log.entries.map(({ path, credential }) => [path, credential])).toEqual([['/meta', undefined]]);
    expect(log.withCredential(oauth.clientSecret)).toEqual([]);
    expect((await api.post(`${drafts}/${change.id}/save`, {})).body).toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'config.oauth.clientSecret' }],
    });
  });

  it('leaves a git provider as it is that somebody else has changed', async () => {
    const { config } = await open();
    const { id, gitProviderId } = await newDraft('github', config);
    await api.post(`${drafts}/${id}/save`, {});
    const [first, second] = [
      draft.parse(
        (await api.post(drafts, { type: 'github', gitProviderId, values: { name: 'First' } })).body,
      ),
      draft.parse(
        (await api.post(drafts, { type: 'github', gitProviderId, values: { name: 'Second' } })).body,
      ),
    ];
    expect((await api.post(`${drafts}/${first.id}/save`, {})).status).toBe(200);
    expect(await api.post(`${drafts}/${second.id}/save`, {})).toMatchObject({
      status: 412,
      body: { code: 'version_conflict' },
    });
    expect(await api.post(`${drafts}/${second.id}/save`, {}, { 'if-match': '"2"' })).toMatchObject({
      status: 200,
      body: { gitProvider: { name: 'Second', version: 3 } },
    });
  });

  it('revokes its sign-in at the forge when the draft is abandoned', async () => {
    const forge = await open('gitlab');
    const { id } = await registered('gitlab', forge);
    await signIn(id, forge);
    expect((await api.delete(`${drafts}/${id}`)).status).toBe(204);
    await forge.simulator.log.waitFor(({ path, status }) => path === '/oauth/revoke' && status === 200);
    expect((await api.get(`${drafts}/${id}`)).status).toBe(404);
  });

  it('is for administrators, each with drafts of their own', async () => {
    const { config } = await open();
    const { id } = await newDraft('github', config);
    const member = await server.newMember(`member-${crypto.randomUUID()}`);
    expect((await member.post(drafts, { type: 'github' })).status).toBe(403);
    expect((await member.post(`${drafts}/${id}/test`)).status).toBe(403);
    const other = await joinAs(server, api, `other-${crypto.randomUUID()}`, 'administrator');
    for (const reply of [
      await other.get(`${drafts}/${id}`),
      await other.put(`${drafts}/${id}`, {}),
      await other.delete(`${drafts}/${id}`),
      await other.get(`${drafts}/${id}/oauth-help`),
      await other.get(`${drafts}/${id}/token-help`),
      await other.post(`${drafts}/${id}/test`),
      await other.post(`${drafts}/${id}/sign-ins`, {}),
      await other.put(`${drafts}/${id}/token`, { token: 'x' }),
      await other.get(`${drafts}/${id}/organizations`),
      await other.post(`${drafts}/${id}/save`, {}),
    ]) {
      expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  });

  it('helps with values that are not saved, where they suffice', async () => {
    const { config, simulator } = await open();
    const { id, redirectUrl } = await newDraft('github', config);
    expect((await api.get(`${drafts}/${id}/oauth-help`)).body).toMatchObject({
      registerUrl: `${simulator.webUrl}/settings/applications/new`,
      fields: expect.arrayContaining([expect.objectContaining({ value: redirectUrl })]),
    });
    expect((await api.get(`${drafts}/${id}/token-help`)).status).toBe(200);
    await api.put(`${drafts}/${id}`, {});
    expect(await api.get(`${drafts}/${id}/oauth-help`)).toMatchObject({
      status: 422,
      body: { fields: [{ path: 'config.baseUrl' }] },
    });
  });
});
