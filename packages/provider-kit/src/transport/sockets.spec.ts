import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resolveContext } from '../context.js';
import { createFakeClock } from '../testing/fake-clock.js';
import { failureOf, profile } from './transport.fixture.js';
import type { Transport, TransportOptions } from './transport.js';
import { createTransport } from './transport.js';

type Route = (response: ServerResponse, request: IncomingMessage) => void;

/** What a forge on a bad day does, over real sockets. */
const routes: Readonly<Record<string, Route>> = {
  '/reset': (response) => response.socket?.destroy(),
  '/short': (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"id":');
    response.socket?.end();
  },
  '/endless': (response) => {
    const more = (): void => {
      if (!response.destroyed) response.write('x'.repeat(65_536), more);
    };
    more();
  },
  '/silent': () => undefined,
  '/half': (response) => response.write('{"id":'),
  '/no-http': (response) => response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n'),
};

const closed = new Map<string, Promise<void>>();
const arrived = new Map<string, () => void>();
const server = createServer((request, response) => {
  const path = request.url ?? '';
  closed.set(
    path,
    new Promise((resolve) =>
      request.socket.once('close', () => {
        resolve();
      }),
    ),
  );
  routes[path]?.(response, request);
  arrived.get(path)?.();
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address === 'object' && address !== null) origin = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function arrival(path: string): Promise<void> {
  return new Promise((resolve) => arrived.set(path, resolve));
}

function connect(options: Partial<TransportOptions> = {}): Transport {
  return createTransport({
    provider: 'github',
    origins: [origin],
    profile,
    context: resolveContext(),
    key: 'octocat',
    retries: { failures: 0 },
    ...options,
  });
}

describe('a forge on a bad day', () => {
  it.each([
    ['/reset', 'network', 'closed the connection'],
    ['/short', 'network', 'closed the connection'],
    ['/no-http', 'invalid_response', 'not HTTP'],
  ])('that does %s is told as %s', async (path, kind, words) => {
    const failure = await failureOf(connect().fetch()(`${origin}${path}`));
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain(words);
  });

  it('has its connection closed when its answer is over the cap', async () => {
    const failure = await failureOf(connect({ maxBodyBytes: 100_000 }).fetch()(`${origin}/endless`));
    expect(failure.message).toContain('larger than 100000 bytes');
    await closed.get('/endless');
  });

  it.each(['/silent', '/half'])(
    'has its connection closed when the call is aborted during %s',
    async (path) => {
      const controller = new AbortController();
      const here = arrival(path);
      const answer = connect().fetch({ signal: controller.signal })(`${origin}${path}`);
      answer.catch(() => undefined);
      await here;
      controller.abort('enough');
      await expect(answer).rejects.toBe('enough');
      await closed.get(path);
    },
  );

  it('has its connection closed when it does not answer in time', async () => {
    const clock = createFakeClock();
    const here = arrival('/silent');
    const answer = failureOf(connect({ context: resolveContext({ clock }) }).fetch()(`${origin}/silent`));
    await here;
    await clock.advance(30_000);
    expect((await answer).kind).toBe('timeout');
    await closed.get('/silent');
  });

  it('that is not there is told in words', async () => {
    const unused = createServer();
    await new Promise<void>((resolve) => unused.listen(0, '127.0.0.1', resolve));
    const address = unused.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => unused.close(resolve));
    const nowhere = `http://127.0.0.1:${port}`;
    const failure = await failureOf(connect({ origins: [nowhere] }).fetch()(`${nowhere}/`));
    expect(failure.message).toBe(`127.0.0.1:${port} refused the connection.`);
  });
});
