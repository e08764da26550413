import { describe, expect, it } from '@jest/globals';
import { syncOf } from '../features/syncs/syncs.fixture.js';
import { newerOf, withNewer, withSync } from './known-syncs.js';

describe('what is known of syncs', () => {
  it('stays when an older answer arrives later', () => {
    const newer = syncOf({ revision: 7 });
    expect(newerOf(newer, syncOf({ revision: 6 }))).toBe(newer);
    expect(newerOf(syncOf({ revision: 6 }), newer)).toBe(newer);
    expect(newerOf(undefined, newer)).toBe(newer);
  });

  it('takes up a sync that has just begun as the newest', () => {
    expect(withSync([syncOf({ id: 'old' })], syncOf({ id: 'new' })).map(({ id }) => id)).toEqual([
      'new',
      'old',
    ]);
  });

  it('takes up a change in its place', () => {
    const syncs = [syncOf({ id: 'b' }), syncOf({ id: 'a', revision: 1 })];
    expect(withSync(syncs, syncOf({ id: 'a', revision: 2 }))).toEqual([
      syncs[0],
      syncOf({ id: 'a', revision: 2 }),
    ]);
  });

  it('is the newer of what is told and what was known, and has no more than what is told', () => {
    const known = [syncOf({ id: 'b', revision: 9 }), syncOf({ id: 'gone' })];
    const told = [syncOf({ id: 'c' }), syncOf({ id: 'b', revision: 8 })];
    expect(withNewer(told, known)).toEqual([told[0], known[0]]);
  });
});
