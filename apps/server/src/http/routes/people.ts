import { z } from 'zod';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import { invitedPersonSchema, personListSchema, personSchema, roleSchema } from '../schemas/people.js';

const tag = 'People';
const params = z.object({ id: z.string() });

export const peopleRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/people',
    operation: 'listPeople',
    summary: 'Everybody with an account',
    tag,
    access: 'administrate',
    answers: { 200: { description: 'By username', schema: personListSchema } },
    handle: async ({ hub }) => ({ status: 200, body: { items: await hub.people.list() } }),
  }),
  personalRoute({
    method: 'post',
    path: '/people',
    operation: 'invitePerson',
    summary: 'Make an account, with a link for its owner to choose a password',
    tag,
    access: 'administrate',
    body: z.strictObject({
      username: z.string(),
      displayName: z.string().nullish(),
      role: roleSchema.optional(),
    }),
    answers: {
      201: {
        description: 'It is there; the link is shown this once, and good for 72 hours',
        schema: invitedPersonSchema,
        headers: { Location: 'Its address' },
      },
    },
    problems: ['duplicate_name'],
    handle: async ({ hub, caller, body, request }) => {
      const invited = await hub.people.invite(caller, body);
      return {
        status: 201,
        body: invited,
        headers: { Location: `${request.baseUrl}/people/${invited.person.id}` },
      };
    },
  }),
  personalRoute({
    method: 'get',
    path: '/people/:id',
    operation: 'getPerson',
    summary: 'One person',
    tag,
    access: 'administrate',
    params,
    answers: { 200: { description: 'The person', schema: personSchema } },
    problems: ['not_found'],
    handle: async ({ hub, params: { id } }) => ({ status: 200, body: await hub.people.get(id) }),
  }),
  personalRoute({
    method: 'patch',
    path: '/people/:id',
    operation: 'changeRole',
    summary: 'Make somebody administrator or member',
    tag,
    access: 'administrate',
    params,
    body: z.strictObject({ role: roleSchema }),
    answers: { 200: { description: 'The person', schema: personSchema } },
    problems: ['not_found', 'last_administrator'],
    handle: async ({ hub, caller, params: { id }, body: { role } }) => ({
      status: 200,
      body: await hub.people.changeRole(caller, id, role),
    }),
  }),
  personalRoute({
    method: 'delete',
    path: '/people/:id',
    operation: 'deletePerson',
    summary: 'Delete an account and everything that is its owner’s',
    tag,
    access: 'administrate',
    params,
    answers: { 204: { description: 'It is gone' } },
    problems: ['not_found', 'last_administrator'],
    handle: async ({ hub, caller, params: { id } }) => {
      await hub.people.delete(caller, id);
      return { status: 204 };
    },
  }),
  personalRoute({
    method: 'post',
    path: '/people/:id/password-reset',
    operation: 'resetPassword',
    summary:
      'Take a password away, and get a link to choose another; it ends sessions, API tokens and connections',
    tag,
    access: 'administrate',
    params,
    answers: {
      200: {
        description: 'The link is shown this once, and good for 24 hours; 72 where there was no password yet',
        schema: invitedPersonSchema,
      },
    },
    problems: ['not_found', 'last_administrator', 'not_allowed'],
    handle: async ({ hub, caller, params: { id } }) => ({
      status: 200,
      body: await hub.people.resetPassword(caller, id),
    }),
  }),
];
