import { describe, expect, it } from '@jest/globals';
import { choicesOf, chosenOf } from './organization-choices.js';

const seen = [
  { id: '1', path: 'acme', name: 'Acme' },
  { id: '2', path: 'acme/platform', name: 'Platform' },
];

describe('organizations to choose from', () => {
  it('are those that I see, and those that are chosen though I do not see them', () => {
    const chosen = [
      { id: '1', path: 'acme-of-old' },
      { id: '9', path: 'hidden' },
    ];
    expect(choicesOf(seen, chosen).map(({ label }) => label)).toEqual(['acme', 'acme/platform', 'hidden']);
  });

  it('are chosen by id, in the order of choosing, with the path that they have now', () => {
    expect(chosenOf(['2', '1', 'gone'], choicesOf(seen, []))).toEqual([
      { id: '2', path: 'acme/platform' },
      { id: '1', path: 'acme' },
    ]);
  });
});
