import type { Hub } from '@anyforge/hub';
import { systemClock } from '@anyforge/provider-kit';
import { pino } from 'pino';
import { z } from 'zod';
import { createApp } from '../http/app.js';
import { rootRoutes, routes } from '../http/routes/index.js';

/** `GET /api/v1/syncs/:id` */
export type RouteName = string;

/** The routes that the lists name. */
export function listRoutes(): readonly RouteName[] {
  return [
    ...routes.map(({ method, path }) => `${method.toUpperCase()} /api/v1${path}`),
    ...rootRoutes.map(({ method, path }) => `${method.toUpperCase()} ${path}`),
  ];
}

const layer = z.object({
  route: z.object({ path: z.string(), methods: z.record(z.string(), z.boolean()) }).optional(),
  handle: z.custom<{ readonly stack?: unknown }>(),
});

/** The routes that Express has been given, without the paths that they are mounted at: lest there be one on no list. */
export function inspectApplication(): readonly RouteName[] {
  const app = createApp({
    // Nobody is served: it is only looked at.
    hub: {} as Hub,
    logger: pino({ level: 'silent' }),
    clock: systemClock,
    publicUrl: 'http://localhost',
    trustProxy: 0,
    stopping: new AbortController().signal,
  });
  return routesIn(app.router.stack);
}

function routesIn(layers: unknown): readonly RouteName[] {
  return z
    .array(layer)
    .parse(layers)
    .flatMap(({ route, handle }) => {
      if (route === undefined) return handle.stack === undefined ? [] : routesIn(handle.stack);
      return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`);
    });
}
