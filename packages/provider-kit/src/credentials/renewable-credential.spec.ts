import type { OAuthCredential } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { createFakeClock } from '../testing/fake-clock.js';
import { failureOf } from '../transport/transport.fixture.js';
import { lifetimeMs, RotatingForge } from './forge.fixture.js';
import { createRenewableCredential } from './renewable-credential.js';

function setUp(onRenewed: (credential: OAuthCredential) => void | Promise<void>) {
  const clock = createFakeClock();
  const forge = new RotatingForge(clock);
  const credential = forge.issue();
  const source = createRenewableCredential({
    provider: 'gitlab',
    credential,
    refresh: forge.refresh,
    onRenewed,
    clock,
  });
  return { clock, forge, credential, source };
}

describe('a credential at hand', () => {
  it('renews itself, and has what is new put away before it is used', async () => {
    const saved: string[] = [];
    const { clock, source } = setUp(async ({ accessToken }) => {
      await clock.sleep(1_000);
      saved.push(accessToken);
    });
    await clock.advance(lifetimeMs);
    const asked = source.get().then(({ accessToken }) => ({ accessToken, saved: [...saved] }));
    expect(await clock.run(asked)).toEqual({ accessToken: 'access-2', saved: ['access-2'] });
  });

  it('is not used, nor renewed once more, when putting it away fails, until that succeeds', async () => {
    const state = { failing: true };
    const { clock, source, forge, credential } = setUp(() => {
      if (state.failing) throw new Error('read-only file system');
    });
    expect((await clock.run(failureOf(source.renew(credential)))).kind).toBe('unavailable');
    state.failing = false;
    expect((await clock.run(source.renew(credential))).accessToken).toBe('access-2');
    expect(forge.asked).toHaveLength(1);
  });
});
