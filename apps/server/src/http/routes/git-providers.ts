import { Router } from 'express';
import { z } from 'zod';
import type { RouteContext } from '../route-context.js';
import { parse } from '../parse.js';

const newGitProvider = z.strictObject({
  name: z.string(),
  type: z.string(),
  config: z.record(z.string(), z.unknown()),
});

export function gitProviderRoutes({ hub, personId }: RouteContext): Router {
  const router = Router();
  router.get('/git-providers', async (_request, response) => {
    response.json({ items: await hub.gitProviders.list(personId) });
  });
  router.post('/git-providers', async (request, response) => {
    const created = await hub.gitProviders.create(parse(newGitProvider, request.body));
    response.status(201).location(`${request.baseUrl}/git-providers/${created.id}`).json(created);
  });
  router.get('/git-providers/:id', async ({ params }, response) => {
    response.json(await hub.gitProviders.get(personId, params.id));
  });
  router.get('/git-providers/:id/token-help', async ({ params }, response) => {
    response.json(await hub.gitProviders.tokenHelp(params.id));
  });
  return router;
}
