import { describe, expect, it } from '@jest/globals';
import type { SharedStores } from '../shared-stores.js';
import { ChangesBench } from './changes-bench.fixture.js';

const address = 'https://forge.test';
const elsewhere = 'https://elsewhere.test';
const oauth = { clientId: 'client 1', clientSecret: 'canary-client-secret' };

describe('what is told of the rate limits of a git provider', () => {
  it('is the lowest of the administrator’s own account, and of what the application shares', async () => {
    let budgets: SharedStores['budgets'] | undefined;
    const bench = await ChangesBench.open({
      providerContext: (stores) => {
        budgets = stores.budgets;
        return {};
      },
    });
    const id = await bench.add({ baseUrl: address, oauth });
    await bench.signIn('ada', id);
    const own = bench.forge.requests.at(-1)?.key ?? '';
    await bench.signIn('bob', id);
    const bobs = bench.forge.requests.at(-1)?.key ?? '';
    const resetAt = new Date(Date.parse('2026-11-20T11:00:00Z'));
    const leave = async (
      key: string,
      name: string,
      limit: number,
      remaining: number,
      place = `fake ${address}`,
    ): Promise<void> => {
      const scope = `${place} ${key} ${name}`;
      await budgets?.write(scope, { scope, per: 'credential', limit, remaining, resetAt });
    };
    await leave(own, 'core', 5_000, 400);
    await leave(own, 'code search', 30, 3);
    await leave(bobs, 'core', 5_000, 1);
    await leave('application%3Aclient%201', '*', 5_000, 7);
    await leave('application%3Aclient%202', 'core', 5_000, 1);
    await leave('application%3Aclient%201', 'core', 5_000, 1, `fake ${elsewhere}`);
    await leave('application%3Aclient%201', 'core', 5_000, 1, `gitlab ${address}`);
    const { health } = await bench.hub.gitProviders.get('ada', id, 'administrator');
    expect(health?.rateBudgets).toEqual([
      { name: 'core', per: 'credential', limit: 5_000, remaining: 400, resetAt },
      { name: '*', per: 'credential', limit: 5_000, remaining: 7, resetAt },
    ]);
    await bench.close();
  });
});

describe('the last failure of a git provider', () => {
  it('is the newest of anybody’s, in words that name nobody', async () => {
    const bench = await ChangesBench.open();
    const id = await bench.add();
    const other = await bench.add({ baseUrl: elsewhere }, 'Other');
    await bench.signIn('ada', id);
    await bench.signIn('bob', id);
    bench.forge.before = ({ kind, username }) => {
      if (kind !== 'page') return;
      const words = `${username} may not see acme/secret-plans`;
      throw bench.forge.error(username === 'ada' ? 'forbidden' : 'sso_required', words);
    };
    await bench.sync('ada');
    bench.clock.advance(1);
    await bench.sync('bob');
    const { health } = await bench.hub.gitProviders.get('ada', id, 'administrator');
    expect(health?.lastFailure).toEqual({
      at: bench.clock.now(),
      kind: 'sso_required',
      message:
        'An organization on Forge asks somebody for its single sign-on first. That person sees a link to it under Sync.',
    });
    const healthy = await bench.hub.gitProviders.get('ada', other, 'administrator');
    expect(healthy.health?.lastFailure).toBeUndefined();
    await bench.close();
  });
});
