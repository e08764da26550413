import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One listening address of a simulator. */
export interface Origin {
  /** 'http://127.0.0.1:40123' */
  readonly url: string;
  /** Stops listening and breaks every connection, idle or not. */
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function openOrigin(
  listener: (incoming: IncomingMessage, outgoing: ServerResponse, origin: string) => void,
): Promise<Origin> {
  let url = '';
  const server = createServer((incoming, outgoing) => {
    listener(incoming, outgoing, url);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${addressOf(server).port}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulator is not listening');
  return address;
}
