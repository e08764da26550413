import type { OAuthCredential } from '@anyforge/core';
import { createFakeClock } from '../testing/fake-clock.js';
import type { CredentialRenewalOptions } from './credential-renewal.js';
import { createCredentialRenewal } from './credential-renewal.js';
import type { CredentialClaim, CredentialStore } from './credential-store.js';
import type { Fate } from './forge.fixture.js';
import { RotatingForge } from './forge.fixture.js';
import { createMemoryCredentialStore } from './memory-credential-store.js';

/** A sign-in that has just been stored, and processes that share the store. */
export function setUp(options: { fates?: readonly Fate[] } & Partial<CredentialRenewalOptions> = {}) {
  const { fates = [], ...renewalOptions } = options;
  const clock = createFakeClock();
  const forge = new RotatingForge(clock, fates);
  const first = forge.issue();
  const store = createMemoryCredentialStore({ credential: first, clock });
  const process = (more: Partial<CredentialRenewalOptions> = {}) =>
    createCredentialRenewal({
      provider: 'gitlab',
      store,
      refresh: forge.refresh,
      clock,
      ...renewalOptions,
      ...more,
    });
  const stored = async (): Promise<OAuthCredential | undefined> => (await store.read())?.credential;
  return { clock, forge, first, store, process, stored, renewal: process() };
}

/** Takes the claim as a process does that dies then. */
export async function claimAndDie(store: CredentialStore): Promise<CredentialClaim> {
  const answer = await store.claim((await store.read())?.version ?? '', 60_000);
  if (answer.status !== 'claimed') throw new Error(answer.status);
  return answer;
}

export function many<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** A store whose writes of what came of a claim fail as long as `failing`. */
export function unreliable(store: CredentialStore) {
  const state = { failing: false, attempts: 0 };
  const write = <T>(attempt: () => Promise<T>): Promise<T> => {
    state.attempts += 1;
    return state.failing ? Promise.reject(new Error('disk full')) : attempt();
  };
  return Object.assign(state, {
    store: {
      read: () => store.read(),
      claim: async (version, termMs) => {
        const claim = await store.claim(version, termMs);
        if (claim.status !== 'claimed') return claim;
        return {
          ...claim,
          save: (credential) => write(() => claim.save(credential)),
          refuse: () => write(() => claim.refuse()),
          release: (pauseMs, outcome) => write(() => claim.release(pauseMs, outcome)),
        };
      },
    } satisfies CredentialStore,
  });
}
