import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import type { OAuthCredential } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { failureOf, rest } from '../transport/transport.fixture.js';
import type { CredentialStore } from './credential-store.js';
import { lifetimeMs } from './forge.fixture.js';
import { claimAndDie, many, setUp, unreliable } from './renewal.fixture.js';

describe('a credential', () => {
  it('is given out as it is stored while it lives', async () => {
    const { renewal, first, forge } = setUp();
    expect(await renewal.get({ validForMs: 60_000 })).toBe(first);
    expect(forge.asked).toEqual([]);
  });

  it('is renewed before it is given out when it would not last', async () => {
    const { renewal, clock, forge, stored } = setUp();
    await clock.advance(lifetimeMs - 60_000);
    const renewed = await clock.run(renewal.get({ validForMs: 60_000 }));
    expect(renewed.accessToken).toBe('access-2');
    expect(await stored()).toBe(renewed);
    expect(forge.asked).toEqual(['refresh-1']);
  });

  it('is not renewed at every use when more is asked than the forge ever gives', async () => {
    const { renewal, clock, forge } = setUp();
    const day = { validForMs: 86_400_000 };
    expect((await clock.run(renewal.get(day))).accessToken).toBe('access-2');
    expect((await renewal.get(day)).accessToken).toBe('access-2');
    await clock.advance(lifetimeMs / 2);
    expect((await clock.run(renewal.get(day))).accessToken).toBe('access-3');
    expect(forge.asked).toHaveLength(2);
  });

  it.each<[string, Partial<OAuthCredential>]>([
    ['tells no end', { expiresAt: undefined }],
    ['cannot be renewed', { refreshToken: undefined }],
  ])('that %s is given out until the forge refuses it', async (_, difference) => {
    const { store, renewal, first, clock, forge } = setUp();
    store.replace({ ...first, ...difference });
    await clock.advance(10 * lifetimeMs);
    expect(await renewal.get({ validForMs: 60_000 })).toEqual({ ...first, ...difference });
    expect(forge.asked).toEqual([]);
  });

  it('that is refused and cannot be renewed means signing in again', async () => {
    const { store, renewal, first, forge } = setUp();
    store.replace({ ...first, refreshToken: undefined });
    expect(await failureOf(renewal.renew(first))).toMatchObject({
      kind: 'unauthenticated',
      details: { provider: 'gitlab', repair: { text: 'Sign in again.' } },
    });
    expect(forge.asked).toEqual([]);
  });

  it('that is refused is not renewed when another one is stored already', async () => {
    const { renewal, first, clock, forge } = setUp();
    const renewed = await clock.run(renewal.renew(first));
    expect(await renewal.renew(first)).toBe(renewed);
    expect(await renewal.renew({ kind: 'token', token: 'glpat-other' })).toBe(renewed);
    expect(forge.asked).toHaveLength(1);
  });

  it('is shown by no inspection of what holds it', () => {
    const { renewal, store } = setUp();
    expect(inspect([renewal, store], { depth: 9, showHidden: true })).not.toMatch(/(access|refresh)-1/);
  });
});

