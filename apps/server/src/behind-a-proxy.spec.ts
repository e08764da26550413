import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@anyforge/provider-kit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { z } from 'zod';
import { HttpListener } from './http/http-listener.js';
import type { RawAnswer, RawRequest } from './http/raw-request.fixture.js';
import { askPort } from './http/raw-request.fixture.js';
import { buildPage } from './http/web-page/web-page.fixture.js';
import type { Server } from './server.js';
import { startServer } from './server.js';
import type { Settings } from './settings.js';
import { readSettings } from './settings.js';
import { ApiClient } from './testing/api-client.js';
import { inBrowser, testPassword } from './testing/sign-in.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';
import { testDatabaseUrl } from './testing/test-database.js';

const sessions = z.object({ items: z.array(z.object({ address: z.string() })) });

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A server that was never visited. */
async function startNew(settings: Partial<Settings> = {}): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-proxy-'));
  closing.push(() => rm(folder, { recursive: true }));
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
  closing.push(() => server.close());
  return server;
}

async function startUsed(settings: Partial<Settings>): Promise<TestServer> {
  const server = await startTestServer({ settings });
  closing.push(() => server.close());
  return server;
}

function signIn({ url }: TestServer, password: string, headers: Readonly<Record<string, string>>) {
  return new ApiClient(url).post('/api/v1/session', { username: 'root', password }, headers);
}

describe('the first visit', () => {
  it.each([
    ['X-Forwarded-For', '203.0.113.7'],
    ['X-Forwarded-Proto', 'https'],
    ['Forwarded', 'for=203.0.113.7'],
    ['Via', '1.1 proxy'],
  ])('is refused through a proxy that the server was not told of: %s', async (name, value) => {
    const { url } = await startNew();
    const visitor = new ApiClient(url);
    const input = { username: 'root', password: testPassword };
    const refused = await visitor.post('/api/v1/setup', input, { [name]: value });
    expect(refused).toMatchObject({ status: 403, body: { code: 'wrong_set_up_code' } });
    expect(refused.text).toContain('PUBLIC_URL');
    expect(await visitor.post('/api/v1/setup', input)).toMatchObject({ status: 201 });
    expect(await visitor.post('/api/v1/setup', input, { [name]: value })).toMatchObject({ status: 409 });
  });

  it('takes the code through one that it was told of', async () => {
    const { trustProxy, loopbackOnly, publicUrl } = readSettings({
      PUBLIC_URL: 'http://localhost:4400',
      TRUST_PROXY: '1',
    });
    const server = await startNew({ trustProxy, loopbackOnly, publicUrl });
    const visit = (code?: string) =>
      new ApiClient(server.url).post(
        '/api/v1/setup',
        { username: 'root', password: testPassword, code },
        { 'X-Forwarded-For': '203.0.113.7' },
      );
    expect(await visit()).toMatchObject({ status: 403, body: { code: 'wrong_set_up_code' } });
    expect(await visit(server.setUpCode)).toMatchObject({ status: 201 });
  });
});

describe('the address that somebody asks from', () => {
  it.each([
    [1, ['198.51.100.9', '203.0.113.7']],
    [0, ['127.0.0.1', '127.0.0.1']],
  ])('with %d trusted proxies is in the list of sessions: %j', async (trustProxy, expected) => {
    const server = await startUsed({ trustProxy });
    await server.api.delete('/api/v1/sessions');
    const first = await signIn(server, testPassword, { 'X-Forwarded-For': '203.0.113.7' });
    await signIn(server, testPassword, { 'X-Forwarded-For': '203.0.113.7, 198.51.100.9' });
    const { items } = sessions.parse((await inBrowser(server, first).get('/api/v1/sessions')).body);
    // The administrator's own session, which the server was set up in, comes straight from this machine.
    expect(items.map(({ address }) => address).toSorted()).toEqual([...expected, '127.0.0.1'].toSorted());
  });

  it.each([
    [1, 401],
    [0, 429],
  ])('with %d trusted proxies decides who has tried too often: %d', async (trustProxy, status) => {
    const server = await startUsed({ trustProxy });
    // Each a username of its own: only the address is counted.
    const guess = (username: string, address: string) =>
      new ApiClient(server.url).post(
        '/api/v1/session',
        { username, password: 'a wrong password' },
        { 'X-Forwarded-For': address },
      );
    for (let count = 0; count < 60; count += 1) await guess(`nobody-${String(count)}`, '203.0.113.7');
    expect(await guess('somebody', '203.0.113.7')).toMatchObject({ status: 429 });
    expect(await guess('somebody', '198.51.100.9')).toMatchObject({ status });
  });
});

