import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import type { ErrorKind, OAuthCredential, ProviderErrorDetails } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { createFakeClock } from '../testing/fake-clock.js';
import { failureOf, rest } from '../transport/transport.fixture.js';
import type { CredentialRenewalOptions } from './credential-renewal.js';
import { createCredentialRenewal } from './credential-renewal.js';
import type { CredentialClaim, CredentialStore } from './credential-store.js';
import type { Fate } from './forge.fixture.js';
import { lifetimeMs, RotatingForge } from './forge.fixture.js';
import { createMemoryCredentialStore } from './memory-credential-store.js';

/** A sign-in that has just been stored, and processes that share the store. */
function setUp(options: { fates?: readonly Fate[] } & Partial<CredentialRenewalOptions> = {}) {
  const { fates = [], ...renewalOptions } = options;
  const clock = createFakeClock();
  const forge = new RotatingForge(clock, fates);
  const first = forge.issue();
  const store = createMemoryCredentialStore({ credential: first, clock });
  const process = (more: Partial<CredentialRenewalOptions> = {}) =>
    createCredentialRenewal({
      provider: 'gitlab',
      store,
      refresh: forge.refresh,
      clock,
      ...renewalOptions,
      ...more,
    });
  const stored = async (): Promise<OAuthCredential | undefined> => (await store.read())?.credential;
  return { clock, forge, first, store, process, stored, renewal: process() };
}

/** Takes the claim as a process does that dies then. */
async function claimAndDie(store: CredentialStore): Promise<CredentialClaim> {
  const answer = await store.claim((await store.read())?.version ?? '', 60_000);
  if (answer.status !== 'claimed') throw new Error(answer.status);
  return answer;
}

function many<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

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

