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

  it('leaves out the other suite', () => {
    const { rows } = toMatrix('contract', [
      ...outcomes,
      outcome('mutants: GitHub', 'drops the last page', 'passed'),
      outcome('something else', 'is whole', 'passed'),
    ]);
    expect(rows.map(({ title }) => title)).toEqual(['is whole', 'tells totals']);
  });

  it('says which case no forge has run', () => {
    const idle = [outcome('contract: GitHub', 'tells all (not applicable: nobody tells all)', 'pending')];
    const drawn = drawMatrix('contract', toMatrix('contract', idle));
    expect(drawn).toMatch(/tells all {2,}- \(1\) +never run\n/);
    expect(drawn).toMatch('1 forge, 1 case: 0 passed, 0 failed, 1 not applicable');
  });

  it('is worth nothing when a case was skipped by hand', () => {
    const matrix = toMatrix('contract', [
      outcome('contract: GitHub', 'is whole', 'passed'),
      outcome('contract: GitHub', 'is empty', 'pending'),
    ]);
    expect(drawMatrix('contract', matrix)).toMatch(/is empty +not run\n/);
    expect(whyWorthless('contract', matrix)).toBe('Not all cases were run for GitHub.');
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
