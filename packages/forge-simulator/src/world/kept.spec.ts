import { describe, expect, it, jest } from '@jest/globals';
import { company } from './company.fixture.js';
import { Kept } from './kept.js';

describe('Kept', () => {
  it('works out a value once for each key, until the world changes', () => {
    const { world, ada, api } = company();
    const kept = new Kept<string, number>(world);
    const make = jest.fn(() => world.repositoryCount);
    expect([kept.get('one', make), kept.get('one', make), kept.get('other', make)]).toEqual([1, 1, 1]);
    expect(make).toHaveBeenCalledTimes(2);
    world.addRepository({ owner: ada, name: 'notes' });
    expect(kept.peek('one')).toBeUndefined();
    expect(kept.get('one', make)).toBe(2);
    expect(kept.peek('one')).toBe(2);
    world.updateRepository(api, { archived: true });
    kept.get('one', make);
    expect(make).toHaveBeenCalledTimes(4);
  });
});
