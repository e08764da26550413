import type { OAuthCredential } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFakeClock } from '../testing/fake-clock.js';
import { createCredentialRenewal } from './credential-renewal.js';
import type { Fate } from './forge.fixture.js';
import { RotatingForge } from './forge.fixture.js';
import { createMemoryCredentialStore } from './memory-credential-store.js';

const processes = 3;

/** One caller of one process: when it comes, what it asks, and when it loses patience. */
const caller = fc.record({
  process: fc.nat(processes - 1),
  atMs: fc.nat(30_000),
  asks: fc.constantFrom('get', 'renew'),
  validForMs: fc.constantFrom(0, 60_000, 7_200_000),
  leavesAfterMs: fc.option(fc.nat(25_000), { nil: undefined }),
});
const harmless = fc.constantFrom<Fate>('answered', 'answered', 'slow', 'busy', 'unreached');
const any = fc.constantFrom<Fate>('answered', 'slow', 'busy', 'unreached', 'hangs', 'lost');

type Caller = typeof caller extends fc.Arbitrary<infer T> ? T : never;

/** Plays a story out, and gives what each caller was left with. */
async function play(callers: readonly Caller[], fates: readonly Fate[]) {
  const clock = createFakeClock();
  const forge = new RotatingForge(clock, fates);
  const first = forge.issue();
  const stored = new Set<OAuthCredential>([first]);
  const store = createMemoryCredentialStore({
    credential: first,
    clock,
    onSave: async (credential) => {
      await clock.sleep(50);
      stored.add(credential);
    },
  });
  const renewals = Array.from({ length: processes }, () =>
    createCredentialRenewal({ provider: 'gitlab', store, refresh: forge.refresh, clock }),
  );

  const call = async ({ process, atMs, asks, validForMs, leavesAfterMs }: Caller) => {
    const renewal = renewals[process];
    if (renewal === undefined) throw new Error('no such process');
    await clock.sleep(atMs);
    const controller = new AbortController();
    const { signal } = controller;
    if (leavesAfterMs !== undefined)
      void clock.sleep(leavesAfterMs).then(() => {
        controller.abort('left');
      });
    const asked = asks === 'get' ? renewal.get({ signal, validForMs }) : renewal.renew(first, { signal });
    return asked.then(
      (credential) => ({ credential, wasStored: stored.has(credential) }),
      (failure: unknown) => ({ failure }),
    );
  };
  const results = await clock.run(Promise.all(callers.map(call)));
  await clock.run(Promise.all(renewals.map((renewal) => renewal.settled())));
  return { forge, results };
}

describe('renewal among processes, whoever asks, leaves or fails when', () => {
  it('asks the forge for one thing at a time, never again for what it has given, and hands out what is stored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(caller, { minLength: 1, maxLength: 12 }),
        fc.array(harmless, { maxLength: 4 }),
        async (callers, fates) => {
          const { forge, results } = await play(callers, fates);
          expect(forge.mostAtOnce).toBeLessThanOrEqual(1);
          expectNoneTwice(forge.asked, fates);
          for (const result of results) {
            if ('credential' in result) expect(result.wasStored).toBe(true);
            else expect(result.failure === 'left' || isTransient(result.failure)).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('signs out only when the forge may have taken the pair away, and never sends a token that may be dead', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(caller, { minLength: 1, maxLength: 12 }),
        fc.array(any, { maxLength: 4 }),
        async (callers, fates) => {
          const { forge, results } = await play(callers, fates);
          const isOut = results.some((result) => 'failure' in result && isDefinite(result.failure));
          if (isOut) expect(fates.some((fate) => fate === 'lost' || fate === 'hangs')).toBe(true);
          expect(forge.mostAtOnce).toBeLessThanOrEqual(1);
          expectNoneTwice(forge.asked, fates);
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** A refresh token is sent again only when the forge has certainly done nothing the time before. */
function expectNoneTwice(asked: readonly string[], fates: readonly Fate[]): void {
  const isSpent = (index: number): boolean => !['busy', 'unreached'].includes(fates[index] ?? 'answered');
  const again = asked.filter((token, index) => isSpent(index) && asked.lastIndexOf(token) > index);
  expect(again).toEqual([]);
}

function isTransient(failure: unknown): boolean {
  return ProviderError.is(failure) && failure.kind !== 'unauthenticated';
}

function isDefinite(failure: unknown): boolean {
  return ProviderError.is(failure) && failure.kind === 'unauthenticated';
}
