import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@anyforge/provider-kit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import { startServer } from './server.js';
import { readSettings } from './settings.js';
import { ApiClient } from './testing/api-client.js';
import { testPassword } from './testing/sign-in.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';
import { testDatabaseUrl } from './testing/test-database.js';

const invited = z.object({
  person: z.object({ id: z.string() }),
  link: z.object({ url: z.string(), expiresAt: z.string() }),
});
const issued = z.object({ apiToken: z.object({ id: z.string() }), token: z.string() });
const sessions = z.object({ items: z.array(z.object({ id: z.string(), current: z.boolean() })) });

const tokenIn = (body: unknown): string => new URL(invited.parse(body).link.url).hash.slice(1);
const cookieOf = ({ headers }: { readonly headers: Headers }): string =>
  headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

describe('people at the server', () => {
  let server: TestServer;
  let anybody: ApiClient;
  const signIn = (username = 'root', password = testPassword) =>
    anybody.post('/api/v1/session', { username, password });
  const page = () => ({ origin: server.publicUrl });
  const withCookie = (cookie: string) => new ApiClient(server.url, { cookie, ...page() });

  beforeAll(async () => {
    server = await startTestServer();
    anybody = new ApiClient(server.url);
  });
  afterAll(() => server.close());

  it('sign in with a cookie that no script reads and no other site sends along', async () => {
    const signedIn = await signIn();
    expect(signedIn.status).toBe(201);
    expect(signedIn.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^anyforge=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^anyforge-browser=\S+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect(signedIn.body).toMatchObject({ person: { username: 'root', role: 'administrator' } });
    expect(signedIn.text).not.toContain(/anyforge=([\w-]+)/.exec(cookieOf(signedIn))?.[1]);
    const mine = withCookie(cookieOf(signedIn));
    expect((await mine.get('/api/v1/session')).body).toMatchObject({
      person: { username: 'root', via: 'session' },
    });
    const out = await mine.delete('/api/v1/session');
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()).toEqual([expect.stringMatching(/^anyforge=; Max-Age=0; /)]);
    expect((await mine.get('/api/v1/session')).body).toEqual({ person: null });
    expect(await mine.get('/api/v1/account')).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
  });

  it('are told nothing that helps to guess', async () => {
    const [password, username] = [
      await signIn('root', 'a wrong password'),
      await signIn('nobody', 'a wrong password'),
    ];
    for (const refused of [password, username])
      expect(refused).toMatchObject({ status: 401, body: { code: 'wrong_credentials' } });
    const words = ({ body }: { readonly body: unknown }) =>
      z.object({ detail: z.string() }).parse(body).detail;
    expect(words(password)).toBe(words(username));
    expect(password.headers.getSetCookie()).toEqual([]);
  });

  it('can change nothing with a cookie from anywhere but a page of the server', async () => {
    const cookie = cookieOf(await signIn());
    const from = (headers: Record<string, string>) =>
      new ApiClient(server.url, { cookie, ...headers }).patch('/api/v1/account', { displayName: 'Root' });
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: server.url },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ]) {
      expect(await from(headers)).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
    }
    for (const headers of [page(), { 'sec-fetch-site': 'same-origin' }])
      expect(await from(headers)).toMatchObject({ status: 200 });
    expect(await new ApiClient(server.url, { cookie }).get('/api/v1/account')).toMatchObject({ status: 200 });
  });

  it('can’t be signed in as somebody else by another site', async () => {
    const foreign = await anybody.post(
      '/api/v1/session',
      { username: 'root', password: testPassword },
      { origin: 'https://evil.example' },
    );
    expect(foreign).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
    const form = new URLSearchParams({ username: 'root', password: testPassword });
    expect(await anybody.send('POST', '/api/v1/session', { body: form })).toMatchObject({ status: 415 });
  });

  it('are known by an API token alone when there is one, and by no cookie beside a bad one', async () => {
    const { token } = issued.parse(
      (await server.api.post('/api/v1/api-tokens', { name: 'beside', scopes: ['read'] })).body,
    );
    const both = (authorization: string) => server.api.get('/api/v1/session', { authorization });
    expect((await both(`Bearer ${token}`)).body).toMatchObject({
      person: { via: 'api_token', scopes: ['read'] },
    });
    expect((await both(`bearer  ${token}`)).status).toBe(200);
    for (const authorization of ['Bearer anyforge_wrong', 'Bearer', `Basic ${token}`, token]) {
      const refused = await both(authorization);
      expect(refused).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
      expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    }
  });

  it('give programs what they need and no more', async () => {
    const made = await server.api.post('/api/v1/api-tokens', {
      name: 'CI',
      scopes: ['read'],
      expiresInDays: 7,
    });
    const { token, apiToken } = issued.parse(made.body);
    expect(made.status).toBe(201);
    const program = new ApiClient(server.url, { authorization: `Bearer ${token}` });
    expect((await program.get('/api/v1/account')).status).toBe(200);
    for (const refused of [
      await program.post('/api/v1/syncs'),
      await program.get('/api/v1/people'),
      await program.get('/api/v1/api-tokens'),
      await program.post('/api/v1/api-tokens', { name: 'more', scopes: ['manage'] }),
      await program.patch('/api/v1/account', { displayName: 'x' }),
      await program.delete('/api/v1/session'),
      await program.get('/api/v1/sessions'),
    ]) {
      expect(refused).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    }
    const listed = await server.api.get('/api/v1/api-tokens');
    expect(listed.text).toContain('CI');
    expect(listed.text).not.toContain(token);
    expect((await server.api.delete(`/api/v1/api-tokens/${apiToken.id}`)).status).toBe(204);
    expect((await program.get('/api/v1/account')).status).toBe(401);
  });

  it('are invited with a link to the public address, and join with it', async () => {
    const created = await server.api.post('/api/v1/people', { username: 'Grace', displayName: 'Grace H.' });
    const { person, link } = invited.parse(created.body);
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe(`/api/v1/people/${person.id}`);
    expect(link.url).toMatch(new RegExp(`^${server.publicUrl}/choose-password#`));
    const token = tokenIn(created.body);
    expect((await anybody.post('/api/v1/password-links/inspect', { token })).body).toMatchObject({
      purpose: 'invitation',
      username: 'Grace',
    });
    const joined = await anybody.post('/api/v1/password-links/use', { token, password: testPassword });
    expect(joined).toMatchObject({ status: 201, body: { person: { username: 'Grace', status: 'active' } } });
    expect(await anybody.post('/api/v1/password-links/use', { token, password: testPassword })).toMatchObject(
      {
        status: 410,
        body: { code: 'link_expired' },
      },
    );
    const grace = withCookie(cookieOf(joined));
    expect(await grace.get('/api/v1/people')).toMatchObject({ status: 403 });
    expect(await server.api.post('/api/v1/people', { username: 'grace' })).toMatchObject({
      status: 409,
      body: { code: 'duplicate_name' },
    });

    const reset = await server.api.post(`/api/v1/people/${person.id}/password-reset`);
    expect(reset).toMatchObject({ status: 200, body: { person: { status: 'awaiting_password' } } });
    expect((await grace.get('/api/v1/account')).status).toBe(401);
    expect((await signIn('grace')).status).toBe(401);
    const again = { token: tokenIn(reset.body), password: 'another good password' };
    expect((await anybody.post('/api/v1/password-links/use', again)).status).toBe(201);
    expect((await signIn('grace', 'another good password')).status).toBe(201);

    const promoted = await server.api.patch(`/api/v1/people/${person.id}`, { role: 'administrator' });
    expect(promoted).toMatchObject({ status: 200, body: { role: 'administrator' } });
    expect((await server.api.delete(`/api/v1/people/${person.id}`)).status).toBe(204);
    expect((await server.api.get(`/api/v1/people/${person.id}`)).status).toBe(404);
  });

  it('never leave the server without an administrator', async () => {
    const { body } = await server.api.get('/api/v1/account');
    const { id } = z.object({ id: z.string() }).parse(body);
    for (const refused of [
      await server.api.patch(`/api/v1/people/${id}`, { role: 'member' }),
      await server.api.delete(`/api/v1/people/${id}`),
    ]) {
      expect(refused).toMatchObject({ status: 409, body: { code: 'last_administrator' } });
    }
  });

  it('see their browsers, and sign them out', async () => {
    const member = await server.newMember('lin');
    const elsewhere = withCookie(cookieOf(await signIn('lin')));
    const { items } = sessions.parse((await member.get('/api/v1/sessions')).body);
    expect(items.map(({ current }) => current).toSorted()).toEqual([false, true]);
    const other = items.find(({ current }) => !current)?.id ?? '';
    expect((await server.api.delete(`/api/v1/sessions/${other}`)).status).toBe(404);
    expect((await member.delete(`/api/v1/sessions/${other}`)).status).toBe(204);
    expect((await elsewhere.get('/api/v1/account')).status).toBe(401);
    await signIn('lin');
    expect((await member.delete('/api/v1/sessions')).body).toEqual({ ended: 1 });
  });

  it('change their password, and go on in this browser with another cookie', async () => {
    const member = await server.newMember('mei');
    const before = cookieOf(await signIn('mei'));
    const changed = await withCookie(before).put('/api/v1/account/password', {
      currentPassword: testPassword,
      newPassword: 'another good password',
    });
    expect(changed.status).toBe(204);
    expect((await withCookie(before).get('/api/v1/account')).status).toBe(401);
    expect((await member.get('/api/v1/account')).status).toBe(401);
    expect((await withCookie(cookieOf(changed)).get('/api/v1/account')).status).toBe(200);
    expect(
      await withCookie(cookieOf(changed)).put('/api/v1/account/password', {
        currentPassword: 'wrong',
        newPassword: 'another good password',
      }),
    ).toMatchObject({ status: 422, body: { fields: [{ path: 'currentPassword' }] } });
  });

  it('leave no password, cookie, token or link in the log', async () => {
    const log = server.logLines.join('');
    const signedIn = await signIn();
    const created = await server.api.post('/api/v1/people', { username: 'quiet' });
    const token = tokenIn(created.body);
    await anybody.post('/api/v1/password-links/inspect', { token });
    expect(log.length).toBeGreaterThan(0);
    for (const secret of [testPassword, token, cookieOf(signedIn).split('=')[1] ?? ''])
      expect(server.logLines.join('')).not.toContain(secret);
  });
});

