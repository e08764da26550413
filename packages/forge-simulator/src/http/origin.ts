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

/** Listens on 127.0.0.1, on a free port for 0. @throws Error with `code` when the port cannot be had */
export async function openOrigin(
  listener: (incoming: IncomingMessage, outgoing: ServerResponse, origin: string) => void,
  port = 0,
): Promise<Origin> {
  let url = '';
  const server = createServer((incoming, outgoing) => {
    listener(incoming, outgoing, url);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
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
