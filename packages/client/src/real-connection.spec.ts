import { afterEach, describe, expect, it } from '@jest/globals';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { all, refusalOf } from './answers.fixture.js';
import type { Client } from './index.js';
import { createClient } from './index.js';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A client of a server that does this. */
async function clientOf(listener: RequestListener): Promise<Client> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return createClient({ baseUrl: `http://127.0.0.1:${address.port}/api/v1` });
}

const event = (sync: { revision: number; finishedAt?: string }): string =>
  `event: sync\nid: ${sync.revision}\nretry: 1\ndata: ${JSON.stringify(sync)}\n\n`;

describe('a connection that is cut', () => {
  it('is opened again by whoever watches a sync', async () => {
    const asked: (string | undefined)[] = [];
    const client = await clientOf(({ headers, socket }, response) => {
      asked.push(headers['last-event-id']?.toString());
      response.setHeader('content-type', 'text/event-stream');
      if (asked.length > 1) response.end(event({ revision: 2, finishedAt: '2026-11-21T10:00:00.000Z' }));
      else response.write(event({ revision: 1 }), () => socket.destroy());
    });
    expect((await all(client.watchSync('7'))).map(({ revision }) => revision)).toEqual([1, 2]);
    expect(asked).toEqual([undefined, '1']);
  });

  it('fails the test of a draft', async () => {
    const client = await clientOf(({ socket }, response) => {
      response.setHeader('content-type', 'application/x-ndjson');
      response.write('{"kind":"plan","revision":1,"steps":[]}\n', () => socket.destroy());
    });
    expect(await refusalOf(all(client.testDraft('7')))).toMatchObject({
      name: 'ApiUnreachable',
      message: 'The connection was lost before the test had ended. Run it again.',
    });
  });

  it('fails a call in the middle of its answer', async () => {
    const client = await clientOf(({ socket }, response) => {
      response.setHeader('content-type', 'application/json').setHeader('content-length', '100');
      response.write('{"items":[', () => socket.destroy());
    });
    expect(await refusalOf(client.GET('/syncs'))).toMatchObject({ name: 'ApiUnreachable' });
  });
});

describe('a connection that nobody wants any more', () => {
  it('is closed when the call is aborted, which rejects with the reason', async () => {
    const controller = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    const client = await clientOf(({ socket }) => {
      closed = new Promise((resolve) => socket.once('close', resolve));
      controller.abort(new Error('typed on'));
    });
    const refusal = refusalOf(client.GET('/syncs', { signal: controller.signal }));
    expect(await refusal).toMatchObject({ message: 'typed on' });
    await closed;
  });

  it('is closed when the test of a draft is aborted, which rejects with the reason', async () => {
    const controller = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    const client = await clientOf(({ socket }, response) => {
      closed = new Promise((resolve) => socket.once('close', resolve));
      response.setHeader('content-type', 'application/x-ndjson');
      response.write('{"kind":"plan","revision":1,"steps":[]}\n');
    });
    const lines = client.testDraft('7', { signal: controller.signal })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toMatchObject({ kind: 'plan' });
    const refusal = refusalOf(lines.next());
    controller.abort(new Error('typed on'));
    expect(await refusal).toMatchObject({ message: 'typed on' });
    await closed;
  });

  it('is closed when the caller stops to iterate', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const client = await clientOf(({ socket }, response) => {
      closed = new Promise((resolve) => socket.once('close', resolve));
      response.setHeader('content-type', 'text/event-stream').write(event({ revision: 1 }));
    });
    for await (const { revision } of client.watchSync('7')) if (revision === 1) break;
    await closed;
  });
});
