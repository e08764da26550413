import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { amend } from './amend.js';
import type { OperationVerdict } from './check-profile.js';
import { checkProfile, isBad } from './check-profile.js';
import { toDescription } from './description.js';
import type { Exchange } from './exchange.js';

const thing = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string', nullable: true },
    owner: { $ref: '#/components/schemas/owner' },
    extra: { type: 'object' },
  },
  required: ['id'],
};

/** Owners may be teams, as the schemas say by extending one with the other. */
const owner = { type: 'object', properties: { login: { type: 'string' } } };
const team = {
  allOf: [
    { $ref: '#/components/schemas/owner' },
    { type: 'object', additionalProperties: true, properties: { size: { type: 'integer' } } },
  ],
};

const answerOf = (schema: unknown) => ({ content: { 'application/json': { schema } } });

function describing(changes: object = {}) {
  return toDescription(
    {
      openapi: '3.0.3',
      components: {
        schemas: { thing, owner, team },
        responses: { missing: answerOf({ type: 'object', properties: { message: { type: 'string' } } }) },
      },
      paths: {
        '/things': {
          get: {
            responses: {
              '200': answerOf({ type: 'array', items: { $ref: '#/components/schemas/thing' } }),
              '404': { $ref: '#/components/responses/missing' },
            },
          },
          delete: { responses: { '204': {} } },
        },
      },
      ...changes,
    },
    'the description',
  );
}

interface Answering {
  readonly body: unknown;
  readonly status?: number;
  readonly exchange?: Partial<Exchange>;
  readonly description?: ReturnType<typeof describing>;
}

/** What comes out for GET /things when a forge answers this to it. */
async function verdictOn({ body, status = 200, exchange = {}, description = describing() }: Answering) {
  const verdicts = await checkAll(
    [{ operation: 'GET /things', status, ...exchange }],
    { body, status },
    description,
  );
  return verdicts.find(({ operation }) => operation === (exchange.operation ?? 'GET /things'));
}

async function checkAll(
  exchanges: readonly Omit<Exchange, 'url'>[],
  answer: { readonly body: unknown; readonly status: number },
  description = describing(),
): Promise<readonly OperationVerdict[]> {
  const server = createServer((_request, response) => {
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.status === 204 ? undefined : JSON.stringify(answer.body));
  });
  const address = await listen(server);
  const start = async () => ({
    exchanges: exchanges.map((each) => ({ ...each, url: `${address}/things` })),
    close: () => close(server),
  });
  return checkProfile({ name: 'Test', file: 'test.json', start }, description);
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeAllConnections();
  await closed;
}

