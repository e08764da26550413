import { permissionLevels } from '@anyforge/core';
import { Router } from 'express';
import { z } from 'zod';
import type { RouteContext } from '../route-context.js';
import { parse } from '../parse.js';

const levels = [...permissionLevels, 'unknown'] as const;
const visibilities = ['public', 'internal', 'private'] as const;
const oneOf = (values: readonly string[]) => ({ error: `must be one of ${values.join(', ')}` });

const repositoryQuery = z.strictObject({
  search: z.string().max(500, 'must be at most 500 characters').optional(),
  gitProviderId: z.string().optional(),
  level: z.enum(levels, oneOf(levels)).optional(),
  visibility: z.enum(visibilities, oneOf(visibilities)).optional(),
  archived: z
    .enum(['true', 'false'], oneOf(['true', 'false']))
    .transform((value) => value === 'true')
    .optional(),
  limit: z.coerce.number({ error: 'must be a number' }).default(50),
  cursor: z.string().optional(),
});

export function repositoryRoutes({ hub, personId }: RouteContext): Router {
  const router = Router();
  router.get('/repositories', async (request, response) => {
    response.json(await hub.repositories.list(personId, parse(repositoryQuery, request.query)));
  });
  router.get('/git-providers/:id/repositories/:forgeId', async ({ params }, response) => {
    response.json(await hub.repositories.get(personId, params.id, params.forgeId));
  });
  return router;
}