describe('the page behind a proxy that takes https, below a path', () => {
  const publicUrl = 'https://forge.example.com/any/path';
  /** What such a proxy hands on: the path and the Host as they came, and what it knows besides. */
  const handedOn = {
    host: 'forge.example.com',
    'x-forwarded-for': '203.0.113.7',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-prefix': '/evil',
  };

  async function startWithPage(): Promise<(parts: RawRequest) => Promise<RawAnswer>> {
    const page = await buildPage();
    closing.push(() => page.remove());
    const settings = { publicUrl, trustProxy: 1, loopbackOnly: false };
    const server = await startTestServer({ settings, pageDirectory: page.directory });
    closing.push(() => server.close());
    const port = Number(new URL(server.url).port);
    return ({ headers, ...parts }) => askPort(port, { ...parts, headers: { ...handedOn, ...headers } });
  }

  it('loads what it needs from there, and browsers keep to https', async () => {
    const ask = await startWithPage();
    const { status, headers, text } = await ask({
      path: '/any/path/git-providers/0195',
      headers: { accept: 'text/html' },
    });
    expect([status, headers['strict-transport-security']]).toEqual([200, 'max-age=31536000']);
    const [, base = ''] = /<base href="([^"]*)"/.exec(text) ?? [];
    const [, source = ''] = /<script[^>]* src="([^"]*)"/.exec(text) ?? [];
    const script = new URL(source, new URL(base, publicUrl));
    expect(script.origin).toBe('https://forge.example.com');
    expect(await ask({ path: script.pathname })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    });
    expect(text).not.toContain('evil');
  });

  it('is where people sign in: their cookie is for https and this host alone', async () => {
    const ask = await startWithPage();
    const signIn = (origin: string) =>
      ask({
        path: '/any/path/api/v1/session',
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ username: 'root', password: testPassword }),
      });
    const { status, headers } = await signIn('https://forge.example.com');
    expect([status, headers['set-cookie']]).toEqual([
      201,
      expect.arrayContaining([expect.stringMatching(/^__Host-anyforge=.*; Path=\/; HttpOnly; Secure/)]),
    ]);
    expect(await signIn('http://forge.example.com')).toMatchObject({ status: 403 });
  });
});

describe('signing in where somebody is signed in', () => {
  it('ends the session before', async () => {
    const server = await startUsed({});
    const before = inBrowser(server, await signIn(server, testPassword, {}));
    const again = await before.post('/api/v1/session', { username: 'root', password: testPassword });
    expect(await before.get('/api/v1/account')).toMatchObject({ status: 401 });
    expect(await inBrowser(server, again).get('/api/v1/account')).toMatchObject({ status: 200 });
  });
});

describe('proxies that nobody can trust', () => {
  it('end the start, and leave nobody at the port', async () => {
    const listener = await HttpListener.listen({ host: '127.0.0.1', port: 0 });
    await listener.close();
    const { port } = listener;
    await expect(startNew({ port, trustProxy: ['0.0.0.0/0'] })).rejects.toThrow('invalid range');
    const next = await HttpListener.listen({ host: '127.0.0.1', port });
    await next.close();
  });
});
