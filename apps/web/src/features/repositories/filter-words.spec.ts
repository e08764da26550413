import { describe, expect, it } from '@jest/globals';
import { repositories } from '../../texts/en/repositories.js';
import { filterWords } from './filter-words.js';

const words = {
  texts: repositories,
  providerName: (id: string) => (id === 'id-1' ? 'Our forge' : undefined),
};

describe('a filter of the list', () => {
  it('is told as people read it', () => {
    expect(filterWords('search', { search: 'api' }, words)).toBe('Search: api');
    expect(filterWords('permission', { permission: 'write' }, words)).toBe('Permission: Write or more');
    expect(filterWords('permission', { permission: 'unknown' }, words)).toBe('Permission: Unknown only');
    expect(filterWords('archived', { archived: false }, words)).toBe('Archived: Not archived');
    expect(filterWords('visibility', { visibility: 'internal' }, words)).toBe('Visibility: Internal');
  });

  it('names the git provider, also one that is gone', () => {
    expect(filterWords('gitProvider', { gitProvider: 'id-1' }, words)).toBe('Git provider: Our forge');
    expect(filterWords('gitProvider', { gitProvider: 'id-2' }, words)).toBe(
      'Git provider: A git provider that is gone',
    );
  });
});
