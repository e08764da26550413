import { describe, expect, it } from '@jest/globals';
import { caseGroups } from './case-groups.js';
import { catcherOf } from './mutant.js';
import { mutants } from './mutants.js';

const cases = caseGroups.flatMap((group) => group.cases);

describe('the contract', () => {
  it('names every case once', () => {
    const ids = cases.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const titles = caseGroups.flatMap(({ title, cases: own }) =>
      own.map((each) => `${title}: ${each.title}`),
    );
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

describe('the mutants', () => {
  it('are each caught by a case that there is', () => {
    expect(mutants.map((mutant) => catcherOf(mutant).id)).toEqual(mutants.map(({ caughtBy }) => caughtBy));
    const ids = mutants.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('cannot name a case that there is not', () => {
    expect(() => catcherOf({ id: 'lost', caughtBy: 'no-such-case' })).toThrow('no-such-case');
  });
});
