import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiClient } from '../testing/api-client.js';
import { beginSignIn, land } from '../testing/sign-in-at-forge.js';
import type { AttackBench } from './attack-bench.fixture.js';
import { exchanges, expectFailed, expectRefused, openAttackBench } from './attack-bench.fixture.js';

/** The attacker sends the victim a link of a sign-in that the attacker has started. */
describe.each(['browser', 'program'] as const)(
  'a victim who follows a link that an attacker’s %s has made',
  (kind) => {
    let bench: AttackBench;
    let attacker: ApiClient;
    beforeEach(async () => {
      bench = await openAttackBench('gitlab');
      attacker = kind === 'browser' ? bench.eve : await bench.server.apiToken(bench.eve, ['manage']);
    });
    afterEach(() => bench.close());

    it('is not signed in as the attacker, when it is the way back from the forge', async () => {
      const { id, callbackUrl } = await bench.consented(attacker, 'eve');
      expectRefused(await land(bench.ada, callbackUrl), 'sign_in_foreign');
      await expectFailed(bench.eve, id, 'sign_in_foreign');
      expect(exchanges(bench.forge)).toBe(0);
      await bench.expectNothingStored();
    });

    it('does not give the attacker an account, when it is the way to the forge', async () => {
      const { forge, ada } = bench;
      const { id, authorizationUrl } = await beginSignIn(attacker, bench.provider.id);
      const callbackUrl = await forge.simulator.oauth.approve(authorizationUrl, { person: forge.ada });
      expectRefused(await land(ada, callbackUrl), 'sign_in_foreign');
      await expectFailed(bench.eve, id, 'sign_in_foreign');
      expectRefused(await land(bench.eve, callbackUrl), 'sign_in_used');
      expect(exchanges(forge)).toBe(0);
      await bench.expectNothingStored();
    });

    it('does not give the attacker an account where the victim is not signed in here either', async () => {
      const { forge, server } = bench;
      const { id, authorizationUrl } = await beginSignIn(attacker, bench.provider.id);
      const callbackUrl = await forge.simulator.oauth.approve(authorizationUrl, { person: forge.ada });
      expectRefused(await land(new ApiClient(server.url), callbackUrl), 'sign_in_foreign');
      await expectFailed(bench.eve, id, 'sign_in_foreign');
      await bench.expectNothingStored();
    });
  },
);

/** The attacker has got hold of the victim's API token, and wants the victim to work with the attacker's account. */
describe('a sign-in that a stolen API token has started', () => {
  let bench: AttackBench;
  beforeEach(async () => {
    bench = await openAttackBench('gitlab');
  });
  afterEach(() => bench.close());

  async function lured(): Promise<{ readonly id: string; readonly stolen: ApiClient }> {
    const stolen = await bench.server.apiToken(bench.ada, ['manage']);
    const { id, callbackUrl } = await bench.consented(stolen, 'eve');
    // The victim follows the link, and does no more than that.
    await land(bench.ada, callbackUrl);
    await bench.expectNothingStored();
    return { id, stolen };
  }

  it('is not confirmed by the token, nor by somebody else', async () => {
    const { id, stolen } = await lured();
    const confirmation = { accountId: String(bench.forge.eve.id) };
    const path = `/api/v1/sign-ins/${id}/confirmation`;
    expect((await stolen.post(path, confirmation)).body).toMatchObject({ code: 'not_allowed' });
    expect((await bench.eve.post(path, confirmation)).body).toMatchObject({ code: 'not_found' });
    await bench.expectNothingStored();
  });

  it('ends when the victim names the account that is hers', async () => {
    const { id } = await lured();
    const path = `/api/v1/sign-ins/${id}/confirmation`;
    const named = await bench.ada.post(path, { accountId: String(bench.forge.ada.id) });
    expect(named.body).toMatchObject({ status: 409, code: 'account_mismatch' });
    await expectFailed(bench.ada, id, 'account_mismatch');
    const again = await bench.ada.post(path, { accountId: String(bench.forge.eve.id) });
    expect(again.body).toMatchObject({ code: 'sign_in_used' });
    await bench.expectNothingStored();
    await bench.forge.simulator.log.waitFor(({ path: asked }) => asked.endsWith('/oauth/revoke'));
  });
});
