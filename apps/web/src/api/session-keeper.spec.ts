import { ApiError } from '@anyforge/client';
import { describe, expect, it } from '@jest/globals';
import type { Me, SessionNews } from './session-keeper.js';
import { SessionKeeper } from './session-keeper.js';

const maya: Me = { id: 'p1', username: 'maya', role: 'administrator', via: 'session' };
const jonas: Me = { id: 'p2', username: 'jonas', role: 'member', via: 'session' };

async function setUp(signedIn: Me | null = maya) {
  const world = { signedIn, asked: 0, at: 0, forgotten: 0 };
  const told: SessionNews[] = [];
  const left: string[] = [];
  const keeper = new SessionKeeper({
    whoAmI: async () => {
      world.asked += 1;
      return world.signedIn;
    },
    tellTabs: (news) => told.push(news),
    forget: () => {
      world.forgotten += 1;
    },
    leaveFor: (place) => left.push(place),
    now: () => world.at,
  });
  await keeper.enter();
  return { keeper, world, told, left };
}

describe('Whose session it is', () => {
  it('is asked of the server once for some minutes of going from screen to screen', async () => {
    const { keeper, world } = await setUp();
    expect(await keeper.enter()).toEqual(maya);
    expect(world.asked).toBe(1);
    world.at = 300_000;
    await keeper.enter();
    expect(world.asked).toBe(2);
  });

  it('is nobody’s where nobody is signed in, and then nobody is asked to sign in again', async () => {
    const { keeper } = await setUp(null);
    expect(keeper.read().me).toBeUndefined();
    expect(await keeper.ask(true)).toBe('give-up');
  });

  it('makes the page begin anew when it turns out to be somebody else’s', async () => {
    const { keeper, world, left } = await setUp();
    world.signedIn = jonas;
    world.at = 300_000;
    void keeper.enter();
    await Promise.resolve();
    await Promise.resolve();
    expect(left).toEqual(['start']);
    expect(keeper.read().me).toEqual(maya);
  });
});

describe('A session that ends while the page is open', () => {
  it('has every request that was refused sent again after the same person has signed in', async () => {
    const { keeper, told, left } = await setUp();
    const outcomes = Promise.all([keeper.ask(true), keeper.ask(false)]);
    expect(keeper.read().phase).toBe('asking');
    keeper.signedInAgain(maya.id);
    expect(await outcomes).toEqual(['retry', 'retry']);
    expect(keeper.read()).toEqual({ me: maya, phase: 'steady' });
    expect({ told: told.at(-1), left }).toEqual({ told: { personId: maya.id }, left: [] });
  });

  it('leaves nothing of one person to another who signs in', async () => {
    const { keeper, left } = await setUp();
    const outcome = keeper.ask(true);
    keeper.signedInAgain(jonas.id);
    expect(await outcome).toBe('give-up');
    expect(left).toEqual(['start']);
  });

  it('does not ask again by itself after one has declined, but does when one acts', async () => {
    const { keeper, left } = await setUp();
    const outcome = keeper.ask(true);
    keeper.decline();
    expect(await outcome).toBe('give-up');
    expect(await keeper.ask(false)).toBe('give-up');
    expect(keeper.read().phase).toBe('declined');
    void keeper.ask(true);
    expect(keeper.read().phase).toBe('asking');
    expect(left).toEqual([]);
  });

  it('goes on when the same person signs in in another tab', async () => {
    const { keeper } = await setUp();
    const outcome = keeper.ask(true);
    keeper.hear({ personId: maya.id });
    expect(await outcome).toBe('retry');
    expect(keeper.read().phase).toBe('steady');
  });
});

