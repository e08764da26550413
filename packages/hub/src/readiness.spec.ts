import { describe, expect, it } from '@jest/globals';
import { Readiness } from './readiness.js';
import { TestClock } from './testing/test-clock.js';

function readinessOf(now: () => Promise<number>) {
  const clock = new TestClock();
  const store = { now };
  return { clock, readiness: new Readiness({ store, clock }) };
}

describe('readiness', () => {
  it('is given while the database answers, and leaves nothing waiting', async () => {
    const { clock, readiness } = readinessOf(() => Promise.resolve(1));
    await readiness.check();
    expect(clock.sleeping).toBe(0);
  });

  it('ends when the database refuses', async () => {
    const { readiness } = readinessOf(() => Promise.reject(new Error('ECONNREFUSED db.internal')));
    await expect(readiness.check()).rejects.toMatchObject({ kind: 'store_failed', status: 503 });
    await expect(readiness.check()).rejects.not.toThrow('db.internal');
  });

  it('does not wait for ever for a database that hangs', async () => {
    const { clock, readiness } = readinessOf(() => new Promise(() => undefined));
    const checked = expect(readiness.check()).rejects.toMatchObject({ kind: 'store_failed' });
    clock.advance(2_000);
    await checked;
  });

  it('ends for good when the hub is ending', async () => {
    const { readiness } = readinessOf(() => Promise.resolve(1));
    readiness.end();
    await expect(readiness.check()).rejects.toMatchObject({ kind: 'closed' });
  });
});
