import { describe, it } from '@jest/globals';
import { caseGroups } from '../case-groups.js';
import { notApplicable, runCase } from '../case.js';
import type { ContractSubject } from '../subject.js';
import { fetchSimulators } from './simulators-only.js';
import { timeoutMs } from './timeout.js';

/** Registers one test for every case of the contract; those that do not apply are told with the reason. */
export function describeContract(subject: ContractSubject): void {
  const fetch = fetchSimulators();
  describe(`contract: ${subject.name}`, () => {
    for (const { title, cases } of caseGroups) {
      describe(title, () => {
        for (const each of cases) {
          const reason = notApplicable(each, subject.facts);
          if (reason === undefined) it(each.title, () => runCase(each, subject, fetch), timeoutMs);
          else it.skip(`${each.title} (not applicable: ${reason})`, () => undefined);
        }
      });
    }
  });
}
