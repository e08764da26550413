import type { Clock } from '@anyforge/core';
import type { Express, RequestHandler } from 'express';
import express from 'express';
import type { Logger } from 'pino';
import { presentError } from './problems.js';
import { logRequests } from './request-log.js';
import { securityHeaders } from './security-headers.js';

/** What an application has before there is a hub. */
export interface FrameParts {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Where people reach the server: an origin with perhaps a path, below which everything is served. */
  readonly publicUrl: string;
  readonly trustProxy: number | readonly string[];
}

/** What every answer has, whatever it is. */
export function createFrame({ logger, clock, publicUrl, trustProxy }: FrameParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  // What has a version of its own says so itself; answers are not to be kept anyway.
  app.disable('etag');
  app.set('trust proxy', trustProxy);
  app.use(logRequests({ logger, clock }), securityHeaders(publicUrl));
  return app;
}

/** @param otherwise what is said where nothing else answers */
export function endWith(app: Express, otherwise: RequestHandler): Express {
  return app.use(otherwise).use(presentError);
}
