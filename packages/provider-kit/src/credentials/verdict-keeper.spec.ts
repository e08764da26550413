import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../transport/transport.fixture.js';
import { setUp, unreliable } from './renewal.fixture.js';

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
    const renewal = process({ store: flaky.store });
    await clock.run(failureOf(renewal.renew(first)));
    const before = flaky.attempts;
    expect(clock.sleeps).toEqual([5_000]);
    await clock.advance(5_000 + 10_000 + 20_000 + 30_000 + 30_000);
    expect(flaky.attempts - before).toBe(5);
    expect(clock.sleeps).toEqual([30_000]);
    // Those who ask meanwhile try as well, and leave nothing of their own behind.
    expect((await clock.run(failureOf(renewal.renew(first)))).kind).toBe('unavailable');
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
