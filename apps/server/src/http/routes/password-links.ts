import { z } from 'zod';
import type { Route } from '../route.js';
import { publicRoute } from '../route.js';
import { passwordLinkViewSchema } from '../schemas/people.js';
import { signedInSchema } from '../schemas/sessions.js';
import { answerSignedIn } from '../signed-in.js';

const tag = 'Signing in';
const token = z.string().meta({ writeOnly: true, description: 'What follows # in the link' });

export const passwordLinkRoutes: readonly Route[] = [
  publicRoute({
    method: 'post',
    path: '/password-links/inspect',
    operation: 'inspectPasswordLink',
    summary: 'For whom a link is, and until when; it does not use it up',
    tag,
    body: z.strictObject({ token }),
    answers: { 200: { description: 'The link is good', schema: passwordLinkViewSchema } },
    problems: ['link_expired', 'too_many_attempts'],
    handle: async ({ hub, body, browser }) => ({
      status: 200,
      body: await hub.welcome.inspect(body.token, browser),
    }),
  }),
  publicRoute({
    method: 'post',
    path: '/password-links/use',
    operation: 'usePasswordLink',
    summary: 'Choose a password with a link, and sign in',
    tag,
    body: z.strictObject({ token, password: z.string().meta({ writeOnly: true }) }),
    answers: { 201: { description: 'I am signed in, by a cookie', schema: signedInSchema } },
    problems: ['link_expired', 'too_many_attempts', 'busy'],
    handle: async ({ hub, body, browser }) =>
      answerSignedIn(201, await hub.welcome.choosePassword(body, browser)),
  }),
];
