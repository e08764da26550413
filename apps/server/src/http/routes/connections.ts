import { Router } from 'express';
import { z } from 'zod';
import type { RouteContext } from '../route-context.js';
import { RequestProblem } from '../problems.js';
import { parse } from '../parse.js';
import { untilClosed } from '../until-closed.js';

const tokenInput = z.strictObject({ token: z.string(), username: z.string().optional() });

export function connectionRoutes({ hub, personId }: RouteContext): Router {
  const router = Router();
  const path = '/git-providers/:id/connection';
  router.put(path, async (request, response) => {
    const input = parse(tokenInput, request.body);
    const signal = untilClosed(response);
    const { connection, syncId } = await hub.connections.putToken(personId, request.params.id, input, {
      signal,
    });
    response.json({ ...connection, syncId });
  });
  router.get(path, async ({ params }, response) => {
    const connection = await hub.connections.get(personId, params.id);
    if (connection === null) throw notConnected();
    response.json(connection);
  });
  router.delete(path, async ({ params }, response) => {
    await hub.connections.signOut(personId, params.id);
    response.status(204).end();
  });
  return router;
}

function notConnected(): RequestProblem {
  return new RequestProblem({
    code: 'not_found',
    status: 404,
    detail: 'You are not signed in to this git provider. Sign in with PUT and a token.',
  });
}
