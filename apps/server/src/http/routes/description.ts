import { z } from 'zod';
import { describeApi } from '../openapi/describe-api.js';
import type { Route } from '../route.js';
import { publicRoute } from '../route.js';

const underPrefix = '/api/v1';

/** @param described what is told: every route there is, this one too */
export function descriptionRoutes(
  described: () => { readonly routes: readonly Route[]; readonly rootRoutes: readonly Route[] },
): readonly Route[] {
  return [
    publicRoute({
      method: 'get',
      path: '/openapi.json',
      operation: 'describeApi',
      summary: 'This description, as OpenAPI 3.1',
      tag: 'Description',
      answers: {
        200: { description: 'An OpenAPI document', schema: z.record(z.string(), z.unknown()) },
      },
      handle: ({ request }) => ({
        status: 200,
        body: describeApi({ ...described(), prefix: request.baseUrl.slice(0, -underPrefix.length) }),
      }),
    }),
  ];
}
