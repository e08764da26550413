import { z } from 'zod';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import { explanationSchema } from '../schemas/explanations.js';

const explainQuery = z.strictObject({
  provider: z
    .string()
    .max(200, 'must be at most 200 characters')
    .describe('The id of a git provider, or its name'),
  path: z
    .string()
    .max(1000, 'must be at most 1000 characters')
    .describe('Of a repository: `acme/platform/api`'),
});

export const explainRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/explain',
    operation: 'explainRepository',
    summary: 'Why do I see this repository, or not?',
    tag: 'Repositories',
    access: 'read',
    query: explainQuery,
    answers: {
      200: {
        description: 'From my own connection, and what the forge says to my own credential',
        schema: explanationSchema,
      },
    },
    problems: ['not_found'],
    handle: async ({ hub, caller, query, signal }) => ({
      status: 200,
      body: await hub.explanations.explain(caller.personId, query, { role: caller.role, signal }),
    }),
  }),
];
