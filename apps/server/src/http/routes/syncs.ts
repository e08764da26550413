import type { Sync } from '@anyforge/hub';
import { z } from 'zod';
import type { Route, ServerSentEvent } from '../route.js';
import { eventStreamType, personalRoute } from '../route.js';
import { syncListSchema, syncSchema } from '../schemas/syncs.js';

const revision = z
  .string()
  .regex(/^\d{1,15}$/, 'must be the revision of a sync')
  .transform(Number);

const watchQuery = z.strictObject({ after: revision.optional() });

/** Left by a stream of another kind, it says nothing, and is passed over. */
const lastEventId = revision.optional().catch(undefined);

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
  personalRoute({
    method: 'post',
    path: '/syncs/:id/cancellation',
    operation: 'cancelSync',
    summary: 'Stop a sync, wherever it runs; what people see stays',
    tag: 'Syncs',
    access: 'manage',
    params: z.object({ id: z.string() }),
    answers: {
      200: {
        description: 'The sync, of which nothing is open any more; as it was, if it had ended',
        schema: syncSchema,
      },
    },
    handle: async ({ hub, caller, params: { id } }) => ({
      status: 200,
      body: await hub.syncs.cancel(caller.personId, id),
    }),
  }),
  personalRoute({
    method: 'get',
    path: '/syncs/:id/events',
    operation: 'watchSync',
    summary: 'One sync, now and after each change, until it has ended',
    tag: 'Syncs',
    access: 'read',
    params: z.object({ id: z.string() }),
    query: watchQuery,
    requestHeaders: {
      'Last-Event-ID': 'A revision that was seen, from whichever server; goes before `after`',
    },
    answers: {
      200: {
        description:
          'An event `sync` with the sync as it is, unless that is the revision that was seen, and one after each change, at most four a second; the last tells its end, and ends the stream. The `id` of each is the revision.',
        schema: syncSchema,
        contentType: eventStreamType,
      },
      204: { description: 'It has ended, and its last revision was seen: `EventSource` asks no more' },
    },
    handle: async ({ hub, caller: { personId }, params: { id }, query, request, signal }) => {
      const after = lastEventId.parse(request.get('last-event-id')) ?? query.after;
      const { finishedAt, revision: latest } = await hub.syncs.get(personId, id);
      if (finishedAt !== undefined && latest === after) return { status: 204 };
      return { status: 200, events: toEvents(hub.syncs.watch(personId, id, { after, signal })) };
    },
  }),
];

async function* toEvents(changes: AsyncIterable<Sync>): AsyncIterable<ServerSentEvent> {
  for await (const sync of changes) yield { name: 'sync', id: String(sync.revision), data: sync };
}
