import type { Logger } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { ownNetwork, resolveContext } from './context.js';
import { isAllowed } from './guarded-fetch/addresses.js';
import { createFakeClock } from './testing/fake-clock.js';

describe('a resolved context', () => {
  it('keeps what it is given', () => {
    const given = {
      fetch: globalThis.fetch,
      clock: createFakeClock(),
      budgets: { read: async () => undefined, write: async () => undefined },
    };
    expect(resolveContext(given)).toMatchObject(given);
  });

  it('logs where it is told to, and goes on where that fails', () => {
    const told: unknown[] = [];
    const logger: Logger = {
      debug: (...line) => told.push(line),
      warn: (...line) => {
        told.push(line);
        throw new Error('the disk is full');
      },
    };
    const context = resolveContext({ logger });
    context.logger.debug({ a: 1 }, 'one');
    context.logger.warn({ b: 2 }, 'two');
    expect(told).toEqual([
      [{ a: 1 }, 'one'],
      [{ b: 2 }, 'two'],
    ]);
  });

  it('completes what is absent', async () => {
    const context = resolveContext();
    const { fetch, clock, logger, budgets, responses } = context;
    expect(clock.now()).toBeInstanceOf(Date);
    logger.warn({}, 'nobody hears this');
    expect(await budgets.read('unknown')).toBeUndefined();
    expect(context.random()).toBeLessThan(1);
    expect(responses).toBeUndefined();
    await expect(fetch('http://169.254.169.254/')).rejects.toThrow('fetch failed');
  });

  it('lets an adapter reach the private network and the machine of the one who runs it, and nothing forbidden', () => {
    const kinds = ['public', 'private', 'loopback', 'forbidden'] as const;
    expect(kinds.filter((kind) => isAllowed(kind, ownNetwork))).toEqual(['public', 'private', 'loopback']);
  });

  it('has budgets of its own each time', async () => {
    const [one, other] = [resolveContext(), resolveContext()];
    const resetAt = new Date(Date.now() + 60_000);
    await one.budgets.write('core', { scope: 'core', per: 'credential', limit: 1, remaining: 1, resetAt });
    expect(await one.budgets.read('core')).toMatchObject({ limit: 1 });
    expect(await other.budgets.read('core')).toBeUndefined();
  });

  it('forgets budgets that have been reset, so that memory does not grow with every account', async () => {
    const clock = createFakeClock();
    const { budgets } = resolveContext({ clock });
    const write = (scope: string, resetAt: Date): Promise<void> =>
      budgets.write(scope, { scope, per: 'credential', limit: 1, remaining: 1, resetAt });
    for (let account = 0; account < 1_000; account += 1) await write(`old ${account}`, clock.now());
    await write('new', new Date(clock.now().getTime() + 1_000));
    expect(await budgets.read('old 0')).toBeUndefined();
    expect(await budgets.read('new')).toBeDefined();
  });
});
