import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@anyforge/provider-kit';
import { land } from '../testing/sign-in-at-forge.js';
import type { AttackBench } from './attack-bench.fixture.js';
import { exchanges, expectFailed, expectRefused, openAttackBench } from './attack-bench.fixture.js';

/** The clock of the embedded database is the server's. */
describe('a state that has expired', () => {
  let bench: AttackBench;
  let aheadMs = 0;
  beforeEach(async () => {
    aheadMs = 0;
    const now = (): Date => new Date(Date.now() + aheadMs);
    bench = await openAttackBench('gitlab', {
      clock: { now, sleep: (...wait) => systemClock.sleep(...wait) },
    });
  });
  afterEach(() => bench.close());

  it('is refused, and its code is sent nowhere', async () => {
    const { id, callbackUrl } = await bench.consented(bench.ada, 'ada');
    aheadMs = 600_001;
    expect((await land(bench.ada, callbackUrl)).page.text).toContain('data-problem="sign_in_expired"');
    await expectFailed(bench.ada, id, 'sign_in_expired');
    expectRefused(await land(bench.ada, callbackUrl), 'sign_in_expired');
    expect(exchanges(bench.forge)).toBe(0);
    await bench.expectNothingStored();
  });
});