describe('an answer', () => {
  it('is checked when it is as described', async () => {
    const body = [{ id: 1, name: null, owner: { login: 'ada' }, extra: { anything: true } }];
    expect(await verdictOn({ body })).toMatchObject({ state: 'checked', statuses: [200], faults: [] });
  });

  it('fails with a wrong type', async () => {
    const verdict = await verdictOn({ body: [{ id: '1' }] });
    expect(verdict).toMatchObject({ state: 'failed', faults: ['/things (200) /0/id must be integer'] });
  });

  it('fails without a field that the description requires', async () => {
    expect(await verdictOn({ body: [{ name: 'x' }] })).toMatchObject({
      state: 'failed',
      faults: ["/things (200) /0 must have required property 'id'"],
    });
  });

  it.each([
    [{ id: 1, colour: 'red' }, '/0/colour'],
    [{ id: 1, owner: { login: 'ada', shoe: 40 } }, '/0/owner/shoe'],
    [{ id: 1, owner: { login: 'ada', size: 3, shoe: 40 } }, '/0/owner/shoe'],
  ])('fails with a field that the description does not know: %j', async (item, path) => {
    const verdict = await verdictOn({ body: [item] });
    expect(verdict?.state).toBe('failed');
    expect(verdict?.faults).toContain(`/things (200) has ${path}, which the description does not know`);
  });

  it('may have the fields of a schema that extends the described one', async () => {
    const verdict = await verdictOn({ body: [{ id: 1, owner: { login: 'acme', size: 3 } }] });
    expect(verdict?.state).toBe('checked');
  });

  it('may have unknown fields where the description is partial', async () => {
    const description = describing({ info: { 'x-partial': true } });
    expect((await verdictOn({ body: [{ id: 1, colour: 'red' }], description }))?.state).toBe('checked');
    expect((await verdictOn({ body: [{ id: '1' }], description }))?.state).toBe('failed');
  });

  it('fails without a field that the adapter reads, whether the description knows it or not', async () => {
    const reads = z.array(
      z.object({
        name: z.string().nullish(),
        owner: z.object({ login: z.string().nullish() }).nullish(),
        elsewhere: z.string().nullish(),
      }),
    );
    const body = [
      { id: 1, name: null, owner: { login: 'ada' } },
      { id: 2, owner: {} },
    ];
    expect(await verdictOn({ body, exchange: { reads } })).toMatchObject({
      state: 'failed',
      faults: [
        '/things (200) lacks [1].name, which the adapter reads',
        '/things (200) lacks [1].owner.login, which the adapter reads',
        '/things (200) lacks [0].elsewhere, which the adapter reads',
        '/things (200) lacks [1].elsewhere, which the adapter reads',
      ],
    });
    const [withheld, inSome] = [['[].elsewhere'], ['[].name', '[].owner.login']];
    expect((await verdictOn({ body, exchange: { reads, withheld, inSome } }))?.state).toBe('checked');
  });

  it.each([
    [{ withheld: ['[].name'] }, 'has [].name, which is said to be withheld'],
    [{ withheld: ['[].id'] }, 'has [].id, which is said to be withheld'],
    [{ inSome: ['[].id', '[].name'] }, 'has [].id everywhere, which is said to be in some'],
    [{ inSome: ['[].name', '[].owner'] }, 'lacks [].owner everywhere, which is said to be in some'],
    [{ withheld: ['[].size'] }, 'has nowhere for [].size to be, which the exchange speaks of'],
  ])('fails when it has or lacks anything else than what %j says', async (exceptions, fault) => {
    const read = z.string().nullish();
    const reads = z.array(z.object({ id: z.int(), name: read, owner: read }));
    const body = [{ id: 1, name: 'x' }, { id: 2 }];
    const verdict = await verdictOn({ body, exchange: { reads, ...exceptions } });
    expect(verdict?.faults).toContain(`/things (200) ${fault}`);
  });

  it('fails with an empty list where the adapter reads one, unless that is said', async () => {
    const reads = z.array(z.object({ id: z.int() }));
    expect((await verdictOn({ body: [], exchange: { reads } }))?.faults).toEqual([
      '/things (200) lacks [], which the adapter reads',
    ]);
    expect((await verdictOn({ body: [], exchange: { reads, withheld: ['[]'] } }))?.state).toBe('checked');
  });

  it('is held against every schema that the adapter reads it with', async () => {
    const reads = [z.array(z.object({ id: z.int() })), z.array(z.object({ id: z.string() }))];
    expect((await verdictOn({ body: [{ id: 1 }], exchange: { reads } }))?.faults).toEqual([
      '/things (200) cannot be read by the adapter at 0.id: Invalid input: expected string, received number',
    ]);
  });

  it('fails when the adapter cannot read it', async () => {
    const reads = z.array(z.object({ id: z.int(), secret: z.string() }));
    const verdict = await verdictOn({ body: [{ id: 1 }], exchange: { reads } });
    expect(verdict?.faults).toContain('/things (200) lacks [0].secret, which the adapter reads');
    expect(verdict?.state).toBe('failed');
  });

  it('fails when two schemas hold of which one has to', async () => {
    const either = { oneOf: [{ type: 'integer' }, { type: 'number' }] };
    const paths = { '/things': { get: { responses: { '200': answerOf(either) } } } };
    expect(await verdictOn({ body: 1, description: describing({ paths }) })).toMatchObject({
      state: 'failed',
      faults: ['/things (200) the body must match exactly one schema in oneOf'],
    });
  });

  it('fails with another status than the one that was to come', async () => {
    const verdict = await verdictOn({ body: { message: 'no' }, status: 404, exchange: { status: 200 } });
    expect(verdict?.faults).toEqual(['/things (200) answered 404 instead of 200: {"message":"no"}']);
  });

  it('is held against what is described of errors, too', async () => {
    const error = await verdictOn({ body: { message: 'no', colour: 'red' }, status: 404 });
    expect(error?.faults).toEqual(['/things (404) has /colour, which the description does not know']);
  });

  it('may lack what the vendor has since made optional', async () => {
    const see = 'https://docs.example.com/changes';
    const description = amend(describing(), [{ optional: 'id', see }]);
    expect((await verdictOn({ body: [{ name: 'x' }], description }))?.state).toBe('checked');
  });
});

