import { afterEach, describe, expect, it } from '@jest/globals';
import type { Hub } from '@anyforge/hub';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { systemClock } from '@anyforge/provider-kit';
import { pino } from 'pino';
import { createApp } from './app.js';
import { askPort } from './raw-request.fixture.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Serves a hub that fails in a way nobody foresaw. */
async function serve(
  failure: unknown,
  placed: { publicUrl?: string; loopbackPort?: number | undefined } = {},
) {
  const logged: string[] = [];
  const hub = {
    setUp: {
      status: () => {
        throw failure;
      },
    },
  } as unknown as Hub;
  const logger = pino({ level: 'error' }, { write: (line: string) => logged.push(line) });
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  server.on(
    'request',
    createApp({
      hub,
      logger,
      clock: systemClock,
      publicUrl: `http://localhost:${port}`,
      trustProxy: 0,
      loopbackPort: port,
      ...placed,
      stopping: new AbortController().signal,
    }),
  );
  return { port, logged };
}

const get = (port: number, path: string, headers: Record<string, string>) => askPort(port, { path, headers });

describe('a failure that nobody foresaw', () => {
  it('is told to the log with its place in the code, and to nobody else', async () => {
    const failure = Object.assign(new Error('a fault of ours'), { body: '{"token":"ghp_secret"}' });
    const { port, logged } = await serve(failure);
    const answer = await get(port, '/api/v1/setup', { host: `127.0.0.1:${port}` });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('a fault of ours');
    expect(logged.join('')).toContain('a fault of ours');
    expect(logged.join('')).toContain('app.spec.ts');
    expect(logged.join('')).not.toContain('ghp_secret');
  });
});

describe('health', () => {
  it('is told to whoever asks by address, whatever the host is called', async () => {
    const { port } = await serve(undefined, { publicUrl: 'https://forge.example.com/any' });
    const headers = { host: '10.1.2.3:9999', authorization: 'Basic cHJvYmU6' };
    for (const path of ['/health/live', '/any/health/live'])
      expect(await get(port, path, headers)).toMatchObject({ status: 200 });
  });
});

describe('the names that the server answers to', () => {
  const behindProxy = { publicUrl: 'https://forge.example.com/any', loopbackPort: undefined };

  it.each([
    ['localhost', { publicUrl: 'http://localhost', loopbackPort: 80 }, 404],
    ['LOCALHOST:4400', { publicUrl: 'http://localhost:4400', loopbackPort: 4400 }, 404],
    ['[::1]:4400', { publicUrl: 'http://localhost:4400', loopbackPort: 4400 }, 404],
    ['127.0.0.1:4400', { publicUrl: 'https://forge.example.com', loopbackPort: 4400 }, 404],
    ['127.0.0.1:4401', { publicUrl: 'http://localhost:4400', loopbackPort: 4400 }, 421],
    ['localhost.evil.example:4400', { publicUrl: 'http://localhost:4400', loopbackPort: 4400 }, 421],
    ['localhost@evil.example:4400', { publicUrl: 'http://localhost:4400', loopbackPort: 4400 }, 421],
    ['evil.example', { publicUrl: 'http://localhost', loopbackPort: 80 }, 421],
    ['', { publicUrl: 'http://localhost', loopbackPort: 80 }, 421],
    ['forge.example.com', behindProxy, 404],
    ['FORGE.example.com:443', behindProxy, 404],
    ['forge.example.com:8443', behindProxy, 421],
    ['forge.example.com/any', behindProxy, 421],
    ['evil@forge.example.com', behindProxy, 421],
    ['localhost:4400', behindProxy, 421],
    ['127.0.0.1', behindProxy, 421],
  ])('%j, of %j: %d', async (host, placed, status) => {
    const { port } = await serve(undefined, placed);
    expect((await get(port, '/nothing', { host })).status).toBe(status);
  });

  it('are never taken from what a proxy, or somebody in its name, says', async () => {
    const { port } = await serve(undefined, behindProxy);
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'forge.example.com',
      forwarded: 'host=forge.example.com',
    };
    expect((await get(port, '/nothing', headers)).status).toBe(421);
  });

  it('are no help: only pages of the public address may ask', async () => {
    const { port } = await serve(undefined, { publicUrl: 'http://localhost', loopbackPort: 80 });
    for (const origin of ['http://localhost', 'HTTP://LOCALHOST']) {
      expect((await get(port, '/nothing', { host: 'localhost', origin })).status).toBe(404);
    }
    for (const origin of ['null', 'https://localhost', 'http://localhost:81', 'http://127.0.0.1']) {
      expect((await get(port, '/nothing', { host: '127.0.0.1', origin })).status).toBe(403);
    }
  });

  it('are asked from any page at the addresses to which other sites send browsers back, and only below its path', async () => {
    const { port } = await serve(undefined, behindProxy);
    const headers = { host: 'forge.example.com', origin: 'null' };
    // Whatever it is then answered with: this hub cannot answer anything.
    expect((await get(port, '/any/oauth/callback/ours', headers)).status).toBe(500);
    // Sent on from there, a browser tells the same.
    expect((await get(port, '/any/oauth/done', headers)).status).toBe(200);
    for (const path of [
      '/oauth/callback/ours',
      '/any/oauth/callback/',
      '/any/oauth/callback/ours/x',
      '/any/api/v1/session',
    ])
      expect((await get(port, path, headers)).status).toBe(403);
  });
});
