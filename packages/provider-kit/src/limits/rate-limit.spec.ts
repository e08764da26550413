import { describe, expect, it } from '@jest/globals';
import { createTransport } from '../transport/transport.js';
import { failureOf, profile, rest, setUp, user } from '../transport/transport.fixture.js';
import { budget, later, search, secondary } from './rate-limit.fixture.js';

describe('a limited answer', () => {
  it('is asked again after Retry-After', async () => {
    const { fetch, clock, events, requests } = setUp([
      { status: 429, headers: { 'retry-after': '17' } },
      { body: {} },
    ]);
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(17_000));
    expect(requests).toHaveLength(2);
    expect(events.map(({ kind }) => kind)).toEqual(['request', 'retry', 'waiting', 'request']);
  });

  it('is asked again after the reset where the budget is used up', async () => {
    const { fetch, clock } = setUp([{ status: 403, headers: budget(0, 50) }, { body: {} }]);
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(50_000));
  });

  it('that names no time closes the account for a minute, then for two', async () => {
    const { transport, clock } = setUp([secondary, secondary, { body: {} }]);
    await clock.run(transport.fetch({ maxWaitMs: 120_000 })(user));
    expect(clock.now()).toEqual(later(180_000));
  });

  it('begins with the first wait again after a request was let through', async () => {
    const { fetch, clock } = setUp([secondary, {}, secondary, {}]);
    await clock.run(fetch(user));
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(120_000));
  });

  it('counts once however many requests were refused together', async () => {
    const { fetch, clock } = setUp((_, index) => (index < 10 ? secondary : {}));
    await clock.run(Promise.all(Array.from({ length: 10 }, () => fetch(user))));
    expect(clock.now()).toEqual(later(60_000));
  });

  it('holds back every other request of the account, and nobody else', async () => {
    const { transport, context, fetch, clock, requests } = setUp([secondary, {}, {}, {}]);
    const other = createTransport({
      provider: 'github',
      origins: ['https://github.com', 'https://api.github.com'],
      profile,
      context,
      key: 'hubot',
    });
    const first = transport.fetch({ maxWaitMs: 60_000 })(user);
    await clock.sleeping(60_000);
    const second = fetch(search);
    await other.fetch()(user);
    expect(requests).toHaveLength(2);
    await clock.run(Promise.all([first, second]));
    expect(requests).toHaveLength(4);
    expect(clock.now()).toEqual(later(60_000));
  });

  it('throws with the time to come back when the wait is too long', async () => {
    const { fetch, requests } = setUp([{ ...secondary, headers: { 'retry-after': '600' } }]);
    const failure = await failureOf(fetch(user));
    expect(failure.kind).toBe('rate_limited');
    expect(failure.details).toMatchObject({ status: 403, retryAt: later(600_000) });
    expect(failure.details.repair?.text).toBe('Try again in 10 minutes.');
    expect(requests).toHaveLength(1);
  });

  it('tells a POST when to come back as well', async () => {
    const { fetch } = setUp([secondary]);
    const failure = await failureOf(fetch(user, { method: 'POST', body: '{}' }));
    expect(failure.details.retryAt).toEqual(later(60_000));
  });

  it('ends a wait early when the call is aborted', async () => {
    const { transport, clock, requests } = setUp([secondary]);
    const controller = new AbortController();
    const answer = transport.fetch({ signal: controller.signal })(user);
    answer.catch(() => undefined);
    await clock.sleeping(60_000);
    controller.abort('enough');
    await expect(answer).rejects.toBe('enough');
    await clock.advance(120_000);
    expect(requests).toHaveLength(1);
  });

  it('is not asked again before its time, whatever was known of the budget', async () => {
    const refused = { status: 403, headers: { ...budget(0, 3_000), 'retry-after': '30' } };
    const { fetch, clock, requests } = setUp([{ headers: budget(4_990, 3_000) }, refused, {}]);
    await fetch(user);
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(30_000));
    expect(requests).toHaveLength(3);
  });

  it('closes nothing but its own bucket where that is used up', async () => {
    const refused = { status: 403, headers: { ...budget(0, 3_000, 'search'), 'retry-after': '600' } };
    const { fetch, requests } = setUp([refused, {}]);
    await failureOf(fetch(search));
    await fetch(user);
    await failureOf(fetch(search));
    expect(requests).toHaveLength(2);
  });

  it('closes the account where it was counted on another bucket than was foreseen', async () => {
    const refused = { status: 403, headers: budget(0, 50, 'code_scanning') };
    const { fetch, clock, requests } = setUp([refused, {}]);
    await clock.run(fetch(user));
    expect(clock.now()).toEqual(later(50_000));
    expect(requests).toHaveLength(2);
  });

  it('is not asked for ever', async () => {
    const { fetch, requests, clock } = setUp(() => ({ status: 429, headers: { 'retry-after': '0' } }));
    expect((await failureOf(clock.run(fetch(user)))).kind).toBe('rate_limited');
    expect(requests).toHaveLength(11);
    expect(clock.now()).toEqual(later(10_000));
  });

  it('is still one of a row when the network failed in between', async () => {
    const { transport, clock } = setUp([secondary, new TypeError('fetch failed'), secondary, {}]);
    await clock.run(transport.fetch({ maxWaitMs: 120_000 })(user));
    expect(clock.now()).toEqual(later(180_000));
  });

  it('does not shorten what another one has closed for longer', async () => {
    let release: () => void = () => undefined;
    const { fetch, clock, requests } = setUp(async (_, index) => {
      if (index === 1) await new Promise<void>((resolve) => (release = resolve));
      return index > 1 ? {} : { ...secondary, headers: { 'retry-after': index === 0 ? '50' : '5' } };
    });
    const both = Promise.all([fetch(user), fetch(user)]);
    await rest();
    release();
    await clock.advance(49_999);
    expect(requests).toHaveLength(2);
    await clock.run(both);
    expect(clock.now()).toEqual(later(50_000));
  });

  it('has the caller wait for the last of all limits to open, or for none', async () => {
    const refused = { ...secondary, headers: { 'retry-after': '70' } };
    const { fetch, requests, events } = setUp([{ headers: budget(0, 40) }, refused]);
    await fetch(user);
    await failureOf(fetch(search, { method: 'POST' }));
    expect((await failureOf(fetch(user))).details.retryAt).toEqual(later(70_000));
    expect(requests).toHaveLength(2);
    expect(events.map(({ kind }) => kind)).not.toContain('waiting');
  });
});
