import { describe, expect, it } from '@jest/globals';
import { format } from 'prettier';
import { generateTypes } from './generate-types.js';

const json = (schema: object): object => ({ content: { 'application/json': { schema } } });
const problem = { $ref: '#/components/responses/Refusal404' };
const headers = { 'X-Request-Id': { schema: { type: 'string' } } };

/** A description in little, as the server makes it. */
const description = {
  openapi: '3.1.0',
  info: { title: 'anyforge', version: '1' },
  servers: [{ url: '/api/v1' }],
  paths: {
    '/syncs/{id}': {
      parameters: [{ $ref: '#/components/parameters/X-Person' }],
      get: {
        operationId: 'getSync',
        summary: 'One sync',
        description: 'For everybody.',
        security: [{ session: [] }],
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'after', in: 'query', required: false, schema: { type: 'string' } },
        ],
        responses: {
          200: { description: 'The sync', headers, ...json({ $ref: '#/components/schemas/Sync' }) },
          404: problem,
        },
      },
      delete: {
        operationId: 'deleteSync',
        summary: 'Forget a sync',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 204: { description: 'It is gone', headers } },
      },
    },
    '/healthz': {
      servers: [{ url: '/' }],
      get: { operationId: 'getHealth', responses: { 200: { description: 'It runs' } } },
    },
  },
  components: {
    schemas: {
      Sync: {
        type: 'object',
        description: 'One run',
        properties: {
          id: { type: 'string' },
          finishedAt: { type: 'string', description: 'At the end' },
          state: { type: 'string', enum: ['running', 'over'], description: 'Whether it runs' },
        },
        required: ['id'],
      },
    },
    parameters: { 'X-Person': { name: 'X-Person', in: 'header', schema: { type: 'string' } } },
    responses: { Refusal404: { description: '`not_found`', ...json({}) } },
    securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'anyforge' } },
  },
};

describe('the types of an API', () => {
  it('tell of paths, entities and operations, and nothing besides', async () => {
    const types = await generateTypes(description);
    expect(await format(types, { parser: 'typescript', singleQuote: true })).toBe(
      `// Generated from the server's description of its API by \`npm run generate-client\`. Not to be edited by hand.
/* eslint-disable */

export interface paths {
  readonly '/syncs/{id}': {
    /**
     * One sync
     *
     * For everybody.
     */
    readonly get: operations['getSync'];
    /** Forget a sync */
    readonly delete: operations['deleteSync'];
  };
}
/** One run */
export type Sync = {
  readonly id: string;
  /** At the end */
  readonly finishedAt?: string | undefined;
  /**
   * Whether it runs
   */
  readonly state?: ('running' | 'over') | undefined;
};
interface operations {
  readonly getSync: {
    readonly parameters: {
      readonly query?:
        | {
            readonly after?: string | undefined;
          }
        | undefined;
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** The sync */
      readonly 200: {
        content: {
          readonly 'application/json': Sync;
        };
      };
    };
  };
  readonly deleteSync: {
    readonly parameters: {
      readonly path: {
        readonly id: string;
      };
    };
    readonly responses: {
      /** It is gone */
      readonly 204: {};
    };
  };
}
`,
    );
  });

  it('fail where what is described is no API', async () => {
    await expect(generateTypes({ openapi: '3.1.0', paths: {} })).rejects.toThrow('info');
  });
});
