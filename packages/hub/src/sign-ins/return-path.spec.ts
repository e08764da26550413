import { describe, expect, it } from '@jest/globals';
import { checkReturnPath } from './return-path.js';

const publicUrl = 'https://anyforge.test/forges';

describe('where a person goes on', () => {
  it.each(['/', '/git-providers', '/git-providers/1?tab=oauth#test', '/a//b', '/%2e%2e-is-a-name'])(
    'may be %j',
    (path) => {
      expect(checkReturnPath(publicUrl, path)).toBe(path);
    },
  );

  it.each([
    '',
    'git-providers',
    '//evil.test',
    '/\\evil.test',
    '/a\\b',
    'https://evil.test/',
    'javascript:alert(1)',
    '/\t/evil.test',
    '/\n/evil.test',
    ' /',
    '/..',
    '/../elsewhere',
    '/%2e%2e/elsewhere',
    '/a/../../elsewhere',
    '@evil.test/',
    '.evil.test/',
    `/${'a'.repeat(500)}`,
  ])('may not be %j', (path) => {
    expect(() => checkReturnPath(publicUrl, path)).toThrow(
      expect.objectContaining({
        kind: 'invalid_input',
        issues: [expect.objectContaining({ path: 'returnTo' })],
      }),
    );
  });
});
