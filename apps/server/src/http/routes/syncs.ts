import { z } from 'zod';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import { syncListSchema, syncSchema } from '../schemas/syncs.js';

const watchQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the revision of a sync')
    .transform(Number)
    .optional(),
});

/** Shorter than what proxies allow an answer to take. */
const maxWaitMs = 25_000;

export const syncRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/syncs',
    operation: 'listSyncs',
    summary: 'My latest syncs',
    tag: 'Syncs',
    access: 'read',
    answers: { 200: { description: 'Newest first', schema: syncListSchema } },
    handle: async ({ hub, caller }) => ({
      status: 200,
      body: { items: await hub.syncs.list(caller.personId) },
    }),
  }),
  personalRoute({
    method: 'post',
    path: '/syncs',
    operation: 'startSync',
    summary: 'Synchronize everything I am signed in to; joins what runs',
    tag: 'Syncs',
    access: 'manage',
    answers: { 202: { description: 'It runs', schema: syncSchema, headers: { Location: 'Its address' } } },
    problems: ['not_connected'],
    handle: async ({ hub, caller, request }) => {
      const sync = await hub.syncs.start(caller.personId);
      return { status: 202, body: sync, headers: { Location: `${request.baseUrl}/syncs/${sync.id}` } };
    },
  }),
  personalRoute({
    method: 'get',
    path: '/syncs/:id',
    operation: 'getSync',
    summary: 'One sync, now or after its next change',
    tag: 'Syncs',
    access: 'read',
    params: z.object({ id: z.string() }),
    query: watchQuery,
    answers: { 200: { description: 'The sync', schema: syncSchema } },
    handle: async ({ hub, caller, params: { id }, query: { after }, signal }) => ({
      status: 200,
      body: await hub.syncs.changed(caller.personId, id, { after, maxWaitMs, signal }),
    }),
  }),
];
