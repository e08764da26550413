import { describe, expect, it } from '@jest/globals';
import { chooseForges, forges } from './forges.js';

describe('the forges to measure', () => {
  it('are all, or those that are named', () => {
    expect(chooseForges(undefined)).toEqual(forges);
    expect(chooseForges(['gitlab']).map(({ type }) => type)).toEqual(['gitlab']);
  });

  it('are told when one is named that there is not', () => {
    expect(() => chooseForges(['gitlab', 'nonsense'])).toThrow(
      'There is no forge called nonsense. There are: github, gitlab, bitbucket, bitbucket-data-center, gitea',
    );
  });
});