describe('a failure that may pass', () => {
  it.each<[Fate, string]>([
    ['busy', 'unavailable'],
    ['unreached', 'network'],
  ])('(%s) destroys nothing, and after a pause it is tried again', async (fate, kind) => {
    const { renewal, first, clock, forge, stored } = setUp({ fates: [fate] });
    const asked = [failureOf(renewal.renew(first)), failureOf(renewal.renew(first))];
    for (const failure of await clock.run(Promise.all(asked))) expect(failure.kind).toBe(kind);
    expect(await stored()).toBe(first);

    expect((await failureOf(renewal.renew(first))).kind).toBe(kind);
    expect(forge.asked).toHaveLength(1);

    await clock.advance(5_000);
    expect((await clock.run(renewal.renew(first))).accessToken).toBe('access-2');
  });

  it.each<ErrorKind>([
    'client_rejected',
    'access_denied',
    'invalid_request',
    'invalid_config',
    'rate_limited',
    'blocked_address',
    'unsupported',
  ])('(%s) signs nobody out, and may have been no request at all', async (kind) => {
    const { process, first, clock, forge, stored } = setUp();
    const state = { failing: true };
    const renewal = process({
      refresh: (credential, options) =>
        state.failing
          ? Promise.reject(new ProviderError(kind, 'not now', { provider: 'gitlab' }))
          : forge.refresh(credential, options),
    });
    expect((await failureOf(renewal.renew(first))).kind).toBe(kind);
    expect(await stored()).toBe(first);
    state.failing = false;
    await clock.advance(120_000);
    expect((await clock.run(renewal.renew(first))).accessToken).toBe('access-2');
  });

  it.each<Partial<ProviderErrorDetails>>([{ status: 302 }, { status: 401 }, { status: 500 }])(
    'may be an answer that cannot be read, when it is no success: %j',
    async (details) => {
      const { process, first, clock, forge } = setUp();
      const state = { failing: true };
      const renewal = process({
        refresh: (credential, options) =>
          state.failing
            ? Promise.reject(
                new ProviderError('invalid_response', 'what?', { provider: 'gitlab', ...details }),
              )
            : forge.refresh(credential, options),
      });
      await failureOf(renewal.renew(first));
      state.failing = false;
      await clock.advance(5_000);
      expect((await clock.run(renewal.renew(first))).accessToken).toBe('access-2');
    },
  );

  it('keeps other processes from asking as well, until the pause is over', async () => {
    const { process, first, clock, forge } = setUp({ fates: ['unreached'] });
    const [one, other] = [process(), process()];
    await failureOf(one.renew(first));
    const retryAt = new Date(clock.now().getTime() + 5_000);
    expect(await failureOf(other.renew(first))).toMatchObject({ kind: 'unavailable', details: { retryAt } });
    await clock.advance(4_999);
    await failureOf(other.renew(first));
    expect(forge.asked).toHaveLength(1);
    await clock.advance(1);
    expect((await clock.run(other.renew(first))).accessToken).toBe('access-2');
  });

  it('keeps nobody waiting who has a credential that lives', async () => {
    const { process, first, clock } = setUp({ fates: ['unreached'] });
    await clock.advance(lifetimeMs - 50_000);
    await failureOf(process().renew(first));
    expect(await process().get({ validForMs: 60_000 })).toBe(first);
  });

  const pausesOf = async (
    count: number,
    failureAt: (now: Date) => ConstructorParameters<typeof ProviderError>,
  ): Promise<readonly number[]> => {
    const { process, first, clock } = setUp();
    const asked: number[] = [];
    const renewal = process({
      refresh: () => {
        asked.push(clock.now().getTime());
        return Promise.reject(new ProviderError(...failureAt(clock.now())));
      },
    });
    while (asked.length <= count) {
      await failureOf(renewal.renew(first));
      await clock.advance(1_000);
    }
    return asked.slice(1).map((at, index) => (at - (asked[index] ?? 0)) / 1_000);
  };

  it('is paused after for longer each time, up to ten minutes', async () => {
    const busy = () => ['unavailable', 'busy', { provider: 'gitlab', status: 503 }] as const;
    expect(await pausesOf(9, () => [...busy()])).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600]);
  });

  it('is paused after for minutes at once when somebody has to change the settings', async () => {
    const rejected = () => ['client_rejected', 'no', { provider: 'gitlab', status: 401 }] as const;
    expect(await pausesOf(4, () => [...rejected()])).toEqual([120, 240, 480, 600]);
  });

  it('is paused after for as long as the forge says, up to ten minutes', async () => {
    const limited = (ms: number) => (now: Date) =>
      ['rate_limited', 'slow', { provider: 'gitlab', retryAt: new Date(now.getTime() + ms) }] as const;
    expect(await pausesOf(1, (now) => [...limited(90_000)(now)])).toEqual([90]);
    expect(await pausesOf(1, (now) => [...limited(86_400_000)(now)])).toEqual([600]);
  });

  it('begins with a short pause again after a success', async () => {
    const { renewal, first, clock, forge } = setUp({ fates: ['busy', 'busy', 'answered', 'busy'] });
    await clock.run(failureOf(renewal.renew(first)));
    await clock.advance(5_000);
    await clock.run(failureOf(renewal.renew(first)));
    await clock.advance(10_000);
    const second = await clock.run(renewal.renew(first));
    await clock.run(failureOf(renewal.renew(second)));
    await clock.advance(5_000);
    expect((await clock.run(renewal.renew(second))).accessToken).toBe('access-3');
    expect(forge.asked).toHaveLength(5);
  });

  it('is none of the sign-in that took its place', async () => {
    const { renewal, first, clock, forge, store } = setUp({ fates: ['busy', 'busy', 'unreached'] });
    await clock.run(failureOf(renewal.renew(first)));
    await clock.advance(5_000);
    await clock.run(failureOf(renewal.renew(first)));
    const anew = forge.issue();
    store.replace(anew);
    expect((await clock.run(failureOf(renewal.renew(anew)))).kind).toBe('network');
    await clock.advance(5_000);
    expect((await clock.run(renewal.renew(anew))).accessToken).toBe('access-3');
    expect(forge.asked).toEqual(['refresh-1', 'refresh-1', 'refresh-2', 'refresh-2']);
  });

  it('costs nothing while the stored credential lives', async () => {
    const { renewal, first, clock, forge } = setUp({ fates: ['busy', 'busy'] });
    await clock.advance(lifetimeMs - 30_000);
    expect(await clock.run(renewal.get({ validForMs: 60_000 }))).toBe(first);
    await clock.advance(30_000);
    expect((await clock.run(failureOf(renewal.get()))).kind).toBe('unavailable');
    expect(forge.asked).toHaveLength(2);
  });

  it('is told in words and without what was thrown, when that is no ProviderError', async () => {
    const { process, first } = setUp();
    const renewal = process({
      refresh: () => {
        throw new Error('boom refresh-1');
      },
    });
    const failure = await failureOf(renewal.renew(first));
    expect(failure.kind).toBe('unavailable');
    expect(inspect(failure)).not.toContain('refresh-1');
  });
});

