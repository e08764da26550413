import { describe, expect, it, jest } from '@jest/globals';
import { acmeWorld } from './acme.fixture.js';
import type { ListingOrder } from './listings.js';
import { Listings, positionOf } from './listings.js';

const byId: ListingOrder = { key: 'id', keyOf: ({ id }) => id, direction: 'asc' };

describe('Listings', () => {
  it('makes a listing once for each key and order, until the world changes', () => {
    const { world, ada } = acmeWorld();
    const listings = new Listings(world);
    const entries = jest.fn(() => world.repositories);
    const names = (key: string, order: ListingOrder) =>
      listings.of({ key, entries, order }).map(({ name }) => name);
    const first = names('all', byId);
    expect(names('all', byId)).toEqual(first);
    expect(entries).toHaveBeenCalledTimes(1);
    expect(names('all', { ...byId, key: 'id desc', direction: 'desc' })).toEqual(first.toReversed());
    names('some', byId);
    expect(entries).toHaveBeenCalledTimes(3);
    world.addRepository({ owner: ada, name: 'new' });
    expect(names('all', byId)).toEqual([...first, 'new']);
  });

  it('orders equal keys by id, in the same direction', () => {
    const { world } = acmeWorld();
    const ids = (direction: 'asc' | 'desc') =>
      new Listings(world)
        .of({
          key: '',
          entries: () => world.repositories,
          order: { key: direction, keyOf: () => 0, direction },
        })
        .map(({ id }) => id);
    expect(ids('desc')).toEqual(ids('asc').toReversed());
    expect(ids('asc')).toEqual([...ids('asc')].sort((left, right) => left - right));
  });
});

describe('positionOf', () => {
  it('finds where what lies beyond begins, or the end', () => {
    const { world } = acmeWorld();
    const listing = [...world.repositories];
    for (const [index, { id }] of listing.entries()) {
      expect(positionOf(listing, (each) => each >= id)).toBe(index);
      expect(positionOf(listing, (each) => each > id)).toBe(index + 1);
    }
    expect(positionOf([], () => true)).toBe(0);
  });
});
