import type { Hub } from '@anyforge/hub';
import type { Express, RequestHandler } from 'express';
import express, { Router } from 'express';
import { Cookies } from './cookies.js';
import type { FrameParts } from './frame.js';
import { createFrame, endWith } from './frame.js';
import { guardRequests } from './guard.js';
import { identifyBy } from './identify.js';
import { showStarting } from './pages/starting-page.js';
import { RequestProblem } from './problems.js';
import { createRouter } from './router.js';
import { healthRoutes } from './routes/health.js';
import { rootRoutes, routes } from './routes/index.js';
import { serveWebPage } from './web-page/serve-web-page.js';
import type { WebPage } from './web-page/web-page.js';

export interface AppParts extends FrameParts {
  readonly hub: Hub;
  /** Absent: there is only the API. */
  readonly page?: WebPage | undefined;
  /** The port at which this machine's own programs reach it; absent: it does not listen on a loopback address. */
  readonly loopbackPort?: number | undefined;
  /** Aborted when the server stops, with what is then told to those whose answer comes bit by bit. */
  readonly stopping: AbortSignal;
}

/** Serves the hub. */
export function createApp(parts: AppParts): Express {
  const { hub, page, stopping, clock, publicUrl, loopbackPort } = parts;
  const cookies = new Cookies(publicUrl);
  const known = { hub, stopping, clock, cookies, identify: identifyBy({ hub, cookies, publicUrl }) };
  const app = createFrame(parts);
  const health = createRouter(healthRoutes, { ...known, identify: () => Promise.resolve(undefined) });
  serveHealth(app, publicUrl, health);
  app.use(guardRequests({ publicUrl, loopbackPort, routes: rootRoutes }), express.json({ limit: '64kb' }));

  const site = Router({ caseSensitive: true, strict: true });
  site.use('/api/v1', noStore, createRouter(routes, known));
  site.use(createRouter(rootRoutes, known));
  if (page !== undefined) site.use(serveWebPage({ page, publicUrl }));
  app.use(new URL(publicUrl).pathname, site);
  return endWith(app, () => {
    // The address is not repeated: what was pasted there may be a secret.
    const api = `${publicUrl}/api/v1`;
    const rest =
      page === undefined ? `The API is under ${api}.` : `The page is at ${publicUrl}/, the API under ${api}.`;
    const detail = `There is nothing at this address. ${rest}`;
    throw new RequestProblem({ code: 'not_found', detail });
  });
}

/**
 * Answers while the hub is being opened: that the process runs, and to everything else that it has to wait. Browsers
 * are shown that, and ask again by themselves.
 */
export function createStartingApp(parts: FrameParts): Express {
  const app = createFrame(parts);
  const health = Router({ caseSensitive: true, strict: true }).get('/health/live', (_request, response) => {
    response.json({ status: 'ok' });
  });
  serveHealth(app, parts.publicUrl, health);
  app.use(showStarting);
  return endWith(app, () => {
    throw new RequestProblem({ code: 'starting', detail: 'The server is starting. Ask again in a moment.' });
  });
}

/** Whoever watches over a process asks for its health by address, some below the path and some below none. */
function serveHealth(app: Express, publicUrl: string, health: Router): void {
  for (const mount of new Set(['/', new URL(publicUrl).pathname])) app.use(mount, health);
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
