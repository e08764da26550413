import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Hub } from '@anyforge/hub';
import { systemClock } from '@anyforge/provider-kit';
import { pino } from 'pino';
import { createApp } from '../app.js';
import { HttpListener } from '../http-listener.js';
import type { RawAnswer } from '../raw-request.fixture.js';
import { askPort } from '../raw-request.fixture.js';
import type { BuiltPage } from './web-page.fixture.js';
import { buildPage } from './web-page.fixture.js';
import { readWebPage } from './web-page.js';

let built: BuiltPage;
beforeAll(async () => {
  built = await buildPage();
});
afterAll(() => built.remove());

const listeners: HttpListener[] = [];
afterEach(() => Promise.all(listeners.splice(0).map((listener) => listener.close())));

type Ask = (path: string, headers?: Readonly<Record<string, string>>, method?: string) => Promise<RawAnswer>;

/** A server with a page, whose hub has nothing to say. */
async function serve(publicUrl?: string): Promise<{ ask: Ask; logged: string[]; origin: string }> {
  const listener = await HttpListener.listen({ host: '127.0.0.1', port: 0 });
  listeners.push(listener);
  const { port } = listener;
  const logged: string[] = [];
  const own = publicUrl ?? `http://localhost:${port}`;
  listener.answerWith(
    createApp({
      hub: {} as unknown as Hub,
      page: await readWebPage(built.directory),
      logger: pino({ level: 'debug' }, { write: (line: string) => logged.push(line) }),
      clock: systemClock,
      publicUrl: own,
      trustProxy: 0,
      loopbackPort: port,
      stopping: new AbortController().signal,
    }),
  );
  const { host, origin } = new URL(own);
  const ask: Ask = (path, headers = {}, method = 'GET') =>
    askPort(port, { path, method, headers: { host, ...headers } });
  return { ask, logged, origin };
}

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

describe('the document of the page', () => {
  it.each(['/', '/repositories', '/git-providers/0195', '/sign-in', '/health', '/some.where', '/set-up?x=y'])(
    'is what a browser is shown at %s',
    async (path) => {
      const { ask } = await serve();
      const { status, headers, text } = await ask(path, browser);
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toContain('<div id="root">');
    },
  );

  it.each([
    ['http://localhost', '/', '/'],
    ['https://forge.example.com/any/path', '/any/path/', '/any/path/repositories'],
  ])('of %s names %s as its base', async (publicUrl, base, path) => {
    const { text } = await (await serve(publicUrl)).ask(path, browser);
    expect(text).toContain(`<base href="${base}" />`);
  });

  it('has a nonce of its own in every answer, which its policy names for styles alone', async () => {
    const { ask } = await serve();
    const answers = [await ask('/', browser), await ask('/', browser)];
    const nonces = answers.map(({ headers, text }) => {
      const nonce = /style-src 'self' 'nonce-([\w+/=]{24})'/.exec(
        headers['content-security-policy']?.toString() ?? '',
      )?.[1];
      expect(text).toContain(`<meta property="csp-nonce" nonce="${nonce ?? 'none'}">`);
      expect(text).not.toContain('NONCE-OF-THIS-ANSWER');
      return nonce;
    });
    expect(new Set(nonces).size).toBe(2);
  });

  it('may run nothing but scripts of this server, load nothing of another, and be in no frame', async () => {
    const { headers } = await (await serve()).ask('/', browser);
    const policy = String(headers['content-security-policy']).replace(/nonce-[\w+/=]+/, 'nonce-…');
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-…'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "base-uri 'self'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  it('is no answer to programs, but at the root', async () => {
    const { ask } = await serve();
    expect(await ask('/', { accept: '*/*' })).toMatchObject({ status: 200 });
    for (const path of ['/repositories', '/apiv1/session', '/favicon.ico']) {
      const { status, headers } = await ask(path, { accept: '*/*' });
      expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
    }
  });

  it.each(['/api', '/api/v1/nothing', '/oauth/nothing', '/assets/index-old.js', '/assets/'])(
    'is no answer to anybody at %s',
    async (path) => {
      const { status, headers, text } = await (await serve()).ask(path, browser);
      expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
      expect(text).toContain('The page is at');
    },
  );

  it('is sent to nobody who wants to change something', async () => {
    const { ask } = await serve();
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect(await ask('/repositories', browser, method)).toMatchObject({ status: 404 });
  });

  it('is looked at without being sent', async () => {
    const { ask } = await serve();
    const { status, headers, text } = await ask('/repositories', browser, 'HEAD');
    expect([status, text]).toEqual([200, '']);
    expect(Number(headers['content-length'])).toBeGreaterThan(100);
  });
});

