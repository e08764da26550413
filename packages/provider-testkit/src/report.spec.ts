import { describe, expect, it } from '@jest/globals';
import { drawMatrix, toMatrix, whyWorthless } from '../report/matrix.js';
import type { TestOutcome } from '../report/matrix.js';

const outcome = (suite: string, title: string, status: string, message?: string): TestOutcome => ({
  ancestorTitles: [suite, 'a listing'],
  title,
  status,
  failureMessages: message === undefined ? [] : [message],
});

const outcomes = [
  outcome('contract: GitHub', 'is whole', 'passed'),
  outcome('contract: GitLab', 'is whole', 'failed', 'ContractViolation: missing: a\n    at run'),
  outcome('contract: GitHub', 'tells totals (not applicable: the forge does not tell totals)', 'pending'),
  outcome('contract: GitLab', 'tells totals', 'passed'),
];

describe('the matrix', () => {
  it('has a row for each case and a column for each forge, and says why something is as it is', () => {
    expect(drawMatrix('contract', toMatrix('contract', outcomes))).toBe(`                GitHub  GitLab

a listing
  is whole      pass    FAIL
  tells totals  - (1)   pass

Not applicable:
  (1) the forge does not tell totals

Failed:
  GitLab › a listing › is whole
    ContractViolation: missing: a

2 forges, 2 cases: 2 passed, 1 failed, 1 not applicable
`);
  });

  it('leaves out the other suite and tests that a pattern left out', () => {
    const { rows } = toMatrix('contract', [
      ...outcomes,
      outcome('mutants: GitHub', 'drops the last page', 'passed'),
      outcome('contract: GitHub', 'is empty', 'pending'),
      outcome('something else', 'is whole', 'passed'),
    ]);
    expect(rows.map(({ title }) => title)).toEqual(['is whole', 'tells totals']);
  });

  it('is worth nothing when nothing was run', () => {
    expect(whyWorthless('contract', toMatrix('contract', []))).toBe('None of the cases was run and passed.');
    const skipped = outcomes.map((each) => ({ ...each, status: 'pending' }));
    expect(whyWorthless('contract', toMatrix('contract', skipped))).toMatch('None of the cases');
    expect(whyWorthless('contract', toMatrix('contract', outcomes))).toBeUndefined();
  });

  it('is worth nothing when a forge with a contract has no mutants, or lacks a case', () => {
    const mutants = [...outcomes, outcome('mutants: GitHub', 'drops the last page', 'passed')];
    expect(whyWorthless('mutants', toMatrix('mutants', mutants))).toBe(
      'Not all mutants were run for GitLab.',
    );
    const fewer = outcomes.slice(0, 3);
    expect(whyWorthless('contract', toMatrix('contract', fewer))).toBe('Not all cases were run for GitLab.');
  });
});
