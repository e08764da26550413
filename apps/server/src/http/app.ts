import type { Clock } from '@anyforge/core';
import type { Hub } from '@anyforge/hub';
import type { Express, RequestHandler } from 'express';
import express, { Router } from 'express';
import type { Logger } from 'pino';
import { Cookies } from './cookies.js';
import { guardRequests } from './guard.js';
import { identifyBy } from './identify.js';
import { presentError, RequestProblem } from './problems.js';
import { logRequests } from './request-log.js';
import { createRouter } from './router.js';
import { healthRoutes } from './routes/health.js';
import { rootRoutes, routes } from './routes/index.js';
import { securityHeaders } from './security-headers.js';

/** What an application has before there is a hub. */
export interface FrameParts {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Where people reach the server: an origin with perhaps a path, below which everything is served. */
  readonly publicUrl: string;
  readonly trustProxy: number | readonly string[];
}

export interface AppParts extends FrameParts {
  readonly hub: Hub;
  /** The port at which this machine's own programs reach it; absent: it does not listen on a loopback address. */
  readonly loopbackPort?: number | undefined;
  /** Aborted when the server stops, with what is then told to those whose answer comes bit by bit. */
  readonly stopping: AbortSignal;
}

/** Serves the hub. */
export function createApp(parts: AppParts): Express {
  const { hub, stopping, clock, publicUrl, loopbackPort } = parts;
  const cookies = new Cookies(publicUrl);
  const known = { hub, stopping, clock, cookies, identify: identifyBy({ hub, cookies, publicUrl }) };
  const app = createFrame(parts);
  const health = createRouter(healthRoutes, { ...known, identify: () => Promise.resolve(undefined) });
  serveHealth(app, publicUrl, health);
  app.use(guardRequests({ publicUrl, loopbackPort, routes: rootRoutes }), express.json({ limit: '64kb' }));

  const site = Router({ caseSensitive: true, strict: true });
  site.use('/api/v1', noStore, createRouter(routes, known));
  site.use(createRouter(rootRoutes, known));
  app.use(new URL(publicUrl).pathname, site);
  return endWith(app, () => {
    // The address is not repeated: what was pasted there may be a secret.
    const detail = `There is nothing at this address. The API is under ${publicUrl}/api/v1.`;
    throw new RequestProblem({ code: 'not_found', detail });
  });
}

/** Answers while the hub is being opened: that the process runs, and to everything else that it has to wait. */
export function createStartingApp(parts: FrameParts): Express {
  const app = createFrame(parts);
  const health = Router({ caseSensitive: true, strict: true }).get('/health/live', (_request, response) => {
    response.json({ status: 'ok' });
  });
  serveHealth(app, parts.publicUrl, health);
  return endWith(app, () => {
    throw new RequestProblem({ code: 'starting', detail: 'The server is starting. Ask again in a moment.' });
  });
}

/** Whoever watches over a process asks for its health by address, some below the path and some below none. */
function serveHealth(app: Express, publicUrl: string, health: Router): void {
  for (const mount of new Set(['/', new URL(publicUrl).pathname])) app.use(mount, health);
}

function createFrame({ logger, clock, publicUrl, trustProxy }: FrameParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  // What has a version of its own says so itself; answers are not to be kept anyway.
  app.disable('etag');
  app.set('trust proxy', trustProxy);
  app.use(logRequests({ logger, clock }), securityHeaders(publicUrl));
  return app;
}

function endWith(app: Express, otherwise: RequestHandler): Express {
  return app.use(otherwise).use(presentError);
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
