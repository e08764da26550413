import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Resources } from '../resources.js';
import type { TestClock } from '../testing/test-clock.js';
import { openTestResources } from '../testing/test-store.js';
import { AttemptLimits, defaultAttemptLimits, networkOf } from './attempt-limits.js';

const minuteMs = 60_000;

describe('limits of attempts', () => {
  let folder: string;
  let resources: Resources & { readonly clock: TestClock };
  let limits: AttemptLimits;
  const attempt = { kind: 'sign-in:account', of: 'ada' } as const;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    limits = new AttemptLimits(resources.store, {
      ...defaultAttemptLimits,
      'sign-in:account': { attempts: 5, windowMs: 15 * minuteMs },
    });
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('let through as many as may, however many try at once', async () => {
    const tried = await Promise.allSettled(Array.from({ length: 40 }, () => limits.count([attempt])));
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await limits.count([{ ...attempt, of: 'grace' }]);
  });

  it('say when it makes sense to try again, and no attempt meanwhile puts that off', async () => {
    for (let count = 0; count < 5; count += 1) await limits.count([attempt]);
    const retryAt = new Date((await resources.store.now()) + 15 * minuteMs);
    await expect(limits.count([attempt])).rejects.toMatchObject({ kind: 'too_many_attempts', status: 429 });
    resources.clock.advance(14 * minuteMs);
    const refused = limits.count([attempt]);
    await expect(refused).rejects.toThrow('Try again in a minute');
    await expect(refused).rejects.toHaveProperty('retryAt', retryAt);
    resources.clock.advance(minuteMs);
    await limits.count([attempt]);
  });

  it('start over after a success, and give back the attempt that succeeded', async () => {
    for (let count = 0; count < 5; count += 1) await limits.count([attempt]);
    await limits.forget(attempt);
    for (let count = 0; count < 50; count += 1) {
      await limits.count([attempt]);
      await limits.takeBack(attempt);
    }
    for (let count = 0; count < 5; count += 1) await limits.count([attempt]);
    await expect(limits.count([attempt])).rejects.toThrow();
  });

  it('keep nothing of what was typed, and nothing for long', async () => {
    await limits.count([{ kind: 'sign-in:account', of: 'my password by mistake' }]);
    const rows = () => resources.store.database.selectFrom('attempt_limits').selectAll().execute();
    expect(JSON.stringify(await rows())).not.toContain('mistake');
    resources.clock.advance(15 * minuteMs);
    await limits.count([attempt]);
    expect(await rows()).toHaveLength(1);
  });
});

describe('what an address is counted by', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['1:2:3:4:5:6:7::', '1:2:3:4'],
    ['::', '0:0:0:0'],
    ['192.0.2.1:41234', '192.0.2.1'],
    ['[2001:db8::1]:443', '2001:db8:0:0'],
    ['[2001:db8::1]', '2001:db8:0:0'],
    ['::ffff:0102:0304', '1.2.3.4'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0'],
    ['unknown', 'unknown'],
    ['', ''],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
