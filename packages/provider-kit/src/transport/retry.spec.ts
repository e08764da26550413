import { describe, expect, it } from '@jest/globals';
import { failureOf, setUp, user } from './transport.fixture.js';

const start = new Date('2026-11-20T12:00:00Z');

describe('retrying', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])(
    'asks again for a %s that may be repeated',
    async (method) => {
      const { fetch, requests, clock } = setUp([{ status: 503 }, { status: 204 }]);
      expect((await clock.run(fetch(user, { method }))).status).toBe(204);
      expect(requests).toHaveLength(2);
    },
  );

  it.each(['POST', 'PATCH'])('never repeats a %s', async (method) => {
    for (const answer of [{ status: 503 }, { status: 429 }, new TypeError('fetch failed')]) {
      const { fetch, requests, clock } = setUp([answer]);
      await failureOf(clock.run(fetch(user, { method, body: '{}' })));
      expect(requests).toHaveLength(1);
    }
  });

  it.each([400, 401, 403, 404, 409, 410, 422])('takes %i for an answer that stays', async (status) => {
    const { fetch, requests, clock } = setUp([{ status }]);
    expect((await failureOf(clock.run(fetch(user)))).details.status).toBe(status);
    expect(requests).toHaveLength(1);
  });

  it('waits a random part of a doubling delay, and gives up after three more attempts with the last failure', async () => {
    const badGateway = { status: 502, body: { message: 'Bad gateway of the edge' } };
    const { fetch, requests, clock, events } = setUp(
      () => badGateway,
      {},
      () => 0.5,
    );
    const failure = await failureOf(clock.run(fetch(user)));
    expect(failure.kind).toBe('unavailable');
    expect(failure.message).toContain('Bad gateway of the edge');
    expect(requests).toHaveLength(4);
    expect(clock.now().getTime() - start.getTime()).toBe(250 + 500 + 1_000);
    expect(events.filter(({ kind }) => kind === 'retry')).toEqual([
      { kind: 'retry', attempt: 1, reason: 'unavailable' },
      { kind: 'retry', attempt: 2, reason: 'unavailable' },
      { kind: 'retry', attempt: 3, reason: 'unavailable' },
    ]);
  });

  it.each([
    ['seconds', '7'],
    ['a date', 'Fri, 20 Nov 2026 12:00:07 GMT'],
  ])('waits as long as Retry-After says in %s', async (_, value) => {
    const { fetch, clock } = setUp([{ status: 503, headers: { 'retry-after': value } }, {}]);
    await clock.run(fetch(user));
    expect(clock.now().getTime() - start.getTime()).toBe(7_000);
  });

  it('comes back a little later than Retry-After says, so that not all come at once', async () => {
    const unavailable = { status: 503, headers: { 'retry-after': '30' } };
    const { transport, clock } = setUp([unavailable, {}], {}, () => 0.5);
    await clock.run(transport.fetch({ maxWaitMs: 30_000 })(user));
    expect(clock.now().getTime() - start.getTime()).toBe(30_500);
  });

  it('asks again after its own short delay however little the caller would wait for the forge', async () => {
    const { transport, clock, requests } = setUp([{ status: 502 }, {}], {}, () => 0.5);
    await clock.run(transport.fetch({ maxWaitMs: 0 })(user));
    expect(requests).toHaveLength(2);
  });

  it('reads a date in Retry-After by the clock of the forge', async () => {
    const headers = {
      date: 'Fri, 20 Nov 2026 15:00:00 GMT',
      'retry-after': 'Fri, 20 Nov 2026 15:00:07 GMT',
    };
    const { fetch, clock } = setUp([{ status: 503, headers }, {}]);
    await clock.run(fetch(user));
    expect(clock.now().getTime() - start.getTime()).toBe(7_000);
  });

  it('gives up at once, telling when, where the forge asks for more patience than the caller has', async () => {
    const { transport, requests } = setUp([{ status: 503, headers: { 'retry-after': '31' } }]);
    const failure = await failureOf(transport.fetch({ maxWaitMs: 30_000 })(user));
    expect(failure.kind).toBe('unavailable');
    expect(failure.details.retryAt).toEqual(new Date(start.getTime() + 31_000));
    expect(requests).toHaveLength(1);
  });

  it.each(['soon', '-5', '', '1e9999'])('does not stumble over "%s" in Retry-After', async (value) => {
    const { fetch, requests, clock } = setUp([{ status: 503, headers: { 'retry-after': value } }, {}]);
    await clock.run(fetch(user));
    expect(requests).toHaveLength(2);
  });

  it('asks again when the connection broke, and not when asking again cannot help', async () => {
    const broken = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    const untrusted = Object.assign(new Error('self-signed'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    const { fetch, requests, clock } = setUp([
      new TypeError('fetch failed', { cause: broken }),
      new TypeError('fetch failed', { cause: untrusted }),
    ]);
    const failure = await failureOf(clock.run(fetch(user)));
    expect(failure.kind).toBe('network');
    expect(failure.message).toContain('certificate');
    expect(requests).toHaveLength(2);
  });
});
