import { z } from 'zod';
import type { Description } from '../openapi/describe-api.js';
import { describeApi } from '../openapi/describe-api.js';
import type { Route } from '../route.js';
import { publicRoute } from '../route.js';

const underPrefix = '/api/v1';

/** @param described what is told: every route there is, this one too */
export function descriptionRoutes(
  described: () => { readonly routes: readonly Route[]; readonly rootRoutes: readonly Route[] },
): readonly Route[] {
  // The same again and again, and asked by anybody: made once for each path before everything, of which a server has one.
  const known = new Map<string, Description>();
  const describe = (prefix: string): Description => {
    const description = known.get(prefix) ?? describeApi({ ...described(), prefix });
    known.set(prefix, description);
    return description;
  };
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
        body: describe(request.baseUrl.slice(0, -underPrefix.length)),
      }),
    }),
  ];
}
