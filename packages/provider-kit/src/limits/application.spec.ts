import { describe, expect, it } from '@jest/globals';
import { createSharedBudgets, resolveContext } from '../context.js';
import { createFakeClock } from '../testing/fake-clock.js';
import type { Script } from '../testing/scripted-fetch.js';
import { createScriptedFetch } from '../testing/scripted-fetch.js';
import type { LimitProfile } from '../transport/profile.js';
import { failureOf, profile, setUp, user } from '../transport/transport.fixture.js';
import { budget, later, search, secondary } from './rate-limit.fixture.js';

interface Account {
  readonly key: string;
  readonly application?: string | undefined;
}

/** Sessions of several accounts with one forge, in one process. */
function sessions(script: Script, accounts: readonly Account[], limits: Partial<LimitProfile>) {
  const clock = createFakeClock();
  const { fetch, requests } = createScriptedFetch(script);
  const budgets = createSharedBudgets({ clock });
  const forge = { ...profile, limits: { ...profile.limits, ...limits } };
  const [one, other] = accounts.map((account) => {
    const context = { ...resolveContext({ fetch, clock, budgets }), random: () => 0 };
    return setUp([], { ...account, context, profile: forge }).transport.fetch({ maxWaitMs: 0 });
  });
  if (one === undefined || other === undefined) throw new Error('two accounts are needed');
  return { budgets, requests, one, other };
}

const ofOneApplication = [
  { key: 'octocat', application: 'client 1' },
  { key: 'hubot', application: 'client 1' },
];
const ofTwoApplications = [
  { key: 'octocat', application: 'client 1' },
  { key: 'octocat', application: 'client 2' },
];
const perApplication = { refusalsPer: 'application' } as const;
const toldPerApplication = {
  budget: profile.limits.budget && { ...profile.limits.budget, per: 'application' as const },
};
const pacedPerApplication = {
  pacing: [{ scope: 'points', limit: 1, windowMs: 60_000, per: 'application' as const, cost: () => 1 }],
};

describe('a limit that is counted per OAuth application', () => {
  it.each([
    ['after a refusal', [secondary], perApplication],
    ['that is told to be used up', [{ headers: budget(0, 3_600) }], toldPerApplication],
    ['that is paced', [{}], pacedPerApplication],
  ])(
    'holds for all accounts of one application, %s, and for no other application',
    async (_, script, limits) => {
      const shared = sessions([...script], ofOneApplication, limits);
      await shared.one(user).catch(() => undefined);
      expect((await failureOf(shared.other(user))).kind).toBe('rate_limited');
      expect(shared.requests).toHaveLength(1);

      const apart = sessions([...script, {}], ofTwoApplications, limits);
      await apart.one(user).catch(() => undefined);
      expect((await apart.other(user)).status).toBe(200);
    },
  );

  it('holds for one account alone whose credential was given to no application', async () => {
    const { one, other } = sessions([secondary, {}], [{ key: 'octocat' }, { key: 'hubot' }], perApplication);
    await failureOf(one(user));
    expect((await other(user)).status).toBe(200);
  });

  it('holds for all accounts of the application where a refusal closes one bucket alone', async () => {
    const refused = { status: 403, headers: { ...budget(0, 3_000, 'search'), 'retry-after': '600' } };
    const { one, other, requests } = sessions([refused, {}], ofOneApplication, perApplication);
    await failureOf(one(search));
    expect((await failureOf(other(search))).details.retryAt).toEqual(later(600_000));
    expect((await other(user)).status).toBe(200);
    expect(requests).toHaveLength(2);
  });

  it('is not that of an account whose key reads like it', async () => {
    const accounts = [{ key: 'octocat', application: '7' }, { key: '7' }];
    const { one, other } = sessions([secondary, {}], accounts, perApplication);
    await failureOf(one(user));
    expect((await other(user)).status).toBe(200);
  });

  it('is told as that of one account whose credential was given to no application', async () => {
    const accounts = [{ key: 'octocat' }, { key: 'hubot' }];
    const { one, budgets } = sessions([{ headers: budget(4_999, 3_600) }], accounts, toldPerApplication);
    await one(user);
    expect(await budgets.read('github https://github.com octocat core')).toMatchObject({
      per: 'credential',
      remaining: 4_999,
    });
  });

  it('is told with who shares it', async () => {
    const { one, budgets } = sessions(
      [{ headers: budget(4_999, 3_600) }],
      ofOneApplication,
      toldPerApplication,
    );
    await one(user);
    expect(await budgets.read('github https://github.com application%3Aclient%201 core')).toMatchObject({
      per: 'application',
      remaining: 4_999,
    });
  });
});
