import { Router } from 'express';
import type { RouteContext } from '../route-context.js';

export function providerTypeRoutes({ hub }: RouteContext): Router {
  const router = Router();
  router.get('/provider-types', (_request, response) => {
    response.json({ items: hub.providerTypes.list() });
  });
  return router;
}
