import type { Clock } from '@anyforge/core';
import type { Hub } from '@anyforge/hub';
import type { Express, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { createFrame, endWith } from '../http/frame.js';
import { RequestProblem } from '../http/problems.js';

export interface MetricsAppParts {
  readonly logger: Logger;
  readonly clock: Clock;
  readonly registry: Registry;
  /** Undefined until it is open. */
  readonly hub: () => Pick<Hub, 'ready'> | undefined;
}

/**
 * Serves `/metrics` in the text format of Prometheus, `/health/live` and `/health/ready`. Whoever gets here is let in, by
 * whatever name: it listens where nobody but those who watch over the process gets to.
 */
export function createMetricsApp({ logger, clock, registry, hub }: MetricsAppParts): Express {
  const app = createFrame({ logger, clock, publicUrl: 'http://localhost', trustProxy: 0 });
  const at = (path: string, answer: RequestHandler): void => {
    app.get(path, (request, response, next) => {
      request.pattern = path;
      response.set('Cache-Control', 'no-store');
      return answer(request, response, next);
    });
  };
  at('/metrics', async (_request, response) => {
    const text = await registry.metrics();
    response.set('Content-Type', registry.contentType).send(text);
  });
  at('/health/live', (_request, response) => {
    response.json({ status: 'ok' });
  });
  at('/health/ready', async (_request, response) => {
    const open = hub();
    if (open === undefined) {
      throw new RequestProblem({
        code: 'starting',
        detail: 'The process is starting. Ask again in a moment.',
      });
    }
    await open.ready();
    response.json({ status: 'ok' });
  });
  return endWith(app, () => {
    const detail = 'There is nothing at this address, but at /metrics, /health/live and /health/ready.';
    throw new RequestProblem({ code: 'not_found', detail });
  });
}
