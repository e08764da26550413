import { describe, expect, it } from '@jest/globals';
import { listsTokens, readRelease, refuseOld } from './version.js';

describe('a version', () => {
  it.each([
    ['1.26.3', 'Gitea'],
    ['1.27.0+dev-123-gabcdef0', 'Gitea'],
    ['13.0.1+gitea-1.22.0', 'Forgejo'],
    ['14.0.0-dev-57-0a1b2c3+gitea-1.22.0', 'Forgejo'],
  ])('%s is told to be of the right one of the family', (version, product) => {
    expect(readRelease(version)).toEqual({ product, version });
  });

  it.each(['', 'next', 'Welcome'])('is none where "%s" is said', (version) => {
    expect(readRelease(version)).toBeUndefined();
  });

  it('tells whether tokens are listed to each other', () => {
    const versions = ['1.26.3', '9.0.3+gitea-1.22.0', '10.0.0+gitea-1.22.0', '15.0.3+gitea-1.22.0'];
    const releases = versions.flatMap((version) => readRelease(version) ?? []);
    expect(releases.map(listsTokens)).toEqual([false, false, true, true]);
  });

  it.each([
    ['1.21.11', 'Gitea 1.21.11 is older than Gitea 1.22'],
    ['8.0.3+gitea-1.22.0', 'Forgejo 8.0.3+gitea-1.22.0 is older than Forgejo 9.0'],
    ['1.22.0', undefined],
    ['1.26.3', undefined],
    ['2.0.0', undefined],
    ['9.0.0+gitea-1.22.0', undefined],
    ['13.0.1+gitea-1.22.0', undefined],
  ])('%s is refused in words where it is too old: %s', (version, words) => {
    const release = readRelease(version);
    const refusal = release && refuseOld(release);
    if (words === undefined) expect(refusal).toBeUndefined();
    else expect(refusal).toContain(words);
  });
});
