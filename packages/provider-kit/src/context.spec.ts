import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from '@jest/globals';
import { resolveContext } from './context.js';
import { createFakeClock } from './testing/fake-clock.js';

describe('a resolved context', () => {
  it('keeps what it is given', () => {
    const given = {
      fetch: globalThis.fetch,
      clock: createFakeClock(),
      logger: { debug: () => undefined, warn: () => undefined },
      budgets: { read: async () => undefined, write: async () => undefined },
      responses: { read: async () => undefined, write: async () => undefined },
    };
    expect(resolveContext(given)).toMatchObject(given);
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

  it('lets an adapter reach the private network of the one who runs it', async () => {
    const connecting = new Promise<void>((resolve) => {
      const onSocket = (): void => {
        unsubscribe('net.client.socket', onSocket);
        resolve();
      };
      subscribe('net.client.socket', onSocket);
    });
    const controller = new AbortController();
    const answer = resolveContext().fetch('http://[fd00::1]:8080/', { signal: controller.signal });
    answer.catch(() => undefined);
    await Promise.race([connecting, answer]);
    controller.abort('enough');
    await expect(answer).rejects.toBeDefined();
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
