import type { Caller, Hub } from '@anyforge/hub';
import { authorize, HubError } from '@anyforge/hub';
import type { Request, Response } from 'express';
import { Router } from 'express';
import { once } from 'node:events';
import { parse } from './parse.js';
import type { Answer, PublicCall, Route } from './route.js';
import { untilClosed } from './until-closed.js';

export interface RouterParts {
  readonly hub: Hub;
  /** Who asks; undefined: nobody that is known. */
  readonly identify: (request: Request) => Promise<Caller | undefined>;
}

/** The routes as Express serves them: let in, parse, call, send. */
export function createRouter(routes: readonly Route[], { hub, identify }: RouterParts): Router {
  const router = Router();
  for (const route of routes) {
    router[route.method](route.path, async (request, response) => {
      const caller = admit(route, await identify(request));
      const signal = untilClosed(response);
      const call: PublicCall<unknown, unknown, unknown> = {
        hub,
        caller,
        params: route.params === undefined ? undefined : parse(route.params, request.params),
        query: route.query === undefined ? undefined : parse(route.query, request.query),
        body: route.body === undefined ? undefined : parse(route.body, request.body),
        signal,
        request,
      };
      await send(response, await route.handle(call), signal);
    });
  }
  return router;
}

function admit({ access }: Route, caller: Caller | undefined): Caller | undefined {
  if (access === 'public') return caller;
  if (caller === undefined) {
    throw new HubError('not_signed_in', 'Sign in, or send an API token as "Authorization: Bearer …".');
  }
  authorize(caller, access);
  return caller;
}

async function send(response: Response, answer: Answer, signal: AbortSignal): Promise<void> {
  response.status(answer.status).set(answer.headers ?? {});
  if (answer.lines !== undefined) await sendLines(response, answer.lines, signal);
  else if (answer.html !== undefined) response.type('html').send(answer.html);
  else if (answer.body === undefined) response.end();
  else response.json(answer.body);
}

async function sendLines(
  response: Response,
  lines: AsyncIterable<unknown>,
  signal: AbortSignal,
): Promise<void> {
  response.type('application/x-ndjson');
  for await (const line of lines) {
    if (signal.aborted) return;
    if (!response.write(`${JSON.stringify(line)}\n`)) await once(response, 'drain', { signal });
  }
  response.end();
}
