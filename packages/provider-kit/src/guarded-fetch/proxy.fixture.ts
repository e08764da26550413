import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { testCertificate, testKey } from './test-authority.fixture.js';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Duplex>();
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('it does not listen on a port');
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A server whose certificate is signed by the test authority. */
export function secureServer(
  handler: Parameters<typeof createSecureServer>[1] = (_, response) => response.end(),
): Server {
  return createSecureServer({ key: testKey, cert: testCertificate }, handler);
}

export interface TestProxy extends Listening {
  /** What it was asked to connect to, in order. */
  readonly asked: { readonly authority: string; readonly authorization: string | undefined }[];
  /** What it answers; 200 connects to that port of this machine, whatever the name. */
  status: number;
}

/** A proxy that knows CONNECT and nothing else. */
export async function startProxy(server: Server = createServer()): Promise<TestProxy> {
  const asked: TestProxy['asked'] = [];
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const authority = request.url ?? '';
    asked.push({ authority, authorization: request.headers['proxy-authorization'] });
    if (proxy.status !== 200) {
      client.end(`HTTP/1.1 ${proxy.status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const target = connect(Number(authority.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    for (const [one, other] of [
      [client, target],
      [target, client],
    ] as const)
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
  });
  const proxy: TestProxy = { ...(await listen(server)), asked, status: 200 };
  return proxy;
}
