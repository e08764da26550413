import type { Clock, Credential, CredentialSource } from '@anyforge/core';

/** So long after a sign-out a request may still be sent with its credential. */
const heldMs = 1_000;

interface Held {
  readonly credential: Credential;
  /** By the clock, which may be set back. */
  readonly since: number;
}

/**
 * A source that gives the same credential for a second: each request of a listing would else wait for the database and
 * the vault, on the embedded database behind the transaction that writes what the requests before have brought.
 */
export function heldForAMoment(source: CredentialSource, clock: Clock): CredentialSource {
  const renew = source.renew?.bind(source);
  let held: Held | undefined;
  /** What was asked for before it changed is given to whoever asked, and held no more. */
  let round = 0;

  const forget = (): void => {
    held = undefined;
    round += 1;
  };

  return {
    ...source,
    async get(options) {
      const now = clock.now().getTime();
      if (held !== undefined && isGood(held, now, options?.validForMs)) return held.credential;
      const asked = round;
      const credential = await source.get(options);
      if (asked === round) held = { credential, since: now };
      return credential;
    },
    ...(renew !== undefined && {
      renew: async (rejected, options) => {
        forget();
        try {
          return await renew(rejected, options);
        } finally {
          forget();
        }
      },
    }),
  };
}

function isGood({ credential, since }: Held, now: number, validForMs = 0): boolean {
  const { expiresAt } = { expiresAt: undefined, ...credential };
  const isValid = expiresAt === undefined || expiresAt.getTime() - now > validForMs;
  return now >= since && now < since + heldMs && isValid;
}