describe('the place at which people have to be', () => {
  it('is the public address: from another name of this machine they are sent there', async () => {
    const { ask, origin } = await serve();
    const local = { ...browser, host: origin.replace('http://localhost', '127.0.0.1') };
    const { status, headers } = await ask('/repositories?search=a%20b', local);
    expect([status, headers.location]).toEqual([307, `${origin}/repositories?search=a%20b`]);
    const { headers: again } = await ask('//evil.example/x', local);
    expect(again.location).toBe(`${origin}//evil.example/x`);
  });

  it('has a slash at the end of its path', async () => {
    const { ask } = await serve('https://forge.example.com/any');
    const { status, headers } = await ask('/any?x=1', browser);
    expect([status, headers.location]).toEqual([307, 'https://forge.example.com/any/?x=1']);
  });

  it('is below its path only', async () => {
    const { ask } = await serve('https://forge.example.com/any');
    for (const path of ['/', '/anywhere', '/ANY/', '/repositories', '/assets/index-B1x.js'])
      expect(await ask(path, browser)).toMatchObject({ status: 404 });
  });
});

describe('a file of the page', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br', 'in Brotli'],
    ['gzip, deflate', 'gzip', 'in gzip'],
    ['br;q=0, gzip;q=0', undefined, 'import("./other-C2y.js")'],
  ])('for whoever takes %s comes in %s', async (accepted, encoding, expected) => {
    const { ask } = await serve();
    const { status, headers, text } = await ask('/assets/index-B1x.js', { 'accept-encoding': accepted });
    expect([status, headers['content-encoding'], text]).toEqual([200, encoding, expected]);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'Accept-Encoding',
    });
  });

  it('that was not compressed comes as it is, also where its name may stay the same', async () => {
    const { ask } = await serve();
    const { headers, text } = await ask('/icon.svg', { 'accept-encoding': 'br' });
    expect(headers).toMatchObject({
      'cache-control': 'public, no-cache',
      'content-type': 'image/svg+xml',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect([headers['content-encoding'], text]).toEqual([undefined, expect.stringContaining('<svg')]);
  });

  it('that is as it was seen is not sent again', async () => {
    const { ask } = await serve();
    const { headers } = await ask('/icon.svg');
    const again = await ask('/icon.svg', { 'if-none-match': headers.etag ?? '' });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/assets\\..\\..\\secret.js',
    '/.hidden/secret.js',
    '/.env',
    '/assets/index-B1x.js.br',
    '/index.html%00.js',
  ])('is nothing outside the page, and nothing hidden: %s', async (path) => {
    const { status, text } = await (await serve()).ask(path);
    expect(status).toBe(404);
    expect(text).not.toMatch(/outside|hidden/);
  });
});

describe('the log', () => {
  it('tells that the page was asked for, and never at which address', async () => {
    const { ask, logged } = await serve();
    await ask('/choose-password/canary-of-the-address', browser);
    await ask('/assets/index-B1x.js');
    const lines = logged.map((line) => JSON.parse(line) as { level: number; route: string });
    expect(lines.map(({ level, route }) => [level, route])).toEqual([
      [30, '/*'],
      [20, '/assets/*'],
    ]);
    expect(logged.join('')).not.toContain('canary');
  });
});
