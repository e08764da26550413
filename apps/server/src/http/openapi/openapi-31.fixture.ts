import { z } from 'zod';

/**
 * What a document may be that keeps to OpenAPI 3.1, as far as ours uses it: every object with the members that the
 * specification gives it, and no other.
 *
 * @see https://spec.openapis.org/oas/v3.1.0
 */
const text = z.string().min(1);
const reference = z.strictObject({ $ref: z.string().startsWith('#/components/') });
/** JSON Schema 2020-12, which has a meta-schema of its own. */
const schema = z.record(z.string(), z.unknown());

const server = z.strictObject({ url: text });
const header = z.strictObject({ description: text, schema });
const content = z.record(
  z.string().regex(/^[\w.+*-]+\/[\w.+*-]+$/),
  z.strictObject({ schema: schema.optional() }),
);
const response = z.strictObject({
  description: text,
  headers: z.record(z.string(), z.union([reference, header])).optional(),
  content: content.optional(),
});

const parameter = z.discriminatedUnion('in', [
  z.strictObject({
    in: z.literal('path'),
    name: text,
    description: text.optional(),
    required: z.literal(true),
    schema,
  }),
  z.strictObject({
    in: z.enum(['query', 'header']),
    name: text,
    description: text.optional(),
    required: z.boolean().optional(),
    schema,
  }),
]);

const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  summary: text,
  description: text,
  tags: z.array(text).length(1),
  security: z.array(z.record(z.enum(['session', 'apiToken']), z.array(text).optional())),
  parameters: z.array(parameter).min(1).optional(),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/), z.union([reference, response])),
});

const pathItem = z.strictObject({
  servers: z.array(server).optional(),
  parameters: z.array(reference).min(1).optional(),
  get: operation.optional(),
  put: operation.optional(),
  post: operation.optional(),
  patch: operation.optional(),
  delete: operation.optional(),
});

export const openApiDocument = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({
    title: text,
    version: text,
    summary: text,
    description: text,
    license: z.strictObject({ name: text, identifier: text }),
  }),
  servers: z.array(server),
  tags: z.array(z.strictObject({ name: text })),
  paths: z.record(z.string().startsWith('/'), pathItem),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[A-Za-z]+$/), schema),
    responses: z.record(z.string().regex(/^[A-Za-z\d]+$/), response),
    parameters: z.record(z.string(), parameter),
    headers: z.record(z.string(), header),
    securitySchemes: z.strictObject({
      session: z.strictObject({
        type: z.literal('apiKey'),
        in: z.literal('cookie'),
        name: text,
        description: text,
      }),
      apiToken: z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer'), description: text }),
    }),
  }),
});

/** Every operation of a document, with its path and method. */
export function operationsOf({ paths }: z.infer<typeof openApiDocument>) {
  return Object.entries(paths).flatMap(([path, { servers: _servers, parameters: _parameters, ...methods }]) =>
    Object.entries(methods).flatMap(([method, described]) =>
      described === undefined ? [] : [{ path, method, ...described }],
    ),
  );
}

/** Every schema anywhere below a value, with where it stands. */
export function objectsIn(
  value: unknown,
  place = '',
): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => objectsIn(item, `${place}/${index}`));
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.fromEntries(Object.entries(value));
  return [
    [place, own],
    ...Object.entries(own).flatMap(([key, member]) => objectsIn(member, `${place}/${key}`)),
  ];
}
