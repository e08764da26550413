import type { Clock } from '@anyforge/core';
import type { Request, RequestHandler, Response } from 'express';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';

declare module 'express-serve-static-core' {
  interface Request {
    /** Told in the answer's `X-Request-Id`, in its problem, and in the log. */
    id: string;
    log: Logger;
    /** The route that answers, as its path is written: never what was asked for, which may carry secrets. */
    pattern?: string;
    /** Who was let in. */
    personId?: string;
  }
}

export interface RequestLogParts {
  readonly logger: Logger;
  readonly clock: Clock;
}

const idHeader = 'X-Request-Id';
const wellFormed = /^[\w.:/+=-]{8,128}$/;

/**
 * Gives each request an id and a line in the log when it has been answered: method, route, status and duration.
 * Headers, bodies, queries and addresses are never logged: they carry tokens, codes and states.
 */
export function logRequests({ logger, clock }: RequestLogParts): RequestHandler {
  return (request, response, next) => {
    const since = clock.now().getTime();
    request.id = requestId(request);
    request.log = logger.child({ requestId: request.id });
    response.set(idHeader, request.id);
    response.once('close', () => {
      const durationMs = clock.now().getTime() - since;
      request.log[levelOf(request)](line(request, response, durationMs), 'request');
    });
    next();
  };
}

/** The id of a proxy that is trusted is kept, so that its log and ours can be laid side by side. */
function requestId(request: Request): string {
  const given = request.get(idHeader) ?? '';
  const fromProxy = request.ips.length > 0;
  return fromProxy && wellFormed.test(given) ? given : randomUUID();
}

/** What machines ask again and again, and what a browser loads along with the page. */
const ofMachines = /\/health\/|^\/metrics$|\/assets\/\*$/;

function levelOf({ pattern = '' }: Request): 'debug' | 'info' {
  return ofMachines.test(pattern) ? 'debug' : 'info';
}

function line({ method, pattern, personId }: Request, response: Response, durationMs: number): object {
  const { statusCode, writableFinished } = response;
  // Whoever asked may have gone before there was an answer.
  const status = writableFinished || response.headersSent ? statusCode : undefined;
  return {
    method,
    route: pattern,
    status,
    durationMs,
    personId,
    ...(writableFinished ? {} : { left: true }),
  };
}
