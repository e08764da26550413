import { z } from 'zod';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import { providerTypeSchema } from '../schemas/provider-types.js';

export const providerTypeRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/provider-types',
    operation: 'listProviderTypes',
    summary: 'The forges, with everything a form needs',
    tag: 'Git providers',
    access: 'read',
    answers: {
      200: { description: 'By display name', schema: z.object({ items: z.array(providerTypeSchema) }) },
    },
    handle: ({ hub }) => ({ status: 200, body: { items: hub.providerTypes.list() } }),
  }),
];
