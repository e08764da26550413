import { describe, expect, it } from '@jest/globals';
import { createFakeClock } from '../testing/fake-clock.js';
import { createRateLedger } from './ledger.js';
import { createMemoryBudgets } from './memory-budgets.js';
import { later } from './rate-limit.fixture.js';

const paced = { limit: 9, windowMs: 60_000, per: 'credential' } as const;

describe('the ledger of rate limits', () => {
  it('forgets the limits that nobody waits for when there are many accounts, and no others', () => {
    const clock = createFakeClock();
    const logger = { debug: () => undefined, warn: () => undefined };
    const ledger = createRateLedger({ store: createMemoryBudgets(clock), clock, logger });
    const idle = [ledger.block('idle', 'credential'), ledger.told('idle'), ledger.paced('idle', paced)];
    const used = [ledger.block('used', 'credential'), ledger.told('used'), ledger.paced('used', paced)];
    ledger.block('used', 'credential').close(later(60_000), clock.now());
    ledger.told('used').gate(false).enter(undefined, clock.now());
    ledger.paced('used', paced).gate(1, false).enter(undefined, clock.now());
    for (let account = 0; account < 1_000; account += 1) {
      ledger.block(`account ${account}`, 'credential');
      ledger.told(`account ${account}`);
      ledger.paced(`account ${account}`, paced);
    }
    const now = [ledger.block('used', 'credential'), ledger.told('used'), ledger.paced('used', paced)];
    for (const [index, limit] of now.entries()) expect(limit).toBe(used[index]);
    const anew = [ledger.block('idle', 'credential'), ledger.told('idle'), ledger.paced('idle', paced)];
    for (const [index, limit] of anew.entries()) expect(limit).not.toBe(idle[index]);
  });
});