describe('What other tabs tell', () => {
  it('ends the page when one has signed out there', async () => {
    const { keeper, left } = await setUp();
    keeper.hear({ personId: null });
    expect(left).toEqual(['sign-in']);
  });

  it('makes the page begin anew when somebody else has signed in there', async () => {
    const { keeper, left } = await setUp();
    keeper.hear({ personId: jonas.id });
    expect(left).toEqual(['start']);
  });

  it('means nothing to a page that nobody is signed in to', async () => {
    const { keeper, left } = await setUp(null);
    keeper.hear({ personId: maya.id });
    keeper.hear({ personId: null });
    expect(left).toEqual([]);
  });

  it('is told by whoever signs in and out', async () => {
    const { keeper, told, left } = await setUp();
    await keeper.signOut(async () => undefined);
    expect(told).toEqual([{ personId: maya.id }, { personId: null }]);
    expect(left).toEqual(['sign-in']);
  });
});

describe('What was sent for somebody else than is signed in', () => {
  it('makes the page begin anew, once for all that is refused', async () => {
    const { keeper, left } = await setUp();
    keeper.foundOther();
    keeper.foundOther();
    keeper.hear({ personId: jonas.id });
    expect(left).toEqual(['start']);
  });

  it('gives up what waited to be sent again', async () => {
    const { keeper } = await setUp();
    const outcome = keeper.ask(true);
    keeper.foundOther();
    expect(await outcome).toBe('give-up');
  });

  it('goes on being sent for the same person until the page is gone', async () => {
    const { keeper } = await setUp();
    keeper.foundOther();
    expect(keeper.read().me).toEqual(maya);
  });
});

describe('A session that has ended when one goes to another screen', () => {
  it('gives up what waited to be sent again, and forgets what was loaded', async () => {
    const { keeper, world } = await setUp();
    const outcome = keeper.ask(true);
    world.signedIn = null;
    world.at = 300_000;
    expect(await keeper.enter()).toBeNull();
    expect(await outcome).toBe('give-up');
    expect(world.forgotten).toBe(1);
  });

  it('sends nothing of the person before when another tab tells of the one who came after', async () => {
    const { keeper, world } = await setUp();
    const outcome = keeper.ask(true);
    world.signedIn = null;
    world.at = 300_000;
    await keeper.enter();
    world.signedIn = jonas;
    await keeper.begin();
    keeper.hear({ personId: jonas.id });
    expect(await outcome).toBe('give-up');
  });

  it('is asked about anew the next time', async () => {
    const { keeper, world } = await setUp();
    void keeper.ask(true);
    world.signedIn = null;
    world.at = 300_000;
    await keeper.enter();
    world.signedIn = maya;
    await keeper.begin();
    const outcome = keeper.ask(true);
    expect(keeper.read().phase).toBe('asking');
    keeper.signedInAgain(maya.id);
    expect(await outcome).toBe('retry');
  });
});

describe('Signing out', () => {
  const problem = (code: string) => new ApiError({ status: 401, code, title: code, detail: code });

  it('asks nobody to sign in for it where the session has ended already', async () => {
    const { keeper, left } = await setUp();
    await keeper.signOut(async () => {
      expect(await keeper.ask(true)).toBe('give-up');
      throw problem('not_signed_in');
    });
    expect(left).toEqual(['sign-in']);
  });

  it('leaves nothing when the server could not end the session', async () => {
    const { keeper, left } = await setUp();
    await expect(keeper.signOut(() => Promise.reject(problem('internal')))).rejects.toThrow('internal');
    expect(left).toEqual([]);
    void keeper.ask(true);
    expect(keeper.read().phase).toBe('asking');
  });
});

it('Whoever signs in at the place for that is asked for anew', async () => {
  const { keeper, world } = await setUp();
  world.signedIn = jonas;
  expect(await keeper.begin()).toEqual(jonas);
  expect(keeper.read().me).toEqual(jonas);
});

it('What has changed about me is learned without a moment in which nobody is signed in', async () => {
  const { keeper, world } = await setUp();
  const seen: (string | undefined)[] = [];
  keeper.subscribe(() => seen.push(keeper.read().me?.role));
  world.signedIn = { ...maya, role: 'member' };
  await keeper.renew();
  expect(seen).toEqual(['member']);
});
