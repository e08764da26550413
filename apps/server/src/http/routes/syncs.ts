import { Router } from 'express';
import { z } from 'zod';
import type { RouteContext } from '../route-context.js';
import { parse } from '../parse.js';
import { untilClosed } from '../until-closed.js';

const watchQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the revision of a sync')
    .transform(Number)
    .optional(),
});

/** Shorter than what proxies allow an answer to take. */
const maxWaitMs = 25_000;

export function syncRoutes({ hub, personId }: RouteContext): Router {
  const router = Router();
  router.get('/syncs', async (_request, response) => {
    response.json({ items: await hub.syncs.list(personId) });
  });
  router.post('/syncs', async (request, response) => {
    const sync = await hub.syncs.start(personId);
    response.status(202).location(`${request.baseUrl}/syncs/${sync.id}`).json(sync);
  });
  router.get('/syncs/:id', async (request, response) => {
    const { after } = parse(watchQuery, request.query);
    const signal = untilClosed(response);
    response.json(await hub.syncs.changed(personId, request.params.id, { after, maxWaitMs, signal }));
  });
  return router;
}
