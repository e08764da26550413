import type { ListedRepository } from '@anyforge/hub';
import { repositorySorts } from '@anyforge/hub';
import { z } from 'zod';
import { forgeProblems } from '../problem-codes.js';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import {
  levels,
  repositoryListSchema,
  repositoryPermissionsSchema,
  repositorySchema,
  visibilities,
} from '../schemas/repositories.js';

const directions = ['asc', 'desc'] as const;
const oneOf = (values: readonly string[]) => ({ error: `must be one of ${values.join(', ')}` });

const repositoryQuery = z.strictObject({
  search: z
    .string()
    .max(500, 'must be at most 500 characters')
    .optional()
    .describe('A part of the path, whatever its case'),
  gitProviderId: z.string().optional(),
  organization: z
    .string()
    .max(500, 'must be at most 500 characters')
    .optional()
    .describe('The path of an organization, with all that is below it'),
  level: z
    .enum(levels, oneOf(levels))
    .optional()
    .describe('At least this one; `unknown`: only those whose permission is not known'),
  visibility: z.enum(visibilities, oneOf(visibilities)).optional(),
  archived: z
    .enum(['true', 'false'], oneOf(['true', 'false']))
    .transform((value) => value === 'true')
    .optional(),
  sort: z.enum(repositorySorts, oneOf(repositorySorts)).default('path'),
  direction: z
    .enum(directions, oneOf(directions))
    .default('asc')
    .describe('What is not known comes last either way'),
  limit: z.coerce.number({ error: 'must be a number' }).default(50).describe('1 to 200'),
  cursor: z.string().optional().describe('The nextCursor of the page before, in the same order'),
});

const params = z.object({ id: z.string() });

export const repositoryRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/repositories',
    operation: 'listRepositories',
    summary: 'My repositories, of my last complete listings',
    tag: 'Repositories',
    access: 'read',
    query: repositoryQuery,
    answers: {
      200: {
        description: 'One page; what is alike in the order asked for is in that of paths',
        schema: repositoryListSchema,
      },
    },
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
    params,
    answers: { 200: { description: 'The repository', schema: repositorySchema } },
    problems: ['not_found'],
    handle: async ({ hub, caller, params: { id } }) => {
      const { gitProviderId, forgeId } = readRepositoryId(id);
      return {
        status: 200,
        body: present(await hub.repositories.get(caller.personId, gitProviderId, forgeId)),
      };
    },
  }),
  personalRoute({
    method: 'get',
    path: '/repositories/:id/permissions',
    operation: 'listRepositoryPermissions',
    summary: 'What everybody may do on it, asked of the forge now, as far as my credential may know',
    tag: 'Repositories',
    access: 'read',
    params,
    answers: {
      200: { description: 'All of them, in the forge’s order', schema: repositoryPermissionsSchema },
    },
    problems: [...forgeProblems, 'not_found'],
    handle: async ({ hub, caller, params: { id }, signal }) => {
      const { gitProviderId, forgeId } = readRepositoryId(id);
      return {
        status: 200,
        body: await hub.repositories.permissions(caller.personId, gitProviderId, forgeId, { signal }),
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
