import { describe, expect, it } from '@jest/globals';
import type { CallEvent } from '@anyforge/core';
import { bearer, failureOf, profile, setUp, user } from './transport.fixture.js';

const doubted = {
  profile: {
    ...profile,
    errors: [{ status: 401, kind: 'unauthenticated', confirmAfterMs: 2_000, see: 'https://forge.test' }],
  },
} as const;

describe('an answer that the forge may not mean', () => {
  it('does not count when the next one is another', async () => {
    const { fetch, requests, clock, events } = setUp([{ status: 401 }, {}], doubted);
    const start = clock.now().getTime();
    expect((await clock.run(fetch(user))).status).toBe(200);
    expect(clock.now().getTime() - start).toBe(2_000);
    expect(requests).toHaveLength(2);
    expect(events).toContainEqual({ kind: 'retry', attempt: 1, reason: 'unauthenticated' });
  });

  it('counts when it is given twice', async () => {
    const { fetch, requests, clock } = setUp([{ status: 401 }, { status: 401 }], doubted);
    expect((await failureOf(clock.run(fetch(user)))).kind).toBe('unauthenticated');
    expect(requests).toHaveLength(2);
  });

  it('is a failure of another kind when the forge is gone by then, and is retried as that', async () => {
    const { fetch, requests, clock } = setUp([{ status: 401 }, { status: 503 }, {}], doubted);
    expect((await clock.run(fetch(user))).status).toBe(200);
    expect(requests).toHaveLength(3);
  });

  it('has no credential renewed', async () => {
    let renewed = 0;
    const source = {
      get: () => Promise.resolve({ kind: 'token', token: `token-${String(renewed)}` } as const),
      renew: () => {
        renewed += 1;
        return Promise.resolve({ kind: 'token', token: `token-${String(renewed)}` } as const);
      },
    };
    const options = { ...doubted, authorization: { source, apply: bearer } };
    const passing = setUp([{ status: 401 }, {}], options);
    await passing.clock.run(passing.fetch(user));
    expect(renewed).toBe(0);

    const lasting = setUp([{ status: 401 }, { status: 401 }, {}], options);
    await lasting.clock.run(lasting.fetch(user));
    expect(renewed).toBe(1);
    expect(lasting.requests).toHaveLength(3);
  });

  it('is not asked for again by what may not be repeated, or not wait so long', async () => {
    const posted = setUp([{ status: 401 }], doubted);
    await failureOf(posted.clock.run(posted.fetch(user, { method: 'POST', body: '{}' })));
    expect(posted.requests).toHaveLength(1);

    const hurried = setUp([{ status: 401 }], doubted);
    await failureOf(hurried.clock.run(hurried.transport.fetch({ maxWaitMs: 1_000 })(user)));
    expect(hurried.requests).toHaveLength(1);
  });

  it('is waited for no longer than the caller does', async () => {
    const { transport, clock, requests } = setUp([{ status: 401 }], doubted);
    const leaving = new AbortController();
    const onEvent = ({ kind }: CallEvent): void => {
      if (kind === 'retry') leaving.abort(new Error('enough'));
    };
    const call = transport.fetch({ signal: leaving.signal, onEvent })(user);
    await expect(clock.run(call)).rejects.toThrow('enough');
    expect(requests).toHaveLength(1);
  });
});
