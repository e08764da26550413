import { describe, expect, it } from '@jest/globals';
import { mutants } from './mutants.js';
import type { SourceChange } from './mutants.js';
import { databases, forgeTypes } from './plan/plan.js';
import type { RunResult } from './run/play-run.js';
import { torture } from './torture.js';

async function play(options: {
  readonly seed: number;
  readonly runs: number;
  readonly changes?: readonly SourceChange[];
}): Promise<readonly RunResult[]> {
  const results: RunResult[] = [];
  await torture({
    changes: [],
    ...options,
    forges: forgeTypes,
    databases,
    untilCaught: options.changes !== undefined,
    onRun: (result) => {
      results.push(result);
    },
  });
  return results;
}

describe('a torture of synchronization', () => {
  it('finds nothing but what was true, on every forge and both databases', async () => {
    const results = await play({ seed: 1, runs: 8 });
    const violations = results.flatMap(({ plan, violations: found }) =>
      found.map((violation) => ({ seed: plan.seed, ...violation })),
    );
    expect(violations).toEqual([]);
    expect(results).toHaveLength(8);
    expect(results.every(({ looks, rows }) => looks > 0 && rows > 0)).toBe(true);
  }, 300_000);

  it.each(['pointer-early', 'revocation-kept'])(
    'catches an engine that lacks a safeguard: %s',
    async (name) => {
      const mutant = mutants.find((each) => each.name === name);
      const results = await play({ seed: 1, runs: 40, changes: mutant?.changes ?? [] });
      expect(results.flatMap(({ violations }) => violations)).not.toEqual([]);
    },
    300_000,
  );
});