describe('an outcome that nobody knows', () => {
  const unreadable = new ProviderError('invalid_response', 'what?', { provider: 'gitlab', status: 200 });

  it.each<Fate>(['lost', 'hangs'])(
    '(%s) never has the refresh token sent again, and ends in signing in again',
    async (fate) => {
      const { renewal, first, clock, forge, stored, store } = setUp({ fates: [fate] });
      expect((await clock.run(failureOf(renewal.renew(first)))).retryable).toBe(true);
      await clock.run(renewal.settled());
      expect(await stored()).toBe(first);
      await clock.advance(5_000);
      const failure = await clock.run(failureOf(renewal.renew(first)));
      expect(failure).toMatchObject({
        kind: 'unauthenticated',
        details: { repair: { text: 'Sign in again.' } },
      });
      expect((await store.read())?.refused).toBe(true);
      expect(forge.asked).toEqual(['refresh-1']);
    },
  );

  it.each<[string, () => unknown]>([
    ['a success that cannot be read', () => unreadable],
    [
      'an answer that cannot be read as HTTP',
      () => new ProviderError('invalid_response', 'what?', { provider: 'gitlab' }),
    ],
    ['an error of a fetch of somebody else', () => new TypeError('fetch failed')],
  ])('is that of %s', async (_, error) => {
    const { process, first, clock } = setUp();
    let asked = 0;
    const renewal = process({
      refresh: () => {
        asked += 1;
        return Promise.reject(error());
      },
    });
    await failureOf(renewal.renew(first));
    await clock.advance(5_000);
    expect((await failureOf(renewal.renew(first))).kind).toBe('unauthenticated');
    expect(asked).toBe(1);
  });

  it('is that of a process which died with its claim', async () => {
    const { store, renewal, first, clock, forge } = setUp();
    await claimAndDie(store);
    await clock.advance(60_000);
    expect((await clock.run(failureOf(renewal.renew(first)))).kind).toBe('unauthenticated');
    expect(forge.asked).toEqual([]);
  });

  it('ends well when the process was only frozen: its pair is kept, whatever others thought meanwhile', async () => {
    const { store, process, first, clock, forge, stored } = setUp();
    const frozen = process({
      // Its own timers do not run either.
      clock: { now: () => clock.now(), sleep: () => new Promise(() => undefined) },
      refresh: async (credential, options) => {
        const renewed = await forge.refresh(credential, options);
        await clock.sleep(600_000);
        return renewed;
      },
    });
    const renewing = frozen.renew(first);
    await clock.advance(60_000);
    const other = process();
    expect((await clock.run(failureOf(other.renew(first)))).kind).toBe('unauthenticated');
    expect((await store.read())?.refused).toBe(true);
    expect(await clock.run(renewing)).toMatchObject({ accessToken: 'access-2' });
    expect(await stored()).toBe(forge.live);
    expect(await other.get()).toBe(forge.live);
    expect(forge.asked).toEqual(['refresh-1']);
  });

  it('lets the refresh token be sent again as long as the forge goes on taking it', async () => {
    const { process, first, clock } = setUp();
    const asked: number[] = [];
    const begin = clock.now().getTime();
    const renewal = process({
      oldPairLivesMs: 60_000,
      refresh: () => {
        asked.push(clock.now().getTime() - begin);
        return Promise.reject(unreadable);
      },
    });
    let failure = await failureOf(renewal.renew(first));
    while (failure.kind !== 'unauthenticated') {
      await clock.advance(1_000);
      failure = await failureOf(renewal.renew(first));
    }
    expect(asked).toEqual([0, 5_000, 15_000, 35_000]);
    expect(clock.now().getTime() - begin).toBe(75_000);
  });

  it('costs nothing where the refresh token stays the same', async () => {
    const { renewal, first, clock, forge } = setUp({ fates: ['hangs'], oldPairLivesMs: Infinity });
    await clock.run(failureOf(renewal.renew(first)));
    await clock.run(renewal.settled());
    await clock.advance(86_400_000);
    expect((await clock.run(renewal.renew(first))).accessToken).toBe('access-2');
    expect(forge.asked).toEqual(['refresh-1', 'refresh-1']);
  });
});