describe('one renewal', () => {
  it('serves everybody who notices, in one process', async () => {
    const { renewal, first, clock, forge } = setUp();
    const asked = many(100, (index) => (index % 2 ? renewal.renew(first) : renewal.renew({ ...first })));
    const given = await clock.run(Promise.all(asked));
    expect(new Set(given.map(({ accessToken }) => accessToken))).toEqual(new Set(['access-2']));
    expect(forge.asked).toEqual(['refresh-1']);
  });

  it('serves everybody who notices, in many processes', async () => {
    const { process, first, clock, forge } = setUp();
    const processes = many(10, () => process());
    await clock.advance(lifetimeMs);
    const asked = processes.flatMap((one) => many(10, (index) => (index % 2 ? one.get() : one.renew(first))));
    const given = await clock.run(Promise.all(asked));
    expect(new Set(given.map(({ accessToken }) => accessToken))).toEqual(new Set(['access-2']));
    expect(forge.asked).toEqual(['refresh-1']);
  });

  it('is waited for by those who ask while it is under way, since the stored pair may be dead', async () => {
    const { renewal, first, clock } = setUp();
    const renewing = renewal.renew(first);
    await rest();
    const late = Promise.all([
      renewing,
      renewal.get(),
      renewal.renew({ kind: 'oauth', accessToken: 'access-0' }),
    ]);
    const given = await clock.run(late);
    expect(given.map(({ accessToken }) => accessToken)).toEqual(['access-2', 'access-2', 'access-2']);
  });

  it('is seen by nobody before it is stored', async () => {
    const { store, first, process, clock } = setUp();
    let finish = (): void => undefined;
    const saved = new Promise<void>((resolve) => (finish = resolve));
    const slow: CredentialStore = {
      ...store,
      claim: async (version, termMs) => {
        const claim = await store.claim(version, termMs);
        if (claim.status !== 'claimed') return claim;
        return { ...claim, save: async (credential) => saved.then(() => claim.save(credential)) };
      },
    };
    const one = process({ store: slow });
    let given: OAuthCredential | undefined;
    const renewing = one.renew(first).then((credential) => (given = credential));
    await clock.advance(1_000);
    expect(given).toBeUndefined();
    finish();
    await clock.run(renewing);
    expect(given).toMatchObject({ accessToken: 'access-2' });
  });

  it('is waited for 20 seconds by each caller, and goes on', async () => {
    const { first, renewal, clock, forge, stored } = setUp({ fates: ['slow'] });
    const begin = clock.now().getTime();
    expect((await clock.run(failureOf(renewal.renew(first)))).kind).toBe('timeout');
    expect(clock.now().getTime() - begin).toBe(20_000);
    await clock.advance(10_000);
    const late = renewal.renew(first);
    await clock.advance(10_199);
    expect(await stored()).toBe(first);
    expect((await clock.run(late)).accessToken).toBe('access-2');
    expect(clock.now().getTime() - begin).toBe(40_200);
    expect(forge.asked).toEqual(['refresh-1']);
  });

  it('ends before its claim does, however long the forge takes', async () => {
    const { first, renewal, clock, forge, store } = setUp({ fates: ['hangs'] });
    const failing = failureOf(renewal.renew(first));
    await clock.advance(44_999);
    expect((await failing).kind).toBe('timeout');
    const { version = '' } = (await store.read()) ?? {};
    expect((await store.claim(version, 1)).status).toBe('held');
    await clock.advance(1);
    expect((await store.claim(version, 1)).status).toBe('paused');
    expect(forge.mostAtOnce).toBe(1);
  });

  it('does not queue for a rate limit', async () => {
    const { first, process, clock, forge } = setUp();
    const waits: unknown[] = [];
    const renewal = process({
      refresh: (credential, options) => {
        waits.push(options.maxWaitMs);
        return forge.refresh(credential, options);
      },
    });
    await clock.run(renewal.renew(first, { maxWaitMs: 600_000 }));
    expect(waits).toEqual([5_000]);
  });

  it('is waited for while another process is at it', async () => {
    const { store, first, renewal, clock, forge } = setUp();
    const other = await claimAndDie(store);
    const waiting = renewal.renew(first);
    await clock.advance(10_000);
    const renewed = forge.issue();
    await other.save(renewed);
    expect(await clock.run(waiting)).toBe(renewed);
    expect(forge.asked).toEqual([]);
  });

  it('is not waited for without end while another process is at it', async () => {
    const { store, first, renewal, clock, forge } = setUp();
    await claimAndDie(store);
    const begin = clock.now().getTime();
    const failure = await clock.run(failureOf(renewal.renew(first)));
    expect([failure.kind, failure.retryable]).toEqual(['timeout', true]);
    expect(clock.now().getTime() - begin).toBe(20_000);
    // Nobody waits any more, so neither does the process that wants to end.
    await clock.run(renewal.settled());
    expect(clock.now().getTime() - begin).toBeLessThan(21_000);
    await clock.advance(120_000);
    expect(forge.asked).toEqual([]);
  });

  it('keeps nobody waiting who has a credential that lives', async () => {
    const { store, renewal, first, clock, forge } = setUp();
    await clock.advance(lifetimeMs - 50_000);
    await claimAndDie(store);
    const begin = clock.now().getTime();
    expect(await clock.run(renewal.get({ validForMs: 60_000 }))).toBe(first);
    expect(clock.now().getTime() - begin).toBe(20_000);
    expect(forge.asked).toEqual([]);
  });

  it('sends nothing when taking the claim used up its time, as in a process that was frozen', async () => {
    const { store, first, process, clock, forge } = setUp();
    let frozenMs = 0;
    const frozen = process({
      clock: {
        now: () => new Date(clock.now().getTime() + frozenMs),
        sleep: (ms, signal) => clock.sleep(ms, signal),
      },
      store: {
        ...store,
        claim: async (version, termMs) => {
          const answer = await store.claim(version, termMs);
          frozenMs = 50_000;
          return answer;
        },
      },
    });
    expect((await clock.run(failureOf(frozen.renew(first)))).kind).toBe('timeout');
    expect(forge.asked).toEqual([]);
    // Which leaves the credential as it was.
    await clock.advance(5_000);
    expect((await clock.run(process().renew(first))).accessToken).toBe('access-2');
  });

  it('gives back a claim that it was given too late', async () => {
    const { store, first, process, clock, forge } = setUp();
    const slow = process({
      store: {
        ...store,
        claim: (version, termMs) => clock.sleep(6_000).then(() => store.claim(version, termMs)),
      },
    });
    expect((await clock.run(failureOf(slow.renew(first)))).kind).toBe('unavailable');
    await clock.advance(1_000);
    expect(forge.asked).toEqual([]);
    expect((await clock.run(process().renew(first))).accessToken).toBe('access-2');
  });

  it('loses to a sign-in that came in between', async () => {
    const { store, first, renewal, clock } = setUp();
    const renewing = renewal.renew(first);
    await rest();
    store.replace({ kind: 'oauth', accessToken: 'signed-in-anew' });
    expect((await clock.run(renewing)).accessToken).toBe('signed-in-anew');
  });

  it('gives nothing to a person who has signed out in between', async () => {
    const { store, first, renewal, clock, stored } = setUp();
    const renewing = failureOf(renewal.renew(first));
    await rest();
    store.replace(undefined);
    expect((await clock.run(renewing)).kind).toBe('unauthenticated');
    expect(await stored()).toBeUndefined();
  });

  it('tells a process that wants to end when it is over', async () => {
    const { first, renewal, clock, stored } = setUp();
    const controller = new AbortController();
    const leaving = renewal.renew(first, { signal: controller.signal });
    await rest();
    controller.abort('shutting down');
    await expect(leaving).rejects.toBe('shutting down');
    await clock.run(renewal.settled());
    expect(await stored()).toMatchObject({ accessToken: 'access-2' });
  });
});

