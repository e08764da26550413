import { describe, expect, it } from '@jest/globals';
import { raceRefreshes } from './race-refreshes.js';
import { renewingForgeTypes } from './renewing-forges.js';

describe('two servers that want to renew one OAuth token', () => {
  it.each(renewingForgeTypes)(
    'do so once, and a kill of one signs nobody out who need not be: %s',
    async (type) => {
      const findings = await raceRefreshes({ type, calls: 40, rounds: 2 });
      expect(findings.filter(({ isAsExpected }) => !isAsExpected)).toEqual([]);
      expect(findings).toHaveLength(6);
    },
    180_000,
  );
});
