import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RateBudget } from '@anyforge/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestResources } from '../testing/test-store.js';
import { EndedRateBudgets } from './ended-rate-budgets.js';
import type { LimitOwner } from './limit-owner.js';
import { MemoryRateBudgets } from './memory-rate-budgets.js';
import type { RateBudgets } from './rate-budgets.js';
import { StoredRateBudgets } from './stored-rate-budgets.js';

type TestResources = Awaited<ReturnType<typeof openTestResources>>;

const scope = 'github https://github.com connection-1 core';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let folder: string;
let resources: TestResources;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anyforge-budgets-'));
  resources = await openTestResources(folder);
});

afterEach(async () => {
  await resources.store.close();
  await rm(folder, { recursive: true });
});

function later(ms: number): Date {
  return new Date(resources.clock.now().getTime() + ms);
}

function left(remaining: number, resetAt: Date | undefined, of = scope): RateBudget {
  return { scope: of, per: 'credential', limit: 5_000, remaining, resetAt };
}

function owner(key: string): LimitOwner {
  return { type: 'github', origins: ['https://github.com', 'https://api.github.test'], key };
}

const kinds: readonly (readonly [string, () => RateBudgets])[] = [
  ['in memory', () => new MemoryRateBudgets(resources.clock)],
  ['in the database', () => new StoredRateBudgets(resources)],
];

describe.each(kinds)('rate budgets %s', (_, open) => {
  it('tell what was written last', async () => {
    const budgets = open();
    expect(await budgets.read(scope)).toBeUndefined();
    await budgets.write(scope, left(4_000, later(hourMs)));
    await budgets.write(scope, left(3_000, later(hourMs)));
    expect(await budgets.read(scope)).toEqual(left(3_000, later(hourMs)));
  });

  it('do not let what is older raise the count within a window', async () => {
    const budgets = open();
    await budgets.write(scope, left(10, later(hourMs)));
    await budgets.write(scope, left(11, later(hourMs + 2_000)));
    await budgets.write(scope, left(5_000, later(minuteMs)));
    expect(await budgets.read(scope)).toEqual(left(10, later(hourMs)));
  });

  it('do not let a window that has ended lower the count of one that has not', async () => {
    const budgets = open();
    await budgets.write(scope, left(10, later(hourMs)));
    await budgets.write(scope, left(9, later(0)));
    expect(await budgets.read(scope)).toEqual(left(10, later(hourMs)));
  });

  it('go on being counted after an answer that was long on the way, and so seems to be of a later window', async () => {
    const budgets = open();
    await budgets.write(scope, left(12, later(hourMs)));
    await budgets.write(scope, left(13, later(hourMs + 20_000)));
    await budgets.write(scope, left(11, later(hourMs + 20_000)));
    await budgets.write(scope, left(10, later(hourMs)));
    expect(await budgets.read(scope)).toEqual(left(10, later(hourMs)));
  });

  it('begin anew with a later window', async () => {
    const budgets = open();
    await budgets.write(scope, left(0, later(minuteMs)));
    resources.clock.advance(minuteMs);
    await budgets.write(scope, left(4_999, later(hourMs)));
    expect(await budgets.read(scope)).toEqual(left(4_999, later(hourMs)));
  });

  it('keep the longest of refusals', async () => {
    const budgets = open();
    for (const ms of [1_000, 2_000, 1_500]) await budgets.write(scope, left(0, later(ms)));
    expect(await budgets.read(scope)).toEqual(left(0, later(2_000)));
  });

  it('keep nothing without a reset', async () => {
    const budgets = open();
    await budgets.write(scope, left(7, undefined));
    expect(await budgets.read(scope)).toBeUndefined();
  });

  it('are found by whose they are, while their windows last', async () => {
    const budgets = open();
    const of = (key: string, name = 'core', place = 'github https://github.com'): string =>
      `${place} ${key} ${name}`;
    await budgets.write(of('connection-1'), left(1, later(hourMs), of('connection-1')));
    await budgets.write(of('connection-1', '*'), left(0, later(minuteMs), of('connection-1', '*')));
    await budgets.write(of('connection-2'), left(2, later(hourMs), of('connection-2')));
    const shared = of('application%3Aclient%201');
    await budgets.write(shared, left(3, later(hourMs), shared));
    for (const place of ['github https://elsewhere.test', 'gitlab https://github.com']) {
      const another = of('application%3Aclient%201', 'core', place);
      await budgets.write(another, left(4, later(hourMs), another));
    }
    resources.clock.advance(minuteMs);
    const found = await budgets.of(['connection-1', 'application:client 1', 'connection-3'].map(owner));
    expect(found.map(({ remaining }) => remaining).toSorted()).toEqual([1, 3]);
    expect(await budgets.of([])).toEqual([]);
  });

  it('take a scope for what it is that names no key', async () => {
    const budgets = open();
    await budgets.write('mine', left(1, later(hourMs), 'mine'));
    await budgets.write('a b %zz c', left(2, later(hourMs), 'a b %zz c'));
    expect((await budgets.read('mine'))?.remaining).toBe(1);
    expect((await budgets.read('a b %zz c'))?.remaining).toBe(2);
    expect(await budgets.of(['mine', '%zz'].map(owner))).toEqual([]);
  });
});

describe('rate budgets in the database', () => {
  it('are shared by all who have it open', async () => {
    await new StoredRateBudgets(resources).write(scope, left(10, later(hourMs)));
    expect(await new StoredRateBudgets(resources).read(scope)).toEqual(left(10, later(hourMs)));
  });

  it('end up at the lowest count, whoever writes at once', async () => {
    const processes = Array.from({ length: 20 }, () => new StoredRateBudgets(resources));
    const resetAt = later(hourMs);
    await Promise.all(
      processes.map((budgets, index) => budgets.write(scope, left(100 - ((index * 7) % 20), resetAt))),
    );
    expect((await processes[0]?.read(scope))?.remaining).toBe(81);
  });

  it('are forgotten when their windows have ended, and no sooner', async () => {
    const budgets = new StoredRateBudgets(resources);
    const other = `${scope} 2`;
    await budgets.write(scope, left(1, later(minuteMs)));
    await budgets.write(other, left(2, later(minuteMs + 1)));
    resources.clock.advance(minuteMs);
    for await (const batch of new EndedRateBudgets(resources).batches()) expect(batch).toBeUndefined();
    expect(await budgets.read(scope)).toBeUndefined();
    expect((await budgets.read(other))?.remaining).toBe(2);
  });
});

describe('rate budgets in memory', () => {
  it('forget what has ended when there are many', async () => {
    const budgets = new MemoryRateBudgets(resources.clock);
    await budgets.write('ended', left(1, later(1)));
    await budgets.write('current', left(1, later(minuteMs)));
    for (let count = 0; count < 998; count += 1) await budgets.write(`scope ${count}`, left(1, later(1)));
    resources.clock.advance(1);
    await budgets.write('one more', left(1, later(minuteMs)));
    expect(await budgets.read('ended')).toBeUndefined();
    expect((await budgets.read('current'))?.remaining).toBe(1);
  });
});
