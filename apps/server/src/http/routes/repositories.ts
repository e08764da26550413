import { permissionLevels } from '@anyforge/core';
import type { ListedRepository } from '@anyforge/hub';
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
    const { items, ...rest } = await hub.repositories.list(personId, parse(repositoryQuery, request.query));
    response.json({ items: items.map(present), ...rest });
  });
  router.get('/repositories/:id', async ({ params }, response) => {
    const { gitProviderId, forgeId } = readRepositoryId(params.id);
    response.json(present(await hub.repositories.get(personId, gitProviderId, forgeId)));
  });
  return router;
}

/** A forge's id is unique on its git provider only; the API's own is `gitProviderId:forgeId`. */
function present(repository: ListedRepository) {
  const { id: forgeId, gitProviderId } = repository;
  return { ...repository, id: `${gitProviderId}:${forgeId}`, forgeId };
}

function readRepositoryId(id: string): { readonly gitProviderId: string; readonly forgeId: string } {
  const [, gitProviderId = '', forgeId = ''] = /^([^:]*):(.*)$/s.exec(id) ?? [];
  return { gitProviderId, forgeId };
}
