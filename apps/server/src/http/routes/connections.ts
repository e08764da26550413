import { z } from 'zod';
import { forgeProblems } from '../problem-codes.js';
import { RequestProblem } from '../problems.js';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';

const path = '/git-providers/:id/connection';
const params = z.object({ id: z.string() });
const tokenInput = z.strictObject({ token: z.string(), username: z.string().optional() });

export const connectionRoutes: readonly Route[] = [
  personalRoute({
    method: 'put',
    path,
    operation: 'signInWithToken',
    summary: 'Sign in with a token, which is verified at once',
    tag: 'Connections',
    access: 'manage',
    params,
    body: tokenInput,
    answers: { 200: { description: 'The connection, and the sync it started', schema: z.unknown() } },
    problems: [...forgeProblems, 'username_mismatch', 'settings_changed'],
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
    answers: { 200: { description: 'The connection', schema: z.unknown() } },
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
    summary: 'Sign out',
    tag: 'Connections',
    access: 'manage',
    params,
    answers: { 204: { description: 'Signed out' } },
    handle: async ({ hub, caller, params: { id } }) => {
      await hub.connections.signOut(caller, id);
      return { status: 204 };
    },
  }),
];

function notConnected(): RequestProblem {
  return new RequestProblem({
    code: 'not_found',
    detail: 'You are not signed in to this git provider. Sign in with PUT and a token.',
  });
}
