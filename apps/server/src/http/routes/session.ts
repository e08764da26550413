import type { Caller } from '@anyforge/hub';
import { z } from 'zod';
import type { Route } from '../route.js';
import { personalRoute, publicRoute } from '../route.js';
import { endedSessionsSchema, sessionListSchema, signedInSchema, whoAmISchema } from '../schemas/sessions.js';
import { answerSignedIn, noSessionCookie } from '../signed-in.js';

const tag = 'Signing in';

export const sessionRoutes: readonly Route[] = [
  publicRoute({
    method: 'get',
    path: '/session',
    operation: 'whoAmI',
    summary: 'Who I am',
    tag,
    answers: { 200: { description: 'I, or nobody', schema: whoAmISchema } },
    handle: ({ caller }) => ({
      status: 200,
      body: { person: caller === undefined ? null : present(caller) },
    }),
  }),
  publicRoute({
    method: 'post',
    path: '/session',
    operation: 'signInWithPassword',
    summary: 'Sign this browser in',
    tag,
    body: z.strictObject({ username: z.string(), password: z.string().meta({ writeOnly: true }) }),
    answers: { 201: { description: 'I am signed in, by a cookie', schema: signedInSchema } },
    problems: ['wrong_credentials', 'too_many_attempts', 'busy'],
    handle: async ({ hub, body, browser }) =>
      answerSignedIn(201, await hub.authentication.signIn(body, browser)),
  }),
  personalRoute({
    method: 'delete',
    path: '/session',
    operation: 'endMySession',
    summary: 'Sign this browser out',
    tag,
    access: 'session',
    answers: { 204: { description: 'I am signed out' } },
    handle: async ({ hub, caller }) => {
      await hub.authentication.signOut(caller);
      return { status: 204, cookies: [noSessionCookie] };
    },
  }),
  personalRoute({
    method: 'get',
    path: '/sessions',
    operation: 'listSessions',
    summary: 'The browsers that I am signed in with',
    tag,
    access: 'session',
    answers: { 200: { description: 'The last used first', schema: sessionListSchema } },
    handle: async ({ hub, caller }) => ({ status: 200, body: { items: await hub.sessions.list(caller) } }),
  }),
  personalRoute({
    method: 'delete',
    path: '/sessions',
    operation: 'endOtherSessions',
    summary: 'Sign all my other browsers out',
    tag,
    access: 'session',
    answers: { 200: { description: 'They are signed out', schema: endedSessionsSchema } },
    handle: async ({ hub, caller }) => ({
      status: 200,
      body: { ended: await hub.sessions.endOthers(caller) },
    }),
  }),
  personalRoute({
    method: 'delete',
    path: '/sessions/:id',
    operation: 'endSession',
    summary: 'Sign one of my browsers out',
    tag,
    access: 'session',
    params: z.object({ id: z.string() }),
    answers: { 204: { description: 'It is signed out' } },
    problems: ['not_found'],
    handle: async ({ hub, caller, params: { id } }) => {
      await hub.sessions.end(caller, id);
      return { status: 204 };
    },
  }),
];

function present({ personId: id, username, role, via }: Caller): object {
  const scopes = via.kind === 'api_token' ? via.scopes : undefined;
  return { id, username, role, via: via.kind, scopes };
}