describe('a cancelled caller', () => {
  it('asks nothing when it was cancelled before', async () => {
    const { renewal, first, forge, clock } = setUp();
    await clock.advance(lifetimeMs);
    const signal = AbortSignal.abort('enough');
    await expect(renewal.get({ signal })).rejects.toBe('enough');
    await expect(renewal.renew(first, { signal })).rejects.toBe('enough');
    await rest();
    expect(forge.asked).toEqual([]);
  });

  it('leaves at once and takes the renewal from nobody', async () => {
    const { renewal, first, forge, clock } = setUp();
    const controller = new AbortController();
    const { signal } = controller;
    const leaving = [renewal.renew(first, { signal }), renewal.renew(first, { signal })];
    const staying = renewal.renew(first);
    await rest();
    expect(forge.asked).toHaveLength(1);
    controller.abort('enough');
    for (const left of leaving) await expect(left).rejects.toBe('enough');
    expect((await clock.run(staying)).accessToken).toBe('access-2');
    expect(forge.asked).toHaveLength(1);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('is given nothing more, not even a credential that lives', async () => {
    const { renewal, clock } = setUp();
    await clock.advance(lifetimeMs - 30_000);
    const controller = new AbortController();
    const leaving = renewal.get({ validForMs: 60_000, signal: controller.signal });
    await rest();
    controller.abort('enough');
    await expect(leaving).rejects.toBe('enough');
  });

  it('leaves a renewal that ends for whoever comes next', async () => {
    const { renewal, first, forge, clock, stored } = setUp();
    const controller = new AbortController();
    const only = renewal.renew(first, { signal: controller.signal });
    await rest();
    controller.abort('enough');
    await expect(only).rejects.toBe('enough');
    await clock.advance(1_000);
    expect(await stored()).toMatchObject({ accessToken: 'access-2' });
    expect((await renewal.renew(first)).accessToken).toBe('access-2');
    expect(forge.asked).toHaveLength(1);
  });
});

describe("the forge's refusal", () => {
  it('is definite, and remembered by everyone: a dead token is asked for once', async () => {
    const { process, first, forge, clock, store } = setUp();
    forge.revoke();
    const [one, other] = [process(), process()];
    const failures = await clock.run(
      Promise.all([failureOf(one.renew(first)), failureOf(one.renew(first)), failureOf(other.renew(first))]),
    );
    expect(failures.map(({ kind }) => kind)).toEqual(many(3, () => 'unauthenticated'));
    expect(failures[0].details.repair).toEqual({ text: 'Sign in again.' });
    expect((await failureOf(other.get())).kind).toBe('unauthenticated');
    expect((await failureOf(process().renew(first))).kind).toBe('unauthenticated');
    expect(forge.asked).toEqual(['refresh-1']);

    store.replace(forge.issue());
    expect((await other.get()).accessToken).toBe('access-2');
  });

  it('is told although the access token should live: whoever revokes one revokes both', async () => {
    const { renewal, clock, forge } = setUp();
    await clock.advance(lifetimeMs - 30_000);
    forge.revoke();
    for (let time = 0; time < 2; time += 1)
      expect((await clock.run(failureOf(renewal.get({ validForMs: 60_000 })))).kind).toBe('unauthenticated');
    expect((await failureOf(renewal.get())).kind).toBe('unauthenticated');
  });

  it('signs nobody out who has signed in again in the meantime', async () => {
    const { renewal, first, forge, clock, store } = setUp();
    forge.revoke();
    const renewing = renewal.renew(first);
    await rest();
    store.replace({ kind: 'oauth', accessToken: 'signed-in-anew' });
    expect((await clock.run(renewing)).accessToken).toBe('signed-in-anew');
  });

  it('is stored when the store is there again, and meanwhile not asked for twice', async () => {
    const { store, process, first, forge, clock } = setUp();
    forge.revoke();
    const flaky = unreliable(store);
    const renewal = process({ store: flaky.store });
    flaky.failing = true;
    const failure = await clock.run(failureOf(renewal.renew(first)));
    expect(failure.kind).toBe('unavailable');
    flaky.failing = false;
    expect((await clock.run(failureOf(renewal.renew(first)))).kind).toBe('unauthenticated');
    expect((await store.read())?.refused).toBe(true);
    expect(forge.asked).toHaveLength(1);
  });
});
