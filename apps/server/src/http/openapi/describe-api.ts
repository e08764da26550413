import { z } from 'zod';
import type { AnswerDescription, Route } from '../route.js';
import { eventStreamType, lineType } from '../route.js';
import { problemSchema } from '../schemas/problem.js';
import type { JsonSchema } from './component-schemas.js';
import { ComponentSchemas } from './component-schemas.js';
import { admissions, securitySchemes } from './admissions.js';
import { problemReference, refusalsOf, sharedRefusals } from './refusals.js';
import { personParameter, requestIdHeader, sharedHeaders, sharedParameters } from './shared-headers.js';

export interface Description {
  readonly openapi: '3.1.0';
  readonly [member: string]: unknown;
}

export interface DescribedRoutes {
  /** Under `/api/v1`. */
  readonly routes: readonly Route[];
  readonly rootRoutes: readonly Route[];
  /** The path that comes before everything; empty for none. */
  readonly prefix: string;
}

/** Turns the routes into an OpenAPI document; the same routes always into the same. */
export function describeApi({ routes, rootRoutes, prefix }: DescribedRoutes): Description {
  const schemas = new ComponentSchemas();
  const root = [{ url: prefix === '' ? '/' : prefix }];
  const paths = {
    ...pathItems(routes, schemas, { parameters: [personParameter] }),
    ...pathItems(rootRoutes, schemas, { servers: root }),
  };
  schemas.add(problemSchema, 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: 'anyforge',
      version: '1',
      summary: 'One interface to every Git forge',
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${prefix}/api/v1` }],
    tags: tagsOf([...routes, ...rootRoutes]),
    paths,
    components: {
      schemas: schemas.list(),
      parameters: sharedParameters,
      responses: sharedRefusals(),
      headers: sharedHeaders,
      securitySchemes,
    },
  };
}

const description = `Every error is a problem document (RFC 9457) with a stable \`code\`; docs/errors.md lists them all.
What a route does not declare is refused: unknown members, parameters and queries with the status 422.
Times are in UTC, as RFC 3339 has them. Lists come in pages: \`nextCursor\` is the \`cursor\` of the next one.`;

function tagsOf(routes: readonly Route[]): readonly { readonly name: string }[] {
  return [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name }));
}

function pathItems(
  routes: readonly Route[],
  schemas: ComponentSchemas,
  shared: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const items: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    items[path] = { ...(items[path] ?? shared), [route.method]: describeRoute(route, schemas) };
  }
  return items;
}

function describeRoute(route: Route, schemas: ComponentSchemas): JsonSchema {
  const { words, security } = admissions[route.access];
  const parameters = [
    ...parametersOf(route.params, 'path', schemas),
    ...parametersOf(route.query, 'query', schemas),
    ...requestHeadersOf(route),
  ];
  return {
    operationId: route.operation,
    summary: route.summary,
    description: words,
    tags: [route.tag],
    security,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: bodyOf(route.body, schemas) }),
    responses: { ...answersOf(route, schemas), ...refusalsOf(route) },
  };
}

function requestHeadersOf({ requestHeaders = {} }: Route): readonly object[] {
  return Object.entries(requestHeaders).map(([name, meaning]) => ({
    name,
    in: 'header',
    description: meaning,
    schema: { type: 'string' },
  }));
}

const objectSchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  required: z.array(z.string()).default([]),
});

function parametersOf(
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  schemas: ComponentSchemas,
): readonly object[] {
  if (schema === undefined) return [];
  const { properties, required } = objectSchema.parse(schemas.add(schema, 'input'));
  return Object.entries(properties).map(([name, { description: meaning, ...rest }]) => ({
    name,
    in: place,
    ...(meaning === undefined ? {} : { description: meaning }),
    required: place === 'path' || required.includes(name),
    schema: rest,
  }));
}

function bodyOf(schema: z.ZodType, schemas: ComponentSchemas): object {
  const required = !schema.safeParse(undefined).success;
  return { required, content: { 'application/json': { schema: schemas.add(schema, 'input') } } };
}

function answersOf({ answers }: Route, schemas: ComponentSchemas): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      {
        description: answer.description,
        headers: { ...requestIdHeader, ...headersOf(answer) },
        ...contentOf(answer, schemas),
      },
    ]),
  );
}

function headersOf({ headers = {} }: AnswerDescription): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, meaning]) => [
      name,
      { description: meaning, schema: { type: 'string' } },
    ]),
  );
}

const problemLine = {
  type: 'object',
  description: 'The last line, when something goes wrong after the first',
  properties: { problem: problemReference },
  required: ['problem'],
  additionalProperties: false,
};

const ofEvents =
  'The data of one event; a problem is that of the last one, `problem`, when something goes wrong';

function contentOf({ schema, contentType }: AnswerDescription, schemas: ComponentSchemas): object {
  if (schema === undefined && contentType === undefined) return {};
  const type = contentType ?? 'application/json';
  if (schema === undefined) return { content: { [type]: {} } };
  const own = schemas.add(schema, 'output');
  return { content: { [type]: { schema: orProblem(type, own) } } };
}

/** What comes bit by bit may end in a problem. */
function orProblem(type: string, own: JsonSchema): JsonSchema {
  if (type === lineType) return { anyOf: [own, problemLine] };
  if (type === eventStreamType) return { description: ofEvents, anyOf: [own, problemReference] };
  return own;
}
