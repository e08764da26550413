import type { BudgetStore, RateBudget } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { resolveContext } from '../context.js';
import { createFakeClock } from '../testing/fake-clock.js';
import { createScriptedFetch } from '../testing/scripted-fetch.js';
import { rest, setUp, user } from '../transport/transport.fixture.js';
import { budget, later } from './rate-limit.fixture.js';
import { linkStore } from './store-link.js';

function count(remaining: number, scope = 'core'): RateBudget {
  return { scope, per: 'credential', limit: 100, remaining };
}

function link(store: Partial<BudgetStore>) {
  const clock = createFakeClock();
  const warnings: object[] = [];
  const logger = { debug: () => undefined, warn: (fields: object) => void warnings.push(fields) };
  const whole = { read: async () => undefined, write: async () => undefined, ...store };
  return { clock, warnings, linked: linkStore({ store: whole, clock, logger }) };
}

/** A store whose writes end when the test says so. */
function slowWrites() {
  const written: string[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const write = (scope: string, { remaining }: RateBudget): Promise<void> => {
    written.push(`${scope} ${remaining}`);
    return new Promise((resolve, reject) => {
      ends.push((error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  };
  return { written, ends, write };
}

describe('reading from a store of budgets', () => {
  it('gives what it knows, and leaves no timer behind', async () => {
    const { linked, clock, warnings } = link({ read: async (scope) => count(7, scope) });
    expect(await linked.read('search')).toEqual(count(7, 'search'));
    expect(clock.sleeps).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('gives up after a second, and says so', async () => {
    const { linked, clock, warnings } = link({ read: () => new Promise(() => undefined) });
    expect(await clock.run(linked.read('core'))).toBeUndefined();
    expect(clock.now()).toEqual(later(1_000));
    expect(warnings).toEqual([{ scope: 'core' }]);
  });

  it('does without a store that fails', async () => {
    const { linked, warnings } = link({ read: () => Promise.reject(new Error('down')) });
    expect(await linked.read('core')).toBeUndefined();
    expect(warnings).toEqual([{ scope: 'core' }]);
  });
});

describe('a reading of a store of budgets', () => {
  function counting() {
    const asked: string[] = [];
    const read = async (scope: string): Promise<RateBudget> => {
      asked.push(scope);
      return count(50 - asked.length, scope);
    };
    return { asked, ...link({ read }) };
  }

  it('is one for all who ask at once', async () => {
    const { linked, asked } = counting();
    const readings = await Promise.all([linked.read('core'), linked.read('core'), linked.read('search')]);
    expect(readings.map((budget) => budget?.remaining)).toEqual([49, 49, 48]);
    expect(asked).toEqual(['core', 'search']);
  });

  it('holds for half a second', async () => {
    const { linked, asked, clock } = counting();
    await linked.read('core');
    await clock.advance(499);
    expect(await linked.read('core')).toEqual(count(49));
    await clock.advance(1);
    expect(await linked.read('core')).toEqual(count(48));
    expect(asked).toEqual(['core', 'core']);
  });

  it('that failed has nobody else wait for the same failure', async () => {
    const { linked, clock, warnings } = link({ read: () => new Promise(() => undefined) });
    const both = Promise.all([linked.read('core'), linked.read('core')]);
    expect(await clock.run(both)).toEqual([undefined, undefined]);
    expect(warnings).toHaveLength(1);
  });
});

describe('writing to a store of budgets', () => {
  it('leaves out what is no news: less than a hundredth of the limit', async () => {
    const written: number[] = [];
    const write = async (_: string, { remaining }: RateBudget): Promise<void> => void written.push(remaining);
    const { linked } = link({ write });
    const resetAt = later(60_000);
    const write5000 = (remaining: number, at = resetAt): void => {
      linked.write({ ...count(remaining), limit: 5_000, resetAt: at });
    };
    for (const remaining of [4_999, 4_998, 4_950, 4_949, 4_940]) {
      write5000(remaining);
      await rest();
    }
    expect(written).toEqual([4_999, 4_949]);
    write5000(4_999, later(3_660_000));
    await rest();
    expect(written).toEqual([4_999, 4_949, 4_999]);
  });

  it('leaves out nothing of a limit that is used up, nor of a refusal', async () => {
    const written: RateBudget[] = [];
    const { linked } = link({ write: async (_, budget) => void written.push(budget) });
    const resetAt = later(60_000);
    const refusal = { ...count(0, '*'), limit: 0, resetAt };
    const told = [
      { ...count(1), limit: 5_000, resetAt },
      { ...count(0), limit: 5_000, resetAt },
      refusal,
      refusal,
    ];
    for (const budget of told) {
      linked.write(budget);
      await rest();
    }
    expect(written).toEqual(told);
  });

  it('keeps the order within a scope, and of those that wait writes the last only', async () => {
    const { written, ends, write: slow } = slowWrites();
    const { linked } = link({ write: slow });
    for (const remaining of [9, 8, 7]) linked.write(count(remaining));
    linked.write(count(30, 'search'));
    await rest();
    expect(written).toEqual(['core 9', 'search 30']);
    ends[0]?.();
    await rest();
    expect(written).toEqual(['core 9', 'search 30', 'core 7']);
    ends[2]?.();
    await rest();
    linked.write(count(6));
    expect(written).toEqual(['core 9', 'search 30', 'core 7', 'core 6']);
  });

  it('goes on after a write that failed or that never ends', async () => {
    const { written, ends, write: slow } = slowWrites();
    const { linked, clock, warnings } = link({ write: slow });
    linked.write(count(9));
    linked.write(count(8));
    ends[0]?.(new Error('down'));
    await rest();
    linked.write(count(7));
    await clock.advance(1_000);
    expect(written).toEqual(['core 9', 'core 8', 'core 7']);
    expect(warnings).toEqual([{ scope: 'core' }, { scope: 'core' }]);
  });
});

describe('a store of budgets that hangs', () => {
  const forever = (): Promise<never> => new Promise(() => undefined);

  it('holds a call up for a second when it is read', async () => {
    const clock = createFakeClock();
    const { fetch } = createScriptedFetch([{ headers: budget(4_999, 3_600) }]);
    const context = resolveContext({ fetch, clock, budgets: { read: forever, write: forever } });
    await clock.run(setUp([], { context }).transport.fetch()(user));
    expect(clock.now()).toEqual(later(1_000));
  });

  it('holds nobody up when it is written', async () => {
    const clock = createFakeClock();
    const { fetch } = createScriptedFetch([{ headers: budget(4_999, 3_600) }]);
    const budgets = { read: async () => undefined, write: forever };
    const context = resolveContext({ fetch, clock, budgets });
    const response = await setUp([], { context }).transport.fetch()(user);
    expect(response.status).toBe(200);
    expect(clock.now()).toEqual(later(0));
  });
});
