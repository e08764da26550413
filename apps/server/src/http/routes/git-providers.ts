import { z } from 'zod';
import { entityTag, ifMatchOptional, ifMatchRequired, readIfMatch, requireIfMatch } from '../entity-tag.js';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import {
  gitProviderChangeSchema,
  gitProviderSchema,
  listedGitProviderSchema,
  newGitProviderSchema,
  oauthHelpSchema,
  tokenHelpSchema,
} from '../schemas/git-providers.js';
import { syncHistorySchema } from '../schemas/sync-history.js';

const tag = 'Git providers';
const params = z.object({ id: z.string() });
const itsTag = { ETag: 'Its version, for `If-Match`' };

export const gitProviderRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/git-providers',
    operation: 'listGitProviders',
    summary: 'All git providers, each with my connection',
    tag,
    access: 'read',
    answers: {
      200: { description: 'By name', schema: z.object({ items: z.array(listedGitProviderSchema) }) },
    },
    handle: async ({ hub, caller }) => ({
      status: 200,
      body: { items: await hub.gitProviders.list(caller.personId, caller.role) },
    }),
  }),
  personalRoute({
    method: 'post',
    path: '/git-providers',
    operation: 'createGitProvider',
    summary: 'Add a git provider',
    tag,
    access: 'administrate',
    body: newGitProviderSchema,
    answers: {
      201: {
        description: 'It is there',
        schema: gitProviderSchema,
        headers: { Location: 'Its address', ...itsTag },
      },
    },
    problems: ['unknown_provider_type', 'duplicate_name', 'invalid_plugin', 'invalid_config'],
    handle: async ({ hub, caller, body, request }) => {
      const created = await hub.gitProviders.create(caller, body);
      return {
        status: 201,
        body: created,
        headers: {
          Location: `${request.baseUrl}/git-providers/${created.id}`,
          ...entityTag(created.version),
        },
      };
    },
  }),
  personalRoute({
    method: 'get',
    path: '/git-providers/:id',
    operation: 'getGitProvider',
    summary: 'One git provider, with my connection',
    tag,
    access: 'read',
    params,
    answers: {
      200: { description: 'The git provider', schema: listedGitProviderSchema, headers: itsTag },
    },
    handle: async ({ hub, caller, params: { id } }) => {
      const found = await hub.gitProviders.get(caller.personId, id, caller.role);
      return { status: 200, body: found, headers: entityTag(found.version) };
    },
  }),
  personalRoute({
    method: 'patch',
    path: '/git-providers/:id',
    operation: 'updateGitProvider',
    summary: 'Change what is given of a git provider',
    tag,
    access: 'administrate',
    params,
    requestHeaders: { 'If-Match': ifMatchRequired },
    body: gitProviderChangeSchema,
    answers: { 200: { description: 'As it is now', schema: gitProviderSchema, headers: itsTag } },
    problems: [
      'precondition_required',
      'version_conflict',
      'type_fixed',
      'duplicate_name',
      'parks_connections',
      'unknown_provider_type',
      'invalid_plugin',
      'invalid_config',
    ],
    handle: async ({ hub, caller, params: { id }, body: { parks, ...change }, request }) => {
      const version = requireIfMatch(request);
      const changed = await hub.gitProviders.update(caller, id, change, { version, parks });
      return { status: 200, body: changed, headers: entityTag(changed.version) };
    },
  }),
  personalRoute({
    method: 'delete',
    path: '/git-providers/:id',
    operation: 'deleteGitProvider',
    summary: 'Delete a git provider with all connections, permissions and repositories under it',
    tag,
    access: 'administrate',
    params,
    requestHeaders: { 'If-Match': ifMatchOptional },
    query: z.strictObject({ name: z.string().describe('Its name, typed again') }),
    answers: { 204: { description: 'It is gone, with everything under it' } },
    problems: ['name_mismatch', 'version_conflict'],
    handle: async ({ hub, caller, params: { id }, query: { name }, request }) => {
      await hub.gitProviders.remove(caller, id, { name, version: readIfMatch(request) });
      return { status: 204 };
    },
  }),
  personalRoute({
    method: 'get',
    path: '/git-providers/:id/token-help',
    operation: 'getTokenHelp',
    summary: 'How to make a token on that very host',
    tag,
    access: 'read',
    params,
    answers: { 200: { description: 'The kinds of token that it takes', schema: tokenHelpSchema } },
    problems: ['unknown_provider_type'],
    handle: async ({ hub, params: { id } }) => ({ status: 200, body: await hub.gitProviders.tokenHelp(id) }),
  }),
  personalRoute({
    method: 'get',
    path: '/git-providers/:id/oauth-help',
    operation: 'getOAuthHelp',
    summary: 'How to register the OAuth application on that very host',
    tag,
    access: 'administrate',
    params,
    answers: { 200: { description: 'Where, and what to enter there', schema: oauthHelpSchema } },
    problems: ['unknown_provider_type'],
    handle: async ({ hub, params: { id } }) => ({ status: 200, body: await hub.gitProviders.oauthHelp(id) }),
  }),
  personalRoute({
    method: 'get',
    path: '/git-providers/:id/sync-history',
    operation: 'getSyncHistory',
    summary: 'How everybody’s syncs with it have ended of late, as long as finished syncs are kept',
    tag,
    access: 'administrate',
    params,
    query: z.strictObject({
      days: z.coerce.number({ error: 'must be a number' }).default(14).describe('1 to 30'),
    }),
    answers: { 200: { description: 'Numbers by period', schema: syncHistorySchema } },
    handle: async ({ hub, params: { id }, query }) => ({
      status: 200,
      body: await hub.gitProviders.syncHistory(id, query),
    }),
  }),
];
