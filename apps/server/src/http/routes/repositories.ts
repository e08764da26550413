import { permissionLevels } from '@anyforge/core';
import type { ListedRepository } from '@anyforge/hub';
import { z } from 'zod';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';

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

export const repositoryRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/repositories',
    operation: 'listRepositories',
    summary: 'My repositories, of my last complete listings',
    tag: 'Repositories',
    access: 'read',
    query: repositoryQuery,
    answers: { 200: { description: 'One page, by path', schema: z.unknown() } },
    handle: async ({ hub, caller, query }) => {
      const { items, ...rest } = await hub.repositories.list(caller.personId, query);
      return { status: 200, body: { items: items.map(present), ...rest } };
    },
  }),
  personalRoute({
    method: 'get',
    path: '/repositories/:id',
    operation: 'getRepository',
    summary: 'One of my repositories',
    tag: 'Repositories',
    access: 'read',
    params: z.object({ id: z.string() }),
    answers: { 200: { description: 'The repository', schema: z.unknown() } },
    handle: async ({ hub, caller, params }) => {
      const { gitProviderId, forgeId } = readRepositoryId(params.id);
      return {
        status: 200,
        body: present(await hub.repositories.get(caller.personId, gitProviderId, forgeId)),
      };
    },
  }),
];

/** A forge's id is unique on its git provider only; the API's own is `gitProviderId:forgeId`. */
function present(repository: ListedRepository) {
  const { id: forgeId, gitProviderId } = repository;
  return { ...repository, id: `${gitProviderId}:${forgeId}`, forgeId };
}

function readRepositoryId(id: string): { readonly gitProviderId: string; readonly forgeId: string } {
  const [, gitProviderId = '', forgeId = ''] = /^([^:]*):(.*)$/s.exec(id) ?? [];
  return { gitProviderId, forgeId };
}
