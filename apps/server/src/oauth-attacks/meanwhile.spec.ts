import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { changeProvider, startOAuthForge } from '../testing/oauth-forges.js';
import { signInAs } from '../testing/sign-in.js';
import { land, standing } from '../testing/sign-in-at-forge.js';
import type { AttackBench } from './attack-bench.fixture.js';
import { exchanges, expectFailed, expectRefused, openAttackBench } from './attack-bench.fixture.js';

const people = z.object({ items: z.array(z.object({ id: z.string(), username: z.string() })) });

/** Between the way to the forge and the way back. */
describe('a sign-in that comes back', () => {
  let bench: AttackBench;
  beforeEach(async () => {
    bench = await openAttackBench('gitlab');
  });
  afterEach(() => bench.close());

  it('is refused when the person has signed out of the server, also after signing in again', async () => {
    const { ada, server } = bench;
    const { callbackUrl, id } = await bench.consented(ada, 'ada');
    expect((await ada.delete('/api/v1/session')).status).toBe(204);
    expectRefused(await land(ada, callbackUrl), 'sign_in_foreign');
    const again = await signInAs(server, 'ada');
    expectRefused(await land(again, callbackUrl), 'sign_in_foreign');
    await expectFailed(again, id, 'sign_in_foreign');
    expect((await again.get(`/api/v1/git-providers/${bench.provider.id}/connection`)).status).toBe(404);
    expect(exchanges(bench.forge)).toBe(0);
  });

  it('is refused when the person has signed out of the git provider', async () => {
    const { ada } = bench;
    await land(ada, (await bench.consented(ada, 'ada')).callbackUrl);
    const { id, callbackUrl } = await bench.consented(ada, 'ada');
    await ada.delete(`/api/v1/git-providers/${bench.provider.id}/connection`);
    expectRefused(await land(ada, callbackUrl), 'sign_in_cancelled');
    expect(await standing(ada, id)).toMatchObject({ state: 'cancelled' });
    expect(exchanges(bench.forge)).toBe(1);
    await bench.expectNothingStored();
  });

  it('is refused when it was cancelled', async () => {
    const { ada } = bench;
    const { id, callbackUrl } = await bench.consented(ada, 'ada');
    await ada.delete(`/api/v1/sign-ins/${id}`);
    expectRefused(await land(ada, callbackUrl), 'sign_in_cancelled');
    await bench.expectNothingStored();
  });

  it('is refused when an administrator has reset the password', async () => {
    const { ada, server } = bench;
    const { id, callbackUrl } = await bench.consented(ada, 'ada');
    const { items } = people.parse((await server.api.get('/api/v1/people')).body);
    const personId = items.find(({ username }) => username === 'ada')?.id ?? '';
    expect((await server.api.post(`/api/v1/people/${personId}/password-reset`)).status).toBe(200);
    expectRefused(await land(ada, callbackUrl), 'sign_in_foreign');
    expect((await ada.get(`/api/v1/sign-ins/${id}`)).status).toBe(401);
    expect(exchanges(bench.forge)).toBe(0);
  });

  it('sends its code nowhere when the base URL was changed', async () => {
    const { ada, server, provider } = bench;
    const elsewhere = await startOAuthForge('gitlab');
    try {
      const { id, callbackUrl } = await bench.consented(ada, 'ada');
      const { clientId, clientSecret } = provider.client;
      const config = { ...elsewhere.config, oauth: { clientId, clientSecret } };
      await changeProvider(server.api, provider.id, { config });
      await land(ada, callbackUrl);
      await expectFailed(ada, id, 'settings_changed');
      expect([exchanges(bench.forge), exchanges(elsewhere)]).toEqual([0, 0]);
      await bench.expectNothingStored();
    } finally {
      await elsewhere.simulator.close();
    }
  });

  it('sends its code nowhere when the OAuth application was changed', async () => {
    const { ada, server, forge, provider } = bench;
    const { id, callbackUrl } = await bench.consented(ada, 'ada');
    const { clientId, clientSecret } = forge.simulator.oauth.registerClient({
      name: 'New',
      redirectUris: [`${server.publicUrl}/oauth/callback/${provider.id}`],
    });
    await changeProvider(server.api, provider.id, {
      config: { ...forge.config, oauth: { clientId, clientSecret } },
    });
    await land(ada, callbackUrl);
    await expectFailed(ada, id, 'settings_changed');
    expect(exchanges(forge)).toBe(0);
    await bench.expectNothingStored();
  });

  it('is not confirmed when the settings were changed after it came back', async () => {
    const { ada, server, forge, provider } = bench;
    const program = await server.apiToken(ada, ['manage']);
    const { id, callbackUrl } = await bench.consented(program, 'ada');
    await land(ada, callbackUrl);
    const { account } = await standing(ada, id);
    await changeProvider(server.api, provider.id, { name: 'Renamed' });
    const confirmed = await ada.post(`/api/v1/sign-ins/${id}/confirmation`, { accountId: account?.id });
    expect(confirmed.body).toMatchObject({ status: 409, code: 'settings_changed' });
    expect(forge.simulator.log.to('/oauth/revoke')).toEqual([]);
    await bench.expectNothingStored();
  });
});
