import { describe, it } from '@jest/globals';
import { catcherOf, mutantNotApplicable, runMutant } from '../mutant.js';
import { mutants } from '../mutants.js';
import type { ContractSubject } from '../subject.js';
import { fetchSimulators } from './simulators-only.js';
import { timeoutMs } from './timeout.js';

/** Registers one test for every mutant: it passes when the case that is named notices, and for the right reason. */
export function describeMutants(subject: ContractSubject): void {
  const fetch = fetchSimulators();
  describe(`mutants: ${subject.name}`, () => {
    for (const mutant of mutants) {
      const title = `${mutant.title}, caught by ${catcherOf(mutant).id}`;
      const reason = mutantNotApplicable(mutant, subject);
      if (reason === undefined) it(title, () => runMutant(mutant, subject, fetch), timeoutMs);
      else it.skip(`${title} (not applicable: ${reason})`, () => undefined);
    }
  });
}
