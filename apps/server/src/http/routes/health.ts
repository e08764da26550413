import { z } from 'zod';
import type { Route } from '../route.js';
import { publicRoute } from '../route.js';

const health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });

/** Not under `/api/v1`, and whatever the Host header says: whoever asks is a machine beside this one. */
export const healthRoutes: readonly Route[] = [
  publicRoute({
    method: 'get',
    path: '/health/live',
    operation: 'isLive',
    summary: 'Whether the process runs; while it starts, too',
    tag: 'Health',
    answers: { 200: { description: 'It runs', schema: health } },
    handle: () => ({ status: 200, body: { status: 'ok' } }),
  }),
  publicRoute({
    method: 'get',
    path: '/health/ready',
    operation: 'isReady',
    summary: 'Whether the server can be asked: it has started, does not stop, and its database answers',
    tag: 'Health',
    answers: { 200: { description: 'It can be asked', schema: health } },
    handle: async ({ hub }) => {
      await hub.ready();
      return { status: 200, body: { status: 'ok' } };
    },
  }),
];
