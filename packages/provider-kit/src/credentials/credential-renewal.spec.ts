import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import type { OAuthCredential } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { createFakeClock } from '../testing/fake-clock.js';
import { failureOf, rest } from '../transport/transport.fixture.js';
import type { CredentialRenewalOptions } from './credential-renewal.js';
import { createCredentialRenewal } from './credential-renewal.js';
import type { CredentialStore } from './credential-store.js';
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
        return claim && { ...claim, save: async (credential) => saved.then(() => claim.save(credential)) };
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

  it('ends before its claim does, however long the forge takes', async () => {
    const { first, process, clock, forge } = setUp({ fates: ['hangs'] });
    const [one, other] = [process(), process()];
    const begin = clock.now().getTime();
    const failing = failureOf(one.renew(first));
    await clock.advance(19_999);
    expect(forge.asked).toHaveLength(1);
    expect((await clock.run(failing)).kind).toBe('timeout');
    expect(clock.now().getTime() - begin).toBe(20_000);
    expect((await clock.run(other.renew(first))).accessToken).toBe('access-2');
    expect(forge.mostAtOnce).toBe(1);
  });

  it('is taken over when its process dies, at the end of the claim', async () => {
    const { store, first, process, clock, forge } = setUp();
    await store.claim((await store.read())?.version ?? '', 60_000);
    const others = many(3, () => process());
    const waiting = Promise.all(others.map((other) => other.renew(first)));
    await clock.advance(59_900);
    expect(forge.asked).toEqual([]);
    expect((await clock.run(waiting)).map(({ accessToken }) => accessToken)).toEqual(
      many(3, () => 'access-2'),
    );
    expect(forge.asked).toEqual(['refresh-1']);
  });

  it('is not waited for without end when another process holds on to it', async () => {
    const { store, first, process, clock, forge } = setUp();
    const held = process({ store: { ...store, claim: () => Promise.resolve(undefined) } });
    const failure = await clock.run(failureOf(held.renew(first)));
    expect([failure.kind, failure.retryable]).toEqual(['unavailable', true]);
    expect(forge.asked).toEqual([]);
  });

  it('sends nothing when taking the claim used up its time', async () => {
    const { store, first, process, clock, forge } = setUp({ refreshTimeoutMs: 1_000 });
    const slow = process({
      store: {
        ...store,
        claim: (version, termMs) => clock.sleep(1_000).then(() => store.claim(version, termMs)),
      },
    });
    expect((await clock.run(failureOf(slow.renew(first)))).kind).toBe('timeout');
    expect(forge.asked).toEqual([]);
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
    ['hangs', 'timeout'],
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

  it('keeps other processes from asking as well, until the pause is over', async () => {
    const { process, first, clock, forge } = setUp({ fates: ['unreached'] });
    const [one, other] = [process(), process()];
    await failureOf(one.renew(first));
    const waiting = other.renew(first);
    await clock.advance(4_900);
    expect(forge.asked).toHaveLength(1);
    expect((await clock.run(waiting)).accessToken).toBe('access-2');
  });

  it('pauses for as long as the forge says, up to a minute', async () => {
    const { process, first, clock, forge } = setUp();
    let retryAt = new Date(clock.now().getTime() + 30_000);
    const renewal = process({
      refresh: (credential) => {
        forge.asked.push(credential.refreshToken ?? '');
        return Promise.reject(
          new ProviderError('rate_limited', 'slow down', { provider: 'gitlab', retryAt }),
        );
      },
    });
    await failureOf(renewal.renew(first));
    await clock.advance(29_999);
    await failureOf(renewal.renew(first));
    expect(forge.asked).toHaveLength(1);
    await clock.advance(1);
    retryAt = new Date(clock.now().getTime() + 86_400_000);
    await failureOf(renewal.renew(first));
    await clock.advance(60_000);
    await failureOf(renewal.renew(first));
    expect(forge.asked).toHaveLength(3);
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

describe('a lost answer', () => {
  it('signs out only by the word of a forge that took the old pair away', async () => {
    const { renewal, first, clock, forge, stored } = setUp({ fates: ['lost'] });
    expect((await clock.run(failureOf(renewal.renew(first)))).kind).toBe('network');
    expect(await stored()).toBe(first);
    await clock.advance(5_000);
    expect((await clock.run(failureOf(renewal.renew(first)))).kind).toBe('unauthenticated');
    expect(forge.asked).toEqual(['refresh-1', 'refresh-1']);
  });
});

describe('a store out of order', () => {
  it('does not lose what the forge gave: it is stored later, and asked for once', async () => {
    const { store, process, first, forge, clock, stored } = setUp();
    const flaky = unreliable(store);
    const renewal = process({ store: flaky.store });
    flaky.failing = true;
    expect((await clock.run(failureOf(renewal.renew(first)))).kind).toBe('unavailable');
    expect(await stored()).toBe(first);
    await clock.advance(3_600_000);
    flaky.failing = false;
    expect((await clock.run(renewal.renew(first))).accessToken).toBe('access-2');
    expect(await stored()).toMatchObject({ accessToken: 'access-2' });
    expect(forge.asked).toEqual(['refresh-1']);
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

/** A store whose writes of what the forge said fail as long as `failing`. */
function unreliable(store: CredentialStore) {
  const state = { failing: false };
  const write = (attempt: () => Promise<boolean>): Promise<boolean> =>
    state.failing ? Promise.reject(new Error('disk full')) : attempt();
  return Object.assign(state, {
    store: {
      read: () => store.read(),
      claim: async (version, termMs) => {
        const claim = await store.claim(version, termMs);
        return (
          claim && {
            ...claim,
            save: (credential) => write(() => claim.save(credential)),
            refuse: () => write(() => claim.refuse()),
          }
        );
      },
    } satisfies CredentialStore,
  });
}
