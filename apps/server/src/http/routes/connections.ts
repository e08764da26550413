import { z } from 'zod';
import { forgeProblems } from '../problem-codes.js';
import { RequestProblem } from '../problems.js';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import {
  connectionSchema,
  signedInSchema,
  signedOutSchema,
  tokenInputSchema,
} from '../schemas/connections.js';

const path = '/git-providers/:id/connection';
const params = z.object({ id: z.string() });
const signOutQuery = z.strictObject({
  revoke: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .describe('Ends the authorization on the forge as well, where it can'),
});

export const connectionRoutes: readonly Route[] = [
  personalRoute({
    method: 'put',
    path,
    operation: 'signInWithToken',
    summary: 'Sign in with a token, which is verified at once; in place of an earlier sign-in',
    tag: 'Connections',
    access: 'manage',
    params,
    body: tokenInputSchema,
    answers: { 200: { description: 'The connection, and the sync it started', schema: signedInSchema } },
    problems: [...forgeProblems, 'username_mismatch', 'settings_changed', 'unknown_provider_type'],
    handle: async ({ hub, caller, params: { id }, body, signal }) => {
      const { connection, syncId } = await hub.connections.putToken(caller, id, body, { signal });
      return { status: 200, body: { ...connection, syncId } };
    },
  }),
  personalRoute({
    method: 'get',
    path,
    operation: 'getConnection',
    summary: 'My connection',
    tag: 'Connections',
    access: 'read',
    params,
    answers: { 200: { description: 'The connection', schema: connectionSchema } },
    handle: async ({ hub, caller, params: { id } }) => {
      const connection = await hub.connections.get(caller.personId, id);
      if (connection === null) throw notConnected();
      return { status: 200, body: connection };
    },
  }),
  personalRoute({
    method: 'delete',
    path,
    operation: 'signOut',
    summary: 'Sign out here, at once; and on the forge as well if asked to',
    tag: 'Connections',
    access: 'manage',
    params,
    query: signOutQuery,
    answers: { 200: { description: 'Signed out here, whatever the forge said', schema: signedOutSchema } },
    handle: async ({ hub, caller, params: { id }, query }) => ({
      status: 200,
      body: await hub.connections.signOut(caller, id, query),
    }),
  }),
];

function notConnected(): RequestProblem {
  return new RequestProblem({
    code: 'not_found',
    detail: 'You are not signed in to this git provider. Sign in with PUT and a token.',
  });
}
