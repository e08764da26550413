import { afterEach, describe, expect, it } from '@jest/globals';
import type { Caller, PersonalAccess } from '@anyforge/hub';
import { HubError } from '@anyforge/hub';
import { once } from 'node:events';
import { z } from 'zod';
import type { Route } from './route.js';
import { lineType, personalRoute, publicRoute } from './route.js';
import { closeServed, serveRoutes } from './serve-routes.fixture.js';

afterEach(closeServed);

const described = { operation: 'test', summary: 'A test', tag: 'Tests', answers: {} };

function answering(method: 'get' | 'post', path: string, answer: string): Route {
  return publicRoute({ ...described, method, path, handle: () => ({ status: 200, body: { answer } }) });
}

function guarded(access: PersonalAccess): Route {
  const handle = () => ({ status: 200, body: { answer: 'all' } });
  return personalRoute({ ...described, method: 'get', path: '/things', access, handle });
}

const member: Caller = {
  personId: 'ada',
  username: 'ada',
  role: 'member',
  via: { kind: 'api_token', tokenId: 'token', scopes: ['read'] },
};

describe('an address', () => {
  const routes = [
    answering('get', '/things/:id', 'one'),
    answering('get', '/things/schema', 'schema'),
    answering('post', '/things/:id', 'changed'),
  ];

  it.each([
    ['GET', '/things/7', 200, '{"answer":"one"}'],
    ['GET', '/things/schema', 200, '{"answer":"schema"}'],
    ['POST', '/things/schema', 200, '{"answer":"changed"}'],
    ['HEAD', '/things/7', 200, ''],
  ])('%s %s is answered by the route that fits best', async (method, path, status, text) => {
    const { url } = await serveRoutes(routes);
    const response = await fetch(`${url}${path}`, { method });
    expect([response.status, await response.text()]).toEqual([status, text]);
  });

  it.each(['/things/7/', '/Things/7', '/things//', '/other'])(
    '%s is not another name for one',
    async (path) => {
      const { url } = await serveRoutes(routes);
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    },
  );

  it('says which methods it takes', async () => {
    const { url } = await serveRoutes(routes);
    const refused = await fetch(`${url}/things/7`, { method: 'DELETE' });
    expect(refused.status).toBe(405);
    expect(refused.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');
    expect(await refused.json()).toMatchObject({ code: 'method_not_allowed' });
    const options = await fetch(`${url}/things/7`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
  });
});

describe('what a route does not declare', () => {
  const routes = [answering('get', '/things', 'all'), answering('post', '/things', 'made')];

  it.each([
    ['GET', '/things?serach=x', undefined, 'The query does not know "serach".'],
    ['POST', '/things', '{}', 'The body is not taken here: leave it out.'],
  ])('is refused: %s %s', async (method, path, body, detail) => {
    const { url } = await serveRoutes(routes);
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'invalid_input', detail });
  });

  it('is refused only of those who are let in at all', async () => {
    const route = guarded('read');
    const stranger = await serveRoutes([route]);
    expect((await fetch(`${stranger.url}/things?serach=x`)).status).toBe(401);
  });
});

describe('who may take a route', () => {
  it.each([
    [undefined, 'read', 401, 'not_signed_in'],
    [member, 'read', 200, undefined],
    [member, 'manage', 403, 'not_allowed'],
    [member, 'administrate', 403, 'not_allowed'],
    [member, 'session', 403, 'not_allowed'],
    [member, 'git', 403, 'not_allowed'],
  ] as const)('%j with %s: %d', async (caller, access, status, code) => {
    const route = guarded(access);
    const { url } = await serveRoutes([route], { caller });
    const response = await fetch(`${url}/things`);
    expect([response.status, await response.json()]).toEqual([
      status,
      code === undefined ? { answer: 'all' } : expect.objectContaining({ code }),
    ]);
  });
});

describe('an answer that comes line by line', () => {
  const answers = { 200: { description: 'Lines', schema: z.unknown(), contentType: lineType } };
  const telling = (lines: (signal: AbortSignal) => AsyncIterable<unknown>): Route =>
    publicRoute({
      ...described,
      method: 'post',
      path: '/tests',
      answers,
      handle: ({ signal }) => ({ status: 200, lines: lines(signal) }),
    });

  it('fails with a status of its own before the first line', async () => {
    const route = telling(async function* () {
      await Promise.resolve();
      throw new HubError('too_many_tests', 'Wait.');
      yield 1;
    });
    const { url } = await serveRoutes([route]);
    const response = await fetch(`${url}/tests`, { method: 'POST' });
    expect(response.status).toBe(429);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('tells in its last line what went wrong after the first', async () => {
    const route = telling(async function* () {
      yield { step: 1 };
      await Promise.resolve();
      throw new Error('a fault of ours');
    });
    const { url, logged } = await serveRoutes([route]);
    const response = await fetch(`${url}/tests`, { method: 'POST' });
    const [first, last] = (await response.text()).trim().split('\n');
    expect([response.status, first]).toEqual([200, '{"step":1}']);
    expect(JSON.parse(last ?? '')).toMatchObject({ problem: { code: 'internal', status: 500 } });
    expect(last).not.toContain('a fault of ours');
    expect(JSON.stringify(logged)).toContain('a fault of ours');
  });

  it('ends with a problem when the server stops', async () => {
    const route = telling(async function* (signal) {
      yield { step: 1 };
      await once(signal, 'abort');
      throw signal.reason;
    });
    const served = await serveRoutes([route]);
    const response = await fetch(`${served.url}/tests`, { method: 'POST' });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('{"step":1}\n');
    served.stop();
    expect((await reader?.read())?.value).toContain('"code":"closed"');
    expect((await reader?.read())?.done).toBe(true);
  });

  it('ends when nobody reads it any more', async () => {
    const ended = new Promise<unknown>((resolve) => {
      const route = telling(async function* (signal) {
        signal.addEventListener('abort', () => {
          resolve('aborted');
        });
        yield { step: 1 };
        await once(signal, 'abort');
      });
      void serveRoutes([route]).then(async ({ url }) => {
        const leaving = new AbortController();
        const response = await fetch(`${url}/tests`, { method: 'POST', signal: leaving.signal });
        await response.body?.getReader().read();
        leaving.abort();
      });
    });
    expect(await ended).toBe('aborted');
  });
});
