import { Router } from 'express';
import type { RouteContext } from '../app.js';

export function syncRoutes({ hub, personId }: RouteContext): Router {
  const router = Router();
  router.get('/syncs', async (_request, response) => {
    response.json({ items: await hub.syncs.list(personId) });
  });
  router.post('/syncs', async (request, response) => {
    const sync = await hub.syncs.start(personId);
    response.status(202).location(`${request.baseUrl}/syncs/${sync.id}`).json(sync);
  });
  router.get('/syncs/:id', async ({ params }, response) => {
    response.json(await hub.syncs.get(personId, params.id));
  });
  return router;
}
