import type { Clock } from '@anyforge/core';
import type { Browser, Caller, Hub } from '@anyforge/hub';
import { authorize, HubError } from '@anyforge/hub';
import type { Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { z } from 'zod';
import type { Cookies } from './cookies.js';
import type { Identify } from './identify.js';
import { OpenStreams } from './open-streams.js';
import { parse } from './parse.js';
import { RequestProblem } from './problems.js';
import { methodsAt, mostSpecificFirst } from './route-paths.js';
import type { PublicCall, Route } from './route.js';
import { comesBitByBit } from './route.js';
import { sendAnswer } from './send-answer.js';
import { untilClosed } from './until-closed.js';

export interface RouterParts {
  readonly hub: Hub;
  readonly identify: Identify;
  readonly cookies: Cookies;
  readonly clock: Clock;
  /** Aborted when the server stops, with what is then told to those whose answer comes bit by bit. */
  readonly stopping: AbortSignal;
}

/** The routes as Express serves them: let in, parse, call, send. */
export function createRouter(
  routes: readonly Route[],
  { hub, identify, cookies, clock, stopping }: RouterParts,
): Router {
  const streams = new OpenStreams();
  const router = Router({ caseSensitive: true, strict: true });
  for (const route of mostSpecificFirst(routes)) {
    router[route.method](route.path, async (request, response, next) => {
      if (route.arrival === true && request.method === 'HEAD') {
        next();
        return;
      }
      request.pattern = `${request.baseUrl}${route.path}`;
      const caller = admit(route, await identify(request));
      if (caller !== undefined) request.personId = caller.personId;
      const signal = untilClosed(response, comesBitByBit(route) ? stopping : undefined);
      if (caller !== undefined && comesBitByBit(route)) streams.count(caller.personId, signal);
      const known = { request, hub, caller, signal, browser: browserOf(request, cookies) };
      const stillAdmitted = async (): Promise<void> => {
        admit(route, await identify(request, { unattended: true }));
      };
      const answer = await route.handle(readCall(route, known));
      await sendAnswer(response, answer, { cookies, clock, signal, stillAdmitted });
    });
  }
  return router.use(refuseOtherMethods(routes));
}

function admit({ access }: Route, caller: Caller | undefined): Caller | undefined {
  if (access === 'public') return caller;
  if (caller === undefined) {
    throw new HubError('not_signed_in', 'Sign in, or send an API token as "Authorization: Bearer …".');
  }
  authorize(caller, access);
  return caller;
}

function browserOf(request: Request, cookies: Cookies): Browser {
  return {
    address: request.ip,
    userAgent: request.get('user-agent'),
    sessionToken: cookies.read(request, 'session'),
    recognition: cookies.read(request, 'recognition'),
    preSession: cookies.read(request, 'preSession'),
  };
}

type Known = Pick<PublicCall<unknown, unknown, unknown>, 'request' | 'hub' | 'caller' | 'signal' | 'browser'>;

/** What a route does not declare it does not take: a misspelt parameter is told, not passed over. */
function readCall(route: Route, known: Known): PublicCall<unknown, unknown, unknown> {
  const { params, query } = known.request;
  const body: unknown = known.request.body;
  return {
    ...known,
    params: parse(route.params ?? z.object({}), params, 'The address'),
    query: parse(route.query ?? z.strictObject({}), query, 'The query'),
    body: parse(route.body ?? z.undefined('is not taken here: leave it out'), body, 'The body'),
  };
}

/** What is asked with a method that no route at this address takes. Lets pass what has no route at all. */
function refuseOtherMethods(routes: readonly Route[]): RequestHandler {
  return (request: Request, response: Response, next) => {
    const allowed = methodsAt(routes, request.path);
    if (allowed.length === 0) {
      next();
      return;
    }
    const headers = { Allow: allowed.join(', ') };
    if (request.method === 'OPTIONS') {
      response.status(204).set(headers).end();
      return;
    }
    const detail = `${request.method} is not possible here, but ${headers.Allow}.`;
    throw new RequestProblem({ code: 'method_not_allowed', detail }, headers);
  };
}
