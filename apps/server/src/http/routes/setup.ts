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
    handle: async ({ hub, body, browser }) => answerSignedIn(201, await hub.setUp.complete(body, browser)),
  }),
];
