import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { publicRoute } from '../route.js';
import { rootRoutes, routes } from '../routes/index.js';
import { describeApi } from './describe-api.js';
import { objectsIn, openApiDocument, operationsOf } from './openapi-31.fixture.js';

const description = describeApi({ routes, rootRoutes, prefix: '' });
const document = openApiDocument.parse(description);
const operations = operationsOf(document);
const all = objectsIn(description);
const references = all.flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));

/** Like a route of the API, so far as it matters here. */
const route = publicRoute({
  method: 'get',
  path: '/things',
  operation: 'getThing',
  summary: 'A thing',
  tag: 'Things',
  answers: {},
  handle: () => ({ status: 204 }),
});

describe('the description of the API', () => {
  it('tells every route, each once', () => {
    const told = operations.map(({ operationId }) => operationId);
    expect(new Set(told).size).toBe(told.length);
    expect(told.toSorted()).toEqual([...routes, ...rootRoutes].map(({ operation }) => operation).toSorted());
  });

  it('is the same each time', () => {
    expect(JSON.stringify(describeApi({ routes, rootRoutes, prefix: '' }))).toBe(JSON.stringify(description));
  });

  it('says where the API is below a path', () => {
    const { servers, paths } = openApiDocument.parse(describeApi({ routes, rootRoutes, prefix: '/any' }));
    expect(servers).toEqual([{ url: '/any/api/v1' }]);
    expect(paths['/health/live']?.servers).toEqual([{ url: '/any' }]);
  });

  it('refers to nothing that there is not, and has nothing that nobody refers to', () => {
    const { schemas, responses, headers, parameters } = document.components;
    const places = { schemas, responses, headers, parameters };
    const there = Object.entries(places).flatMap(([place, named]) =>
      Object.keys(named).map((name) => `#/components/${place}/${name}`),
    );
    expect([...new Set(references)].toSorted()).toEqual(there.toSorted());
  });

  it('has schemas that a validator understands', () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
    addFormats.default(ajv);
    ajv.addVocabulary(['openapi', 'info', 'servers', 'tags', 'paths', 'components']);
    ajv.addSchema(description, 'api', undefined, false);
    for (const name of Object.keys(document.components.schemas))
      expect(() => ajv.compile({ $ref: `api#/components/schemas/${name}` })).not.toThrow();
  });

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    'tells every parameter in the path of %s',
    (_, { path, parameters = [] }) => {
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    },
  );

  it('says of every answer of the API what it is', () => {
    const vague = operations.flatMap(({ operationId, responses }) =>
      Object.entries(responses).flatMap(([status, response]) =>
        'content' in response
          ? Object.values(response.content ?? {}).flatMap(({ schema }) =>
              schema !== undefined && Object.keys(schema).length === 0 ? [`${operationId} ${status}`] : [],
            )
          : [],
      ),
    );
    expect(vague).toEqual([]);
  });
});

describe('what is sent to the API', () => {
  /** A route of the root is told by strangers, with what they add. */
  const sent = routes.flatMap(({ operation, body, query }) =>
    [body, query].flatMap((schema) => (schema === undefined ? [] : [[operation, schema] as const])),
  );

  it.each(sent)('has no unknown members: %s', (_, schema) => {
    const objects = objectsIn(z.toJSONSchema(schema, { io: 'input' }));
    const open = objects.filter(
      ([, { type, properties, additionalProperties }]) =>
        type === 'object' && properties !== undefined && additionalProperties !== false,
    );
    expect(open.map(([place]) => place)).toEqual([]);
  });

  it('says which members are secrets', () => {
    const secret = /password|^token$|secret$|^code$/i;
    const members = operations.flatMap(({ operationId, requestBody }) =>
      requestBody === undefined ? [] : membersOf(operationId, requestBody.content),
    );
    const unmarked = members.filter(([, name, schema]) => secret.test(name) && schema['writeOnly'] !== true);
    expect(unmarked).toEqual([]);
    expect(members.some(([, name]) => secret.test(name))).toBe(true);
  });
});

function membersOf(operation: string, content: unknown) {
  const entities = objectsIn(content).flatMap(([, { $ref }]) =>
    typeof $ref === 'string' ? [document.components.schemas[$ref.split('/').at(-1) ?? '']] : [],
  );
  return [...objectsIn(content), ...objectsIn(entities)].flatMap(([, { properties }]) =>
    objectsIn(properties)
      .filter(([place]) => place.split('/').length === 2)
      .map(([place, schema]) => [operation, place.slice(1), schema] as const),
  );
}

describe('a description', () => {
  it('is refused when two different entities have one name', () => {
    const input = z.object({ a: z.string().default('x') }).meta({ id: 'Doubtful' });
    const both = { ...route, body: input, answers: { 200: { description: 'It', schema: input } } };
    expect(() => describeApi({ routes: [both], rootRoutes: [], prefix: '' })).toThrow(
      'Two different schemas are called Doubtful',
    );
  });

  it('is refused when a route lists a problem that there is not', () => {
    const wrong = { ...route, problems: ['not_fuond'] };
    expect(() => describeApi({ routes: [wrong], rootRoutes: [], prefix: '' })).toThrow(
      'getThing lists the problem not_fuond',
    );
  });
});
