import { describe, expect, it } from '@jest/globals';
import { caseGroups } from './case-groups.js';
import { notApplicable, runCase } from './case.js';
import { exampleSubject } from './example/subject.fixture.js';
import { fetchSimulators } from './jest/simulators-only.js';
import { timeoutMs } from './jest/timeout.js';
import { readOnlyCases } from './read-only.js';
import type { ContractSubject } from './subject.js';

const cases = caseGroups.flatMap(({ cases: each }) => each);
const simulated = exampleSubject('Example', true);
const real: ContractSubject = {
  ...simulated,
  facts: { ...simulated.facts, server: 'real' },
  async start(options) {
    const { simulator, ...started } = await simulated.start(options);
    const { webUrl, apiUrl, origins } = simulator;
    const { revision } = options.world;
    return {
      ...started,
      revoke: () => {
        throw new Error('a credential was revoked');
      },
      simulator: {
        webUrl,
        apiUrl,
        origins,
        async close() {
          await simulator.close();
          if (options.world.revision !== revision) throw new Error('the world was changed');
        },
      },
    };
  },
};
const applicable = cases.filter((each) => notApplicable(each, simulated.facts) === undefined);

/** They close the server in order to see what is said of one that is not there. */
const closing: ReadonlySet<string> = new Set(['probe-nobody', 'secrets-in-network-errors']);

describe('a real server, which has no log, no faults and a world that stays as it is', () => {
  it('is named by cases that there are', () => {
    const ids = new Set(cases.map(({ id }) => id));
    expect([...readOnlyCases].filter((id) => !ids.has(id))).toEqual([]);
  });

  it('is told as the reason why all others do not apply', () => {
    const reasons = new Map(cases.map((each) => [each.id, notApplicable(each, real.facts)]));
    expect(reasons.get('listing-whole')).toBeUndefined();
    expect(reasons.get('fails-reset')).toBe('a real server: nothing can be made to go wrong');
  });

  for (const each of applicable.filter(({ id }) => readOnlyCases.has(id)))
    it(`can be held to "${each.title}"`, () => runCase(each, real, fetchSimulators()), timeoutMs);

  for (const each of applicable.filter(({ id }) => !readOnlyCases.has(id) && !closing.has(id)))
    it(`cannot be held to "${each.title}"`, async () => {
      await expect(runCase(each, real, fetchSimulators())).rejects.toThrow(
        /^This case needs|was changed$|was revoked$/,
      );
    });
});
