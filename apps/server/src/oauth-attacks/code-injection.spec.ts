import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { oauthForgeTypes } from '../testing/oauth-forges.js';
import { beginSignIn, land, standing } from '../testing/sign-in-at-forge.js';
import type { AttackBench } from './attack-bench.fixture.js';
import { expectFailed, expectRefused, openAttackBench, withState } from './attack-bench.fixture.js';

/** Those that know PKCE bind a code to the sign-in that asked for it. */
const bindCodes = oauthForgeTypes.filter((type) => type !== 'bitbucket');

describe.each(bindCodes)('a code that was given for another sign-in: %s', (type) => {
  let bench: AttackBench;
  beforeEach(async () => {
    bench = await openAttackBench(type);
  });
  afterEach(() => bench.close());

  it('is refused by the forge when the attacker’s comes with the victim’s state', async () => {
    const { ada, eve } = bench;
    const attack = await bench.consented(eve, 'eve');
    const victim = await beginSignIn(ada, bench.provider.id);
    await land(ada, withState(attack.callbackUrl, victim.state));
    await expectFailed(ada, victim.id, 'grant_expired');
    await bench.expectNothingStored();
  });

  it('is refused by the forge when the victim’s comes with the attacker’s state', async () => {
    const { ada, eve } = bench;
    const stolen = await bench.consented(ada, 'ada');
    const attack = await beginSignIn(eve, bench.provider.id);
    await land(eve, withState(stolen.callbackUrl, attack.state));
    await expectFailed(eve, attack.id, 'grant_expired');
    await bench.expectNothingStored();
  });
});

/**
 * There the state and the session keep an attacker's code out of a victim's sign-in. Nothing keeps a victim's code out of
 * an attacker's but that nobody gets to read it before it is used.
 */
describe('a forge that does not bind codes', () => {
  let bench: AttackBench;
  beforeEach(async () => {
    bench = await openAttackBench('bitbucket');
  });
  afterEach(() => bench.close());

  it('is protected by a state that nobody is told again', async () => {
    const { ada, server } = bench;
    const { id, callbackUrl, state } = await bench.consented(ada, 'ada');
    const { reply, page } = await land(ada, callbackUrl);
    const told = [
      reply.text,
      JSON.stringify([...reply.headers]),
      page.text,
      JSON.stringify([...page.headers]),
      JSON.stringify(await standing(ada, id)),
      JSON.stringify((await ada.get('/api/v1/audit-events')).body),
      ...server.logLines,
    ].join('\n');
    const code = new URL(callbackUrl).searchParams.get('code') ?? '';
    expect(code).not.toBe('');
    expect(told).not.toContain(state);
    expect(told).not.toContain(code);
  });

  it('takes a code that was stolen before it came back, for the account that it was given for', async () => {
    const { ada, eve, provider } = bench;
    const stolen = await bench.consented(ada, 'ada');
    const attack = await beginSignIn(eve, provider.id);
    await land(eve, withState(stolen.callbackUrl, attack.state));
    expect(await standing(eve, attack.id)).toMatchObject({
      state: 'succeeded',
      account: { username: 'ada' },
    });
  });

  it('takes no code that was stolen after it came back', async () => {
    const { ada, eve, provider } = bench;
    const stolen = await bench.consented(ada, 'ada');
    await land(ada, stolen.callbackUrl);
    const attack = await beginSignIn(eve, provider.id);
    await land(eve, withState(stolen.callbackUrl, attack.state));
    await expectFailed(eve, attack.id, 'grant_expired');
    expect((await eve.get(`/api/v1/git-providers/${provider.id}/connection`)).status).toBe(404);
  });

  it('takes no code of an attacker’s without the victim’s state, nor with the attacker’s', async () => {
    const { ada, eve, provider } = bench;
    const victim = await beginSignIn(ada, provider.id);
    const attack = await bench.consented(eve, 'eve');
    expectRefused(await land(ada, withState(attack.callbackUrl, 'guessed')), 'sign_in_unknown');
    expectRefused(await land(ada, attack.callbackUrl), 'sign_in_foreign');
    expect(await standing(ada, victim.id)).toMatchObject({ state: 'pending' });
    await bench.expectNothingStored();
  });
});
