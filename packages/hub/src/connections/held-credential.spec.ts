import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Credential, CredentialSource } from '@anyforge/core';
import { gate } from '../testing/test-hub.js';
import { heldForAMoment } from './held-credential.js';

const credential = (accessToken: string, expiresAt?: Date): Credential => ({
  kind: 'oauth',
  accessToken,
  expiresAt,
});

describe('a credential that is held for a moment', () => {
  let now: number;
  let stored: Credential;
  let asked: number;
  /** The next look into the store waits here. */
  let slow: Promise<void> | undefined;
  let source: CredentialSource;

  beforeEach(() => {
    now = 0;
    stored = credential('first');
    asked = 0;
    slow = undefined;
    const inner: CredentialSource = {
      kind: 'oauth',
      get: async () => {
        asked += 1;
        const found = stored;
        const waited = slow;
        slow = undefined;
        await waited;
        return found;
      },
      renew: async () => {
        stored = credential('renewed');
        return stored;
      },
    };
    source = heldForAMoment(inner, { now: () => new Date(now), sleep: () => Promise.resolve() });
  });

  it('is looked up once a second', async () => {
    const first = await source.get();
    stored = credential('second');
    now = 999;
    expect(await source.get()).toBe(first);
    now = 1_000;
    expect(await source.get()).toBe(stored);
    expect(asked).toBe(2);
  });

  it('is looked up while the clock is set back', async () => {
    now = 5_000;
    await source.get();
    now = 0;
    await source.get();
    expect(asked).toBe(2);
  });

  it('is looked up when it is not valid for as long as it has to be', async () => {
    stored = credential('first', new Date(60_000));
    await source.get({ validForMs: 59_999 });
    await source.get({ validForMs: 59_999 });
    expect(asked).toBe(1);
    await source.get({ validForMs: 60_000 });
    expect(asked).toBe(2);
  });

  it('is not given when it was renewed since', async () => {
    const first = await source.get();
    const renewed = await source.renew?.(first);
    expect(await source.get()).toBe(renewed);
  });

  it('is not brought back by who has looked it up before it was renewed', async () => {
    const looked = gate();
    slow = looked.opened;
    const late = source.get();
    const renewed = await source.renew?.(stored);
    looked.open();
    expect(await late).not.toBe(renewed);
    expect(await source.get()).toBe(renewed);
  });
});
