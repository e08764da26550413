import { z } from 'zod';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import { apiTokenListSchema, apiTokenScopeSchema, issuedApiTokenSchema } from '../schemas/api-tokens.js';

const tag = 'API tokens';

export const apiTokenRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/api-tokens',
    operation: 'listApiTokens',
    summary: 'My API tokens',
    tag,
    access: 'session',
    answers: { 200: { description: 'By name', schema: apiTokenListSchema } },
    handle: async ({ hub, caller }) => ({
      status: 200,
      body: { items: await hub.apiTokens.list(caller.personId) },
    }),
  }),
  personalRoute({
    method: 'post',
    path: '/api-tokens',
    operation: 'createApiToken',
    summary: 'Make an API token for a program of mine',
    tag,
    access: 'session',
    body: z.strictObject({
      name: z.string(),
      scopes: z.array(apiTokenScopeSchema),
      expiresInDays: z
        .number()
        .nullish()
        .describe('1 to 365; null: it never expires; 90 when it is left out'),
    }),
    answers: { 201: { description: 'It is there, and shown this once', schema: issuedApiTokenSchema } },
    problems: ['duplicate_name'],
    handle: async ({ hub, caller, body }) => ({
      status: 201,
      body: await hub.apiTokens.create(caller, body),
    }),
  }),
  personalRoute({
    method: 'delete',
    path: '/api-tokens/:id',
    operation: 'deleteApiToken',
    summary: 'Delete an API token, which opens nothing from then on',
    tag,
    access: 'session',
    params: z.object({ id: z.string() }),
    answers: { 204: { description: 'It is gone' } },
    problems: ['not_found'],
    handle: async ({ hub, caller, params: { id } }) => {
      await hub.apiTokens.delete(caller, id);
      return { status: 204 };
    },
  }),
];
