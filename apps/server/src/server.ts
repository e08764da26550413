import type { Server as HttpServer } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Effects } from './composition.js';
import { openApplication } from './composition.js';
import { createApp } from './http/app.js';
import type { Settings } from './settings.js';

export interface Server {
  readonly url: string;
  /** Resolves when the server cannot go on: its database is gone. */
  readonly failed: Promise<Error>;
  /** Answers what is being asked, lets syncs go back to the queue, and lets go of the data folder. */
  close(): Promise<void>;
}

/** How long requests that are being answered may take when the server stops. */
const graceMs = 5_000;

/**
 * Opens the data folder and listens.
 *
 * @throws HubError when the data folder cannot be used. @throws Error with `code` when the port cannot.
 */
export async function startServer(settings: Settings, effects: Effects): Promise<Server> {
  const hub = await openApplication(settings, effects);
  const http = createServer();
  http.on('request', createApp({ hub, logger: effects.logger, port: () => portOf(http) }));
  try {
    await listen(http, settings);
  } catch (error) {
    await hub.close();
    throw error;
  }
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return {
    url: `http://${host}:${portOf(http)}`,
    failed: hub.failed,
    close: async () => {
      const stopped = stop(http);
      hub.stopWatching();
      await stopped;
      await hub.close();
    },
  };
}

function listen(http: HttpServer, { host, port }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen({ host, port }, () => {
      http.off('error', reject);
      resolve();
    });
  });
}

function portOf(http: HttpServer): number {
  const address = http.address() as AddressInfo;
  return address.port;
}

function stop(http: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      http.closeAllConnections();
    }, graceMs);
    http.close(() => {
      clearTimeout(force);
      resolve();
    });
    http.closeIdleConnections();
  });
}
