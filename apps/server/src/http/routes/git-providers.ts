import { z } from 'zod';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';

const params = z.object({ id: z.string() });
const newGitProvider = z.strictObject({
  name: z.string(),
  type: z.string(),
  config: z.record(z.string(), z.unknown()),
});

export const gitProviderRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/git-providers',
    operation: 'listGitProviders',
    summary: 'All git providers, each with my connection',
    tag: 'Git providers',
    access: 'read',
    answers: { 200: { description: 'By name', schema: z.object({ items: z.array(z.unknown()) }) } },
    handle: async ({ hub, caller }) => ({
      status: 200,
      body: { items: await hub.gitProviders.list(caller.personId) },
    }),
  }),
  personalRoute({
    method: 'post',
    path: '/git-providers',
    operation: 'createGitProvider',
    summary: 'Add a git provider',
    tag: 'Git providers',
    access: 'administrate',
    body: newGitProvider,
    answers: {
      201: { description: 'It is there', schema: z.unknown(), headers: { Location: 'Its address' } },
    },
    problems: ['unknown_provider_type', 'duplicate_name'],
    handle: async ({ hub, caller, body, request }) => {
      const created = await hub.gitProviders.create(caller, body);
      return {
        status: 201,
        body: created,
        headers: { Location: `${request.baseUrl}/git-providers/${created.id}` },
      };
    },
  }),
  personalRoute({
    method: 'get',
    path: '/git-providers/:id',
    operation: 'getGitProvider',
    summary: 'One git provider, with my connection',
    tag: 'Git providers',
    access: 'read',
    params,
    answers: { 200: { description: 'The git provider', schema: z.unknown() } },
    handle: async ({ hub, caller, params: { id } }) => ({
      status: 200,
      body: await hub.gitProviders.get(caller.personId, id),
    }),
  }),
  personalRoute({
    method: 'get',
    path: '/git-providers/:id/token-help',
    operation: 'getTokenHelp',
    summary: 'How to make a token on that very host',
    tag: 'Git providers',
    access: 'read',
    params,
    answers: { 200: { description: 'The kinds of token that it takes', schema: z.unknown() } },
    handle: async ({ hub, params: { id } }) => ({ status: 200, body: await hub.gitProviders.tokenHelp(id) }),
  }),
];
