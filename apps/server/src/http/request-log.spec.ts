import { afterEach, describe, expect, it } from '@jest/globals';
import type { Route } from './route.js';
import { publicRoute } from './route.js';
import type { ServedRoutes } from './serve-routes.fixture.js';
import { closeServed, serveRoutes } from './serve-routes.fixture.js';

afterEach(closeServed);

const route: Route = publicRoute({
  method: 'get',
  path: '/oauth/callback/:id',
  operation: 'test',
  summary: 'A test',
  tag: 'Tests',
  answers: {},
  handle: () => ({ status: 200, body: {} }),
});

/** The line of a request is written when its answer is through. */
async function lineOf({ logged }: ServedRoutes, requestId: string | null) {
  for (;;) {
    const line = logged.find((candidate) => candidate['requestId'] === requestId);
    if (line !== undefined) return line;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the log of a request', () => {
  it('tells the route, not the address, query or headers', async () => {
    const served = await serveRoutes([route]);
    const response = await fetch(
      `${served.url}/oauth/callback/secret-id?code=secret-code&state=secret-state`,
      {
        headers: { authorization: 'Bearer secret-token', cookie: 'anyforge=secret-session' },
      },
    );
    const line = await lineOf(served, response.headers.get('x-request-id'));
    expect(line).toMatchObject({
      method: 'GET',
      route: '/api/v1/oauth/callback/:id',
      status: 422,
      durationMs: expect.any(Number),
    });
    expect(JSON.stringify(served.logged)).not.toContain('secret');
  });

  it('has the id that the problem has', async () => {
    const served = await serveRoutes([route]);
    const response = await fetch(`${served.url}/oauth/callback/id?code=x`);
    const requestId = response.headers.get('x-request-id');
    expect(await response.json()).toMatchObject({ requestId });
  });

  it.each([
    ['of nobody', 0, { 'x-request-id': 'chosen-by-somebody' }, false],
    ['of a proxy', 1, { 'x-request-id': 'chosen-by-the-proxy', 'x-forwarded-for': '192.0.2.1' }, true],
    ['that breaks lines', 1, { 'x-request-id': 'no good id at all', 'x-forwarded-for': '192.0.2.1' }, false],
    ['without end', 1, { 'x-request-id': 'x'.repeat(129), 'x-forwarded-for': '192.0.2.1' }, false],
  ])('keeps an id %s or not', async (_, trustProxy, headers, kept) => {
    const served = await serveRoutes([route], { trustProxy });
    const response = await fetch(`${served.url}/oauth/callback/id`, { headers });
    expect(response.headers.get('x-request-id') === headers['x-request-id']).toBe(kept);
  });
});
