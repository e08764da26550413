import { z } from 'zod';
import { forgeProblems } from '../problem-codes.js';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import {
  confirmationSchema,
  newSignInSchema,
  signInSchema,
  startedSignInSchema,
} from '../schemas/sign-ins.js';

const tag = 'Sign-ins';
const params = z.object({ id: z.string() });

export const signInRoutes: readonly Route[] = [
  personalRoute({
    method: 'post',
    path: '/git-providers/:id/sign-ins',
    operation: 'startSignIn',
    summary: 'Start to sign in at the forge itself',
    tag,
    access: 'manage',
    params,
    body: newSignInSchema,
    answers: {
      201: {
        description: 'It waits for me at the forge, for ten minutes',
        schema: startedSignInSchema,
        headers: { Location: 'Its address, which tells how it stands' },
      },
    },
    problems: [...forgeProblems, 'oauth_unavailable', 'unknown_provider_type'],
    handle: async ({ hub, caller, params: { id: gitProviderId }, body, signal, request }) => {
      const started = await hub.signIns.start(caller, { ...body, gitProviderId }, { signal });
      const headers = { Location: `${request.baseUrl}/sign-ins/${started.id}` };
      return { status: 201, body: started, headers };
    },
  }),
  personalRoute({
    method: 'get',
    path: '/sign-ins/:id',
    operation: 'getSignIn',
    summary: 'How a sign-in of mine stands; for a code, asks the forge when it is time',
    tag,
    access: 'read',
    params,
    answers: { 200: { description: 'The sign-in', schema: signInSchema } },
    handle: async ({ hub, caller, params: { id } }) => ({
      status: 200,
      body: await hub.signIns.get(caller.personId, id),
    }),
  }),
  personalRoute({
    method: 'post',
    path: '/sign-ins/:id/confirmation',
    operation: 'confirmSignIn',
    summary: 'Say that the account is mine, of a sign-in that a program has started or that went with a code',
    tag,
    access: 'session',
    params,
    body: confirmationSchema,
    answers: { 200: { description: 'It has succeeded', schema: signInSchema } },
    problems: [
      'account_mismatch',
      'settings_changed',
      'sign_in_used',
      'sign_in_expired',
      'sign_in_cancelled',
      'unknown_provider_type',
    ],
    handle: async ({ hub, caller, params: { id }, body }) => ({
      status: 200,
      body: await hub.signIns.confirm(caller, id, body.accountId),
    }),
  }),
  personalRoute({
    method: 'delete',
    path: '/sign-ins/:id',
    operation: 'cancelSignIn',
    summary: 'End a sign-in of mine',
    tag,
    access: 'manage',
    params,
    answers: { 200: { description: 'It has ended, if it had not already', schema: signInSchema } },
    handle: async ({ hub, caller, params: { id } }) => ({
      status: 200,
      body: await hub.signIns.cancel(caller.personId, id),
    }),
  }),
];
