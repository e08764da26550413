import { z } from 'zod';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import { personSchema } from '../schemas/people.js';
import { sessionCookie } from '../signed-in.js';

const tag = 'My account';

export const accountRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/account',
    operation: 'getAccount',
    summary: 'My account',
    tag,
    access: 'read',
    answers: { 200: { description: 'My account', schema: personSchema } },
    handle: async ({ hub, caller }) => ({ status: 200, body: await hub.account.get(caller.personId) }),
  }),
  personalRoute({
    method: 'patch',
    path: '/account',
    operation: 'updateAccount',
    summary: 'Change the name that is shown',
    tag,
    access: 'session',
    body: z.strictObject({ displayName: z.string().nullish() }),
    answers: { 200: { description: 'My account', schema: personSchema } },
    handle: async ({ hub, caller, body }) => ({ status: 200, body: await hub.account.update(caller, body) }),
  }),
  personalRoute({
    method: 'put',
    path: '/account/password',
    operation: 'changePassword',
    summary: 'Change my password, which signs all my other browsers out',
    tag,
    access: 'session',
    body: z.strictObject({
      currentPassword: z.string().meta({ writeOnly: true }),
      newPassword: z.string().meta({ writeOnly: true }),
    }),
    answers: { 204: { description: 'It is changed; the session goes on with another cookie' } },
    problems: ['too_many_attempts', 'busy'],
    handle: async ({ hub, caller, body }) => ({
      status: 204,
      cookies: [sessionCookie(await hub.account.changePassword(caller, body))],
    }),
  }),
];
