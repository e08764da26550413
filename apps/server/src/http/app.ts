import type { Caller, Hub } from '@anyforge/hub';
import express from 'express';
import type { Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { guardLoopback } from './guard.js';
import { presentError, sendProblem } from './problems.js';
import { createRouter } from './router.js';
import { routes } from './routes/index.js';

export interface AppParts {
  readonly hub: Hub;
  readonly logger: Logger;
  /** The port that the server listens on, once it listens. */
  readonly port: () => number;
}

/** Until people have accounts there is one: whoever uses this machine. */
const localPerson: Caller = {
  personId: 'local',
  username: 'local',
  role: 'administrator',
  via: { kind: 'session', sessionId: 'local' },
};

export function createApp({ hub, logger, port }: AppParts): Express {
  const api = createRouter(routes, { hub, identify: () => Promise.resolve(localPerson) });

  const app = express();
  app.disable('x-powered-by');
  app.use(logRequests(logger), helmet(), guardLoopback(port), express.json({ limit: '64kb' }));
  app.get('/health/live', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.use('/api/v1', noStore, api);
  app.use((request, response) => {
    sendProblem(response, {
      code: 'not_found',
      status: 404,
      detail: `There is nothing at ${request.method} ${request.path}. The API is under /api/v1.`,
    });
  });
  app.use(presentError);
  return app;
}

const noStore: express.RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** Headers and bodies are never logged: they carry tokens. */
function logRequests(logger: Logger) {
  return pinoHttp({
    logger,
    quietReqLogger: true,
    customLogLevel: () => 'debug',
    serializers: {
      req: ({ id, method, url }: { id: unknown; method: unknown; url: unknown }) => ({ id, method, url }),
      res: ({ statusCode }: { statusCode: unknown }) => ({ statusCode }),
    },
  });
}
