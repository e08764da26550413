import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../testing/test-clock.js';
import { Vault } from '../vault/vault.js';
import { PreSessions } from './pre-sessions.js';

describe('what a browser keeps of a single sign-on', () => {
  const clock = new TestClock();
  const vault = new Vault(createSecretKey(randomBytes(32)));
  const preSessions = new PreSessions({ vault, clock });
  const secrets = { state: 'the-state', nonce: 'the-nonce', codeVerifier: 'the-verifier' };

  it('gives back what was sealed, for ten minutes', () => {
    const { preSession, lifetimeMs } = preSessions.seal(secrets);
    expect(lifetimeMs).toBe(600_000);
    clock.advance(599_999);
    expect(preSessions.open(preSession)).toEqual(secrets);
    clock.advance(1);
    expect(() => preSessions.open(preSession)).toThrow(
      expect.objectContaining({ kind: 'single_sign_on_expired', status: 410 }),
    );
  });

  it('is worth nothing when it is made up, changed, or sealed by somebody else', () => {
    const other = new Vault(createSecretKey(randomBytes(32)));
    const { preSession } = preSessions.seal(secrets);
    const foreign = new PreSessions({ vault: other, clock }).seal(secrets).preSession;
    for (const bad of [undefined, '', 'x', `${preSession.slice(0, -4)}AAAA`, foreign]) {
      expect(() => preSessions.open(bad)).toThrow(
        expect.objectContaining({ kind: 'single_sign_on_expired' }),
      );
    }
  });
});
