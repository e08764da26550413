import type { Hub } from '@anyforge/hub';
import { HubError } from '@anyforge/hub';
import type { Request } from 'express';
import { z } from 'zod';
import type { Route } from '../route.js';
import { publicRoute } from '../route.js';
import { setUpStatusSchema, signedInSchema } from '../schemas/sessions.js';
import { answerSignedIn } from '../signed-in.js';

const path = '/setup';
const tag = 'First visit';

export const setUpRoutes: readonly Route[] = [
  publicRoute({
    method: 'get',
    path,
    operation: 'getSetUp',
    summary: 'Whether the server waits for its first visit, which makes the administrator',
    tag,
    answers: { 200: { description: 'Whether it does, and what it takes', schema: setUpStatusSchema } },
    handle: async ({ hub }) => ({ status: 200, body: await hub.setUp.status() }),
  }),
  publicRoute({
    method: 'post',
    path,
    operation: 'setUp',
    summary: 'Become the administrator, and sign in; possible once',
    tag,
    body: z.strictObject({
      username: z.string(),
      password: z.string().meta({ writeOnly: true }),
      displayName: z.string().nullish(),
      code: z.string().meta({ writeOnly: true }).optional(),
    }),
    answers: { 201: { description: 'I am the administrator', schema: signedInSchema } },
    problems: ['already_set_up', 'wrong_set_up_code', 'too_many_attempts', 'busy'],
    handle: async ({ hub, body, browser, request }) => {
      if (cameThroughProxy(request)) await refuseWithoutCode(hub);
      return answerSignedIn(201, await hub.setUp.complete(body, browser));
    },
  }),
];

const proxyHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

function cameThroughProxy({ headers }: Request): boolean {
  return proxyHeaders.some((name) => headers[name] !== undefined);
}

/** No code is asked for because nobody but this machine's user gets here: through a proxy, anybody does. */
async function refuseWithoutCode({ setUp }: Hub): Promise<void> {
  const { needed, codeRequired } = await setUp.status();
  if (!needed || codeRequired) return;
  throw new HubError(
    'wrong_set_up_code',
    'This server was asked through a proxy that it was not told of, and has no set-up code to tell its operator from others. Set PUBLIC_URL to the address of the proxy, TRUST_PROXY as well, and start it again: it then prints a code.',
  );
}