describe('an answer that cannot be looked at', () => {
  it.each([
    ['stops in the middle', '[{"id": 1', /^\/things \(200\) .*JSON/],
    ['never comes', undefined, /^\/things \(200\) fetch failed: /],
  ])('fails its operation and no other when it %s', async (_how, text, fault) => {
    const server = createServer((request, response) => {
      if (request.url === '/things' && text === undefined) request.socket.destroy();
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(request.url === '/things' ? text : '{}');
    });
    const start = async () => ({ exchanges, close: () => close(server) });
    const address = await listen(server);
    const exchanges = [
      { operation: 'GET /things', url: `${address}/things`, status: 200 },
      { operation: 'GET /other', url: `${address}/other`, status: 200 },
    ];
    const verdicts = await checkProfile({ name: 'Test', file: 'test.json', start }, describing());
    expect(verdicts[0]).toMatchObject({ state: 'failed', faults: [expect.stringMatching(fault)] });
    expect(verdicts.at(-1)).toMatchObject({ operation: 'GET /other', state: 'not described' });
  });
});

describe('an operation', () => {
  it('fails the check when it is described and nobody asked', async () => {
    const verdicts = await checkAll([{ operation: 'GET /things', status: 200 }], { body: [], status: 200 });
    expect(verdicts.map(({ operation, state }) => [operation, state])).toEqual([
      ['GET /things', 'checked'],
      ['DELETE /things', 'unchecked'],
    ]);
    expect(verdicts.map(isBad)).toEqual([false, true]);
  });

  it('is not checked by refusals alone', async () => {
    expect((await verdictOn({ body: { message: 'no' }, status: 404 }))?.state).toBe('unchecked');
  });

  it('is checked by an answer without a body where none is described', async () => {
    const exchange = { operation: 'DELETE /things', status: 204 };
    expect((await verdictOn({ body: undefined, status: 204, exchange }))?.state).toBe('checked');
  });

  it('is listed, and no failure, when it is not described', async () => {
    const verdict = await verdictOn({ body: {}, exchange: { operation: 'GET /other' } });
    expect(verdict).toMatchObject({ state: 'not described', statuses: [] });
    expect(verdict === undefined || isBad(verdict)).toBe(false);
  });

  it('is listed, and no failure, when the forge has no simulator yet', async () => {
    const verdicts = await checkProfile({ name: 'Test', file: 'test.json' }, describing());
    expect(verdicts.map(({ state }) => state)).toEqual(['not simulated', 'not simulated']);
    expect(verdicts.some(isBad)).toBe(false);
  });
});

describe('an amendment', () => {
  const see = 'https://docs.example.com/changes';

  it('is laid over one place of the description and no other', async () => {
    const at = '/components/schemas/thing/properties/name';
    const description = amend(describing(), [{ at, merge: { type: 'integer', nullable: null }, see }]);
    expect((await verdictOn({ body: [{ id: 1, name: 2 }], description }))?.state).toBe('checked');
    expect((await verdictOn({ body: [{ id: 1, name: null }], description }))?.state).toBe('failed');
    expect((await verdictOn({ body: [{ id: 'x' }], description }))?.state).toBe('failed');
  });

  it('is refused where there is nothing to amend', () => {
    const at = '/components/schemas/nothing';
    expect(() => amend(describing(), [{ at, merge: {}, see }])).toThrow(at);
  });
});
