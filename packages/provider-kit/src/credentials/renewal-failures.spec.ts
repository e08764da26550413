import { inspect } from 'node:util';
import type { ErrorKind, ProviderErrorDetails } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../transport/transport.fixture.js';
import type { Fate } from './forge.fixture.js';
import { lifetimeMs } from './forge.fixture.js';
import { claimAndDie, setUp } from './renewal.fixture.js';

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

  it('is not told of the sign-in that took its place, when another process failed with that', async () => {
    const { process, first, clock, forge, store } = setUp({ fates: ['unreached', 'busy'] });
    const [one, other] = [process(), process()];
    expect((await failureOf(one.renew(first))).kind).toBe('network');
    const anew = forge.issue();
    store.replace(anew);
    await clock.run(failureOf(other.renew(anew)));
    expect((await failureOf(one.renew(anew))).kind).toBe('unavailable');
    expect(forge.asked).toEqual(['refresh-1', 'refresh-2']);
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
