import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Listening } from './proxy.fixture.js';
import { listen } from './proxy.fixture.js';
import { proxyRefusalCode, proxyUnreachableCode } from './proxy-errors.js';
import { createTunnel } from './tunnel.js';

const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A proxy that does as it is told with whoever asks it for a connection, and a tunnel through it. */
async function setUp(onConnect: (client: Duplex) => void, options: { readonly timeoutMs?: number } = {}) {
  const server = createServer().on('connect', (_request, client: Duplex) => {
    onConnect(client);
  });
  const proxy = await listen(server);
  open.push(proxy);
  return createTunnel({ origin: `http://127.0.0.1:${proxy.port}` }, undefined, options);
}

describe('a tunnel through a proxy', () => {
  it('is given up when the proxy takes the request and does not answer', async () => {
    const tunnel = await setUp(() => undefined, { timeoutMs: 20 });
    await expect(tunnel({ host: 'forge.example', port: 443 })).rejects.toMatchObject({
      code: proxyUnreachableCode,
    });
  });

  it('leaves no connection behind when the proxy refuses it', async () => {
    let closed: Promise<unknown> = Promise.reject(new Error('nobody asked'));
    closed.catch(() => undefined);
    const tunnel = await setUp((client) => {
      closed = new Promise((resolve) => client.on('end', resolve).on('error', resolve).resume());
      client.write('HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n');
    });
    await expect(tunnel({ host: 'forge.example', port: 443 })).rejects.toMatchObject({
      code: proxyRefusalCode,
    });
    await closed;
  });
});
