import { describe, expect, it, jest } from '@jest/globals';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { acmeWorld } from './acme.fixture.js';
import { Installations } from './installations.js';
import type { ListingOrder } from './listings.js';
import { Listings } from './listings.js';
import { githubOAuth } from './oauth.js';
import { Policies } from './policies.js';
import { githubProfile } from './profile.js';
import { byId } from './routes/sorting.js';
import { Tokens } from './tokens.js';
import { Viewer } from './viewer.js';

function setUp() {
  const company = acmeWorld();
  const installations = new Installations();
  const clock = new ManualClock();
  const webUrl = 'https://github.test';
  const tokens = new Tokens(clock, installations, webUrl);
  const policies = new Policies();
  const { world } = company;
  const oauth = githubOAuth({ profile: githubProfile('cloud'), world, tokens, clock, webUrl });
  const state = { world, tokens, installations, policies, oauth, webUrl };
  const value = tokens.issue({ kind: 'classic', person: company.ada, scopes: ['repo'] });
  const listings = new Listings();
  const entries = jest.fn(() => new Viewer(state, tokens.find(value), '127.0.0.1').reach());
  const list = (key = 'all', address = '127.0.0.1', order: ListingOrder = byId) =>
    listings
      .of(new Viewer(state, tokens.find(value), address), { key, entries, filter: () => true, order })
      .map(({ repository }) => repository.name);
  return { ...company, installations, tokens, policies, value, entries, list };
}

describe('Listings', () => {
  it('makes a listing once, whatever tokens are issued and revoked meanwhile', () => {
    const { tokens, ada, entries, list } = setUp();
    const first = list();
    tokens.revoke(tokens.issue({ kind: 'oauth', person: ada }));
    expect(list()).toEqual(first);
    expect(entries).toHaveBeenCalledTimes(1);
  });

  it('orders by key, and by id where keys are equal, in either direction', () => {
    const { ada, world, list } = setUp();
    const names = (direction: 'asc' | 'desc') =>
      list(direction, '127.0.0.1', { direction, keyOf: ({ repository }) => repository.owner.path });
    world.addRepository({ owner: ada, name: 'about' });
    expect(names('asc')).toEqual(['api', 'inner', 'open', 'notes', 'about']);
    expect(names('desc')).toEqual(['about', 'notes', 'open', 'inner', 'api']);
  });

  it('makes it anew for another key and for another address', () => {
    const { entries, list } = setUp();
    list();
    list('other');
    list('all', '127.0.0.2');
    expect(entries).toHaveBeenCalledTimes(3);
  });

  it('makes it anew when anything changes that it depends on', () => {
    const { world, installations, tokens, policies, value, ada, acme, entries, list } = setUp();
    const changes: readonly (() => unknown)[] = [
      () => world.addRepository({ owner: ada, name: 'new' }),
      () => installations.add({ application: 'app', account: acme }),
      () => {
        policies.set(acme, { singleSignOn: true });
      },
      () => {
        tokens.authorizeSingleSignOn(value, acme);
      },
    ];
    list();
    for (const [index, change] of changes.entries()) {
      change();
      list();
      expect(entries).toHaveBeenCalledTimes(index + 2);
    }
    expect(list()).toContain('new');
  });
});
