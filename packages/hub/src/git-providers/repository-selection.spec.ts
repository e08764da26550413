import { describe, expect, it } from '@jest/globals';
import { toJson } from '../store/json.js';
import { keyOf } from '../store/text.js';
import { mayRevealMore, RepositorySelection } from './repository-selection.js';

const acme = { id: '1', path: 'Acme' };
const platform = { id: '2', path: 'acme/platform' };
const other = { id: '3', path: 'other' };

const at = (path: string, listedUnder = 1) => ({ path, path_key: keyOf(path), listed_under: listedUnder });
const noLock = { organizations: toJson([]), lock_version: 1 };

describe('a selection of stored repositories', () => {
  it('is everything without rules', () => {
    const selection = new RepositorySelection({ organizations: [], patterns: [] }, noLock);
    expect(selection.decide(at('anything/at/all'))).toMatchObject({ kept: true, isInside: true });
  });

  it('takes an organization for its whole subtree, whatever the case, and nothing that only begins alike', () => {
    const selection = new RepositorySelection({ organizations: [acme], patterns: [] }, noLock);
    const kept = ['acme/web', 'ACME/platform/tools/cli', 'acme-labs/web', 'other/acme/web'].filter(
      (path) => selection.decide(at(path)).kept,
    );
    expect(kept).toEqual(['acme/web', 'ACME/platform/tools/cli']);
  });

  it('names every organization that a repository lies in, and the pattern that decided', () => {
    const selection = new RepositorySelection(
      { organizations: [acme, platform], patterns: ['acme/**', '!**/legacy-*', '!**/legacy-*'] },
      noLock,
    );
    expect(selection.decide(at('acme/platform/legacy-api'))).toEqual({
      kept: false,
      isInside: true,
      organizations: [0, 1],
      pattern: 2,
    });
    expect(selection.decide(at('acme/web'))).toMatchObject({ kept: true, organizations: [0], pattern: 0 });
    expect(selection.decide(at('other/web'))).toEqual({ kept: false, isInside: false, organizations: [] });
  });

  it('keeps what was listed since the lock, though the organization is called something else now', () => {
    const locked = { organizations: toJson([acme]), lock_version: 5 };
    const selection = new RepositorySelection({ organizations: [acme], patterns: ['!**/old'] }, locked);
    expect(selection.decide(at('renamed/web', 5)).kept).toBe(true);
    expect(selection.decide(at('renamed/web', 7)).kept).toBe(true);
    expect(selection.decide(at('renamed/old', 7)).kept).toBe(false);
    // Listed before, under another lock or none: its path is all that is known.
    expect(selection.decide(at('renamed/web', 4)).kept).toBe(false);
    expect(selection.decide(at('acme/web', 4)).kept).toBe(true);
  });

  it('believes what was listed under the lock only for a lock that is as wide', () => {
    const locked = { organizations: toJson([acme, other]), lock_version: 5 };
    const narrower = new RepositorySelection({ organizations: [acme], patterns: [] }, locked);
    const wider = new RepositorySelection({ organizations: [acme, other, platform], patterns: [] }, locked);
    expect(narrower.decide(at('renamed/web', 5)).kept).toBe(false);
    expect(wider.decide(at('renamed/web', 5)).kept).toBe(true);
  });
});

describe('what may be there besides what is stored', () => {
  const nothing = { organizations: [], patterns: [] };

  it.each([
    ['no rule to none', nothing, nothing, false],
    ['none to a lock', nothing, { ...nothing, organizations: [acme] }, false],
    ['a lock to none', { ...nothing, organizations: [acme] }, nothing, true],
    [
      'a lock to the same with another path',
      { ...nothing, organizations: [acme] },
      { ...nothing, organizations: [{ ...acme, path: 'renamed' }] },
      false,
    ],
    [
      'a lock to one more',
      { ...nothing, organizations: [acme] },
      { ...nothing, organizations: [acme, other] },
      true,
    ],
    [
      'a lock to a part of it',
      { ...nothing, organizations: [acme] },
      { ...nothing, organizations: [platform] },
      false,
    ],
    [
      'a part to the whole',
      { ...nothing, organizations: [platform] },
      { ...nothing, organizations: [acme] },
      true,
    ],
    ['no patterns to some', nothing, { ...nothing, patterns: ['a/**'] }, false],
    ['patterns to others', { ...nothing, patterns: ['a/**'] }, { ...nothing, patterns: ['b/**'] }, true],
    ['patterns to none', { ...nothing, patterns: ['a/**'] }, nothing, true],
    [
      'patterns in another order',
      { ...nothing, patterns: ['a/**', '!a/b'] },
      { ...nothing, patterns: ['!a/b', 'a/**'] },
      true,
    ],
  ])('is not known for sure from %s: %#', (_, from, to, expected) => {
    expect(mayRevealMore(from, to)).toBe(expected);
  });
});
