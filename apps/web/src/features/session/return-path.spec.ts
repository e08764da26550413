import { describe, expect, it } from '@jest/globals';
import { readReturnPath } from './return-path.js';

describe('The path to return to after signing in', () => {
  it.each(['/git-providers', '/repositories?search=portal&archived=true', '/account?tab=sessions#top'])(
    'leads to a screen of this page: %s',
    (path) => {
      expect(readReturnPath(path)).toBe(path);
    },
  );

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example/repositories',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/..//elsewhere.example',
    '\\\\elsewhere.example',
    'javascript:alert(1)',
    'repositories',
    '',
    undefined,
    7,
  ])('is none where it would lead elsewhere: %j', (value) => {
    expect(readReturnPath(value)).toBeUndefined();
  });

  it.each(['/', '/sign-in?returnTo=%2Fpeople', '/set-up', '/choose-password#secret'])(
    'is none where only people go who are not signed in: %s',
    (path) => {
      expect(readReturnPath(path)).toBeUndefined();
    },
  );
});
