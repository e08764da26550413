import { describe, expect, it } from '@jest/globals';
import { withoutSlashes, withoutTrailingSlashes } from './slashes.js';

const many = '/'.repeat(1_000_000);

describe('the slashes at the ends of a text', () => {
  it.each([
    ['', ''],
    ['/', ''],
    ['acme', 'acme'],
    ['//acme//web//', 'acme//web'],
  ])('are taken away from %j', (text, rest) => {
    expect(withoutSlashes(text)).toBe(rest);
  });

  it('are taken away from the end alone', () => {
    expect(withoutTrailingSlashes('//acme//')).toBe('//acme');
    expect(withoutTrailingSlashes('//')).toBe('');
  });

  it('may be a million, also where something follows them', () => {
    expect(withoutSlashes(`${many}acme${many}`)).toBe('acme');
    expect(withoutSlashes(`acme${many}x`)).toHaveLength(1_000_005);
    expect(withoutTrailingSlashes(`${many}x`)).toHaveLength(1_000_001);
  });
});
