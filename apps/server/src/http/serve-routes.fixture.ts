import type { Clock } from '@anyforge/core';
import type { Caller, Hub } from '@anyforge/hub';
import { HubError } from '@anyforge/hub';
import { systemClock } from '@anyforge/provider-kit';
import express from 'express';
import { once, setMaxListeners } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { pino } from 'pino';
import { z } from 'zod';
import { Cookies } from './cookies.js';
import type { Identify } from './identify.js';
import { presentError } from './problems.js';
import { logRequests } from './request-log.js';
import type { Route } from './route.js';
import { createRouter } from './router.js';

/** A member who has signed in. */
export const ada: Caller = {
  personId: 'ada',
  username: 'ada',
  role: 'member',
  via: { kind: 'session', sessionId: 'session' },
};

export interface ServedRoutes {
  readonly url: string;
  /** What was logged, each line parsed. */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  /** Tells those whose answer comes bit by bit that the server stops. */
  stop(): void;
}

export interface ServedOptions {
  /** Who asks, or how that is told each time. */
  readonly caller?: Caller | Identify | undefined;
  readonly trustProxy?: number;
  readonly clock?: Clock;
}

const logLine = z.record(z.string(), z.unknown());

/** Routes of a test, served as the application serves its own, until `closeServed`. */
export async function serveRoutes(
  routes: readonly Route[],
  { caller, trustProxy = 0, clock = systemClock }: ServedOptions = {},
): Promise<ServedRoutes> {
  const logged: Readonly<Record<string, unknown>>[] = [];
  const logger = pino(
    { level: 'debug' },
    { write: (line: string) => logged.push(logLine.parse(JSON.parse(line))) },
  );
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const app = express();
  app.set('trust proxy', trustProxy);
  app.use(logRequests({ logger, clock }), express.json());
  app.use(
    '/api/v1',
    createRouter(routes, {
      hub: {} as Hub,
      cookies: new Cookies('http://localhost'),
      identify: typeof caller === 'function' ? caller : () => Promise.resolve(caller),
      clock,
      stopping: stopping.signal,
    }),
  );
  app.use(presentError);
  const server = createServer(app);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    logged,
    stop: () => {
      stopping.abort(HubError.closed());
    },
  };
}

const servers: Server[] = [];

export function closeServed(): void {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
}