describe('signing in too often', () => {
  it('is refused with the time to try again, and keeps nobody out who has signed in here before', async () => {
    const server = await startTestServer();
    try {
      const anybody = new ApiClient(server.url);
      const guess = () => anybody.post('/api/v1/session', { username: 'root', password: 'a wrong password' });
      for (let count = 0; count < 20; count += 1) expect((await guess()).status).toBe(401);
      const refused = await guess();
      expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
      const retryAfter = Date.parse(refused.headers.get('retry-after') ?? '') - Date.now();
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(15 * 60_000);
      const known = await server.api.post('/api/v1/session', { username: 'root', password: testPassword });
      expect(known.status).toBe(201);
    } finally {
      await server.close();
    }
  });
});

describe('a server that others get to', () => {
  const settings = { publicUrl: 'https://anyforge.example.com/forge', loopbackOnly: false };

  it('has cookies that only https brings back', async () => {
    const server = await startTestServer({ settings });
    try {
      const anybody = new ApiClient(server.api.url);
      const root = await anybody.post('/api/v1/session', { username: 'root', password: testPassword });
      expect(root.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^__Host-anyforge=\S+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
        expect.stringMatching(/^__Host-anyforge-browser=\S+; .*Secure/),
      ]);
      const planted = new ApiClient(server.api.url, { cookie: cookieOf(root).replaceAll('__Host-', '') });
      expect((await planted.get('/api/v1/session')).body).toEqual({ person: null });
      const { link } = invited.parse((await server.api.post('/api/v1/people', { username: 'ada' })).body);
      expect(link.url).toMatch(/^https:\/\/anyforge\.example\.com\/forge\/choose-password#/);
    } finally {
      await server.close();
    }
  });

  it('takes the set-up code on the first visit', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anyforge-people-'));
    const dataDirectory = join(folder, 'data');
    const server = await startServer(
      {
        ...readSettings({ PORT: '0', LOG_LEVEL: 'silent' }),
        dataDirectory,
        databaseUrl: await testDatabaseUrl(dataDirectory),
        ...settings,
      },
      { logger: pino({ level: 'silent' }), clock: systemClock },
    );
    try {
      const visitor = new ApiClient(`${server.url}/forge`);
      expect((await visitor.get('/api/v1/setup')).body).toEqual({ needed: true, codeRequired: true });
      const visit = (code?: string) =>
        visitor.post('/api/v1/setup', { username: 'root', password: testPassword, code });
      expect(await visit()).toMatchObject({ status: 403, body: { code: 'wrong_set_up_code' } });
      expect(await visit('guessed')).toMatchObject({ status: 403 });
      expect(await visit(server.setUpCode)).toMatchObject({ status: 201 });
      expect(await visit(server.setUpCode)).toMatchObject({ status: 409, body: { code: 'already_set_up' } });
    } finally {
      await server.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('the first visit', () => {
  it('makes one administrator, however many come at once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anyforge-people-'));
    const dataDirectory = join(folder, 'data');
    const server = await startServer(
      {
        ...readSettings({ PORT: '0', LOG_LEVEL: 'silent' }),
        dataDirectory,
        databaseUrl: await testDatabaseUrl(dataDirectory),
      },
      { logger: pino({ level: 'silent' }), clock: systemClock },
    );
    try {
      const visitor = new ApiClient(server.url);
      const visits = await Promise.all(
        Array.from({ length: 50 }, (_, visit) =>
          visitor.post('/api/v1/setup', { username: `root-${String(visit)}`, password: testPassword }),
        ),
      );
      const statuses = visits.map(({ status }) => status);
      expect(statuses.filter((status) => status === 201)).toHaveLength(1);
      expect(statuses.filter((status) => status === 409)).toHaveLength(49);
    } finally {
      await server.close();
      await rm(folder, { recursive: true });
    }
  });
});