describe('a store out of order', () => {
  it('does not lose what the forge gave: it is stored later, whoever asks, and asked for once', async () => {
    const { store, process, first, forge, clock, stored } = setUp();
    const flaky = unreliable(store);
    const renewal = process({ store: flaky.store });
    flaky.failing = true;
    expect((await clock.run(failureOf(renewal.renew(first)))).kind).toBe('unavailable');
    await clock.advance(3_600_000);
    expect(await stored()).toBe(first);
    flaky.failing = false;
    await clock.advance(30_000);
    expect(await stored()).toMatchObject({ accessToken: 'access-2' });
    expect(clock.sleeps).toEqual([]);
    await clock.run(renewal.settled());
    expect((await renewal.renew(first)).accessToken).toBe('access-2');
    expect(forge.asked).toEqual(['refresh-1']);
  });

  it('is tried again less and less often, up to every half minute', async () => {
    const { store, process, first, clock } = setUp();
    const flaky = unreliable(store);
    flaky.failing = true;
    await clock.run(failureOf(process({ store: flaky.store }).renew(first)));
    const before = flaky.attempts;
    expect(clock.sleeps).toEqual([5_000]);
    await clock.advance(5_000 + 10_000 + 20_000 + 30_000 + 30_000);
    expect(flaky.attempts - before).toBe(5);
    expect(clock.sleeps).toEqual([30_000]);
  });

  it('gets what the forge gave from whoever asks, too', async () => {
    const { store, process, first, forge, clock } = setUp();
    const flaky = unreliable(store);
    const renewal = process({ store: flaky.store });
    flaky.failing = true;
    await clock.run(failureOf(renewal.renew(first)));
    flaky.failing = false;
    expect((await renewal.renew(first)).accessToken).toBe('access-2');
    expect(forge.asked).toEqual(['refresh-1']);
    await clock.advance(5_000);
    expect(clock.sleeps).toEqual([]);
  });

  it('is bothered no more with a pair that a new sign-in has taken the place of', async () => {
    const { store, process, first, forge, clock, stored } = setUp();
    const flaky = unreliable(store);
    const renewal = process({ store: flaky.store });
    flaky.failing = true;
    await clock.run(failureOf(renewal.renew(first)));
    flaky.failing = false;
    const anew = forge.issue();
    store.replace(anew);
    expect((await clock.run(renewal.renew(anew))).accessToken).toBe('access-4');
    await clock.advance(30_000);
    expect(clock.sleeps).toEqual([]);
    expect(await stored()).toMatchObject({ accessToken: 'access-4' });
  });

  it('is told of a failure that changed nothing, later, as of anything else', async () => {
    const { store, process, first, forge, clock } = setUp({ fates: ['unreached'] });
    const flaky = unreliable(store);
    flaky.failing = true;
    await clock.run(failureOf(process({ store: flaky.store }).renew(first)));
    flaky.failing = false;
    await clock.advance(5_000);
    await clock.advance(5_000);
    expect((await clock.run(process().renew(first))).accessToken).toBe('access-2');
    expect(forge.asked).toHaveLength(2);
  });

  it('makes a process that wants to end try a last time, and tells it what would be lost', async () => {
    const { store, process, first, clock, stored } = setUp();
    const flaky = unreliable(store);
    const renewal = process({ store: flaky.store });
    flaky.failing = true;
    await clock.run(failureOf(renewal.renew(first)));
    const failure = await clock.run(failureOf(renewal.settled()));
    expect([failure.kind, failure.message]).toEqual(['unavailable', expect.stringContaining('is lost')]);
    expect(inspect(failure, { depth: 9 })).not.toMatch(/(access|refresh)-/);
    // Nothing keeps the process alive.
    expect(clock.sleeps).toEqual([]);
    flaky.failing = false;
    await clock.run(renewal.settled());
    expect(await stored()).toMatchObject({ accessToken: 'access-2' });
  });

  it('gets a few attempts at once', async () => {
    const { store, process, first, clock } = setUp();
    const flaky = unreliable(store);
    flaky.failing = true;
    const renewing = process({ store: flaky.store }).renew(first);
    await clock.advance(1_000);
    flaky.failing = false;
    expect((await clock.run(renewing)).accessToken).toBe('access-2');
  });

  it('that answers nobody is waited for some seconds', async () => {
    const { store, process, clock } = setUp();
    const renewal = process({ store: { ...store, read: () => new Promise(() => undefined) } });
    const begin = clock.now().getTime();
    expect((await clock.run(failureOf(renewal.get()))).kind).toBe('unavailable');
    expect(clock.now().getTime() - begin).toBe(5_000);
  });
});

/** A store whose writes of what came of a claim fail as long as `failing`. */
function unreliable(store: CredentialStore) {
  const state = { failing: false, attempts: 0 };
  const write = <T>(attempt: () => Promise<T>): Promise<T> => {
    state.attempts += 1;
    return state.failing ? Promise.reject(new Error('disk full')) : attempt();
  };
  return Object.assign(state, {
    store: {
      read: () => store.read(),
      claim: async (version, termMs) => {
        const claim = await store.claim(version, termMs);
        if (claim.status !== 'claimed') return claim;
        return {
          ...claim,
          save: (credential) => write(() => claim.save(credential)),
          refuse: () => write(() => claim.refuse()),
          release: (pauseMs, outcome) => write(() => claim.release(pauseMs, outcome)),
        };
      },
    } satisfies CredentialStore,
  });
}
