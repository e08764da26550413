import { describe, expect, it } from '@jest/globals';
import { ProviderError } from './errors.js';
import { createPathFilter } from './patterns.js';

const paths = [
  'acme/web',
  'acme/.github',
  'acme/legacy-web',
  'acme/platform/api',
  'acme/platform/tools/cli',
  'Other/Web',
];
const included = (...patterns: string[]) => paths.filter(createPathFilter(patterns).includes);

describe('createPathFilter', () => {
  it('includes everything without patterns', () => {
    expect(included()).toEqual(paths);
  });

  it('keeps * within a segment and lets ** cross them', () => {
    expect(included('acme/*')).toEqual(['acme/web', 'acme/.github', 'acme/legacy-web']);
    expect(included('acme/**')).toEqual(paths.slice(0, 5));
    expect(included('**/*api*')).toEqual(['acme/platform/api']);
  });

  it('compares without regard to case, as the forges do', () => {
    expect(included('other/*')).toEqual(['Other/Web']);
  });

  it('lets the last matching pattern decide', () => {
    expect(included('acme/**', '!acme/legacy-*')).toEqual([
      'acme/web',
      'acme/.github',
      'acme/platform/api',
      'acme/platform/tools/cli',
    ]);
    expect(included('acme/**', '!acme/**', 'acme/web')).toEqual(['acme/web']);
  });

  it('starts from everything when the first pattern excludes', () => {
    expect(included('!acme/**')).toEqual(['Other/Web']);
  });

  it('names the pattern that decided', () => {
    const filter = createPathFilter(['acme/**', '!**/legacy-*']);
    expect(filter.decide('acme/legacy-web')).toEqual({ included: false, pattern: '!**/legacy-*' });
    expect(filter.decide('acme/web')).toEqual({ included: true, pattern: 'acme/**' });
    expect(filter.decide('other/web')).toEqual({ included: false });
  });

  it('understands alternatives and characters, deep and non-ASCII paths', () => {
    expect(included('acme/{web,platform/**}')).toEqual([
      'acme/web',
      'acme/platform/api',
      'acme/platform/tools/cli',
    ]);
    expect(createPathFilter(['grüße/**']).includes('grüße/東京/api')).toBe(true);
    expect(createPathFilter(['acme/api-[0-9]']).includes('acme/api-7')).toBe(true);
  });

  it.each(['', '!', '!!acme', ' acme/*', '/acme', 'acme/', 'a'.repeat(513), '{a,b}'.repeat(30)])(
    'refuses the pattern %j by name',
    (pattern) => {
      const make = () => createPathFilter([pattern]);
      expect(make).toThrow(expect.objectContaining({ kind: 'invalid_request' }));
      expect(make).toThrow(ProviderError);
    },
  );

  it('does not explode on patterns made to be slow', () => {
    const slow = createPathFilter(['**/*a*a*a*a*a*a/**/*a*a*a*a*a*a/**/x', `${'*a'.repeat(200)}c`]);
    expect(slow.includes(`${`${'a'.repeat(60)}/`.repeat(20)}b`)).toBe(false);
  });
});
