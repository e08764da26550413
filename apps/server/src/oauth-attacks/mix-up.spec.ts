import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AddedProvider } from '../testing/oauth-forges.js';
import { addOAuthProvider, oauthForgeTypes } from '../testing/oauth-forges.js';
import { beginSignIn, land, standing } from '../testing/sign-in-at-forge.js';
import type { AttackBench } from './attack-bench.fixture.js';
import {
  exchanges,
  expectFailed,
  expectRefused,
  openAttackBench,
  withIssuer,
  withState,
} from './attack-bench.fixture.js';

describe.each(oauthForgeTypes)('two git providers on one host: %s', (type) => {
  let bench: AttackBench;
  let other: AddedProvider;
  beforeEach(async () => {
    bench = await openAttackBench(type);
    const { server, forge } = bench;
    other = await addOAuthProvider(server.api, server.publicUrl, forge, 'Other');
  });
  afterEach(() => bench.close());

  it('have callback addresses of their own, and take no answer that was for the other', async () => {
    const { ada, provider, forge } = bench;
    const { state, callbackUrl } = await bench.consented(ada, 'ada');
    expect(new URL(callbackUrl).pathname).toBe(`/oauth/callback/${provider.id}`);
    expectRefused(await land(ada, callbackUrl.replace(provider.id, other.id)), 'sign_in_foreign');
    const second = await beginSignIn(ada, other.id);
    expect(second.state).not.toBe(state);
    expect(exchanges(forge)).toBe(0);
    await bench.expectNothingStored();
    await bench.expectNothingStored(other.id);
  });

  it('exchange no code that was given to the other’s application', async () => {
    const { ada, provider } = bench;
    const { callbackUrl } = await bench.consented(ada, 'ada');
    const second = await beginSignIn(ada, other.id);
    const mixed = withState(callbackUrl, second.state).replace(provider.id, other.id);
    await land(ada, mixed);
    expect(await standing(ada, second.id)).toMatchObject({ state: 'failed' });
    await bench.expectNothingStored();
    await bench.expectNothingStored(other.id);
  });

  it('keep each its own sign-in when both come back', async () => {
    const { ada, provider } = bench;
    const first = await bench.consented(ada, 'ada');
    const second = await bench.consented(ada, 'eve', other.id);
    await land(ada, second.callbackUrl);
    await land(ada, first.callbackUrl);
    const accounts = [await standing(ada, first.id), await standing(ada, second.id)].map(
      ({ account }) => account?.username,
    );
    expect(new Set(accounts).size).toBe(2);
    for (const [id, signIn] of [
      [provider.id, first],
      [other.id, second],
    ] as const) {
      const { account } = await standing(ada, signIn.id);
      expect((await ada.get(`/api/v1/git-providers/${id}/connection`)).body).toMatchObject({ account });
    }
  });
});

describe('an answer of a server that says who it is', () => {
  let bench: AttackBench;
  beforeEach(async () => {
    bench = await openAttackBench('github');
  });
  afterEach(() => bench.close());

  it.each(['https://evil.example', 'https://evil.example/login/oauth', ''])(
    'is refused when that is %j, and its code is not exchanged',
    async (issuer) => {
      const { id, callbackUrl } = await bench.consented(bench.ada, 'ada');
      const { page } = await land(bench.ada, withIssuer(callbackUrl, issuer));
      expect(page.text).toContain('data-problem="invalid_response"');
      await expectFailed(bench.ada, id, 'invalid_response');
      expect(exchanges(bench.forge)).toBe(0);
      await bench.expectNothingStored();
    },
  );

  it('is taken when it is the forge, and when it does not say', async () => {
    const { ada, forge } = bench;
    const named = await bench.consented(ada, 'ada');
    expect(new URL(named.callbackUrl).searchParams.get('iss')).toBe(`${forge.simulator.webUrl}/login/oauth`);
    await land(ada, named.callbackUrl);
    const unnamed = await bench.consented(ada, 'ada');
    await land(ada, withIssuer(unnamed.callbackUrl, undefined));
    for (const { id } of [named, unnamed])
      expect(await standing(ada, id)).toMatchObject({ state: 'succeeded' });
  });
});
