import type { Clock, Credential, CredentialSource } from '@anyforge/core';

/** So long after a sign-out a request may still be sent with its credential. */
const heldMs = 1_000;

/**
 * A source that is asked once a second, however many requests ask: each would else wait for the database and the vault,
 * on the embedded database behind the transaction that writes what the last ones have brought.
 */
export function heldForAMoment(source: CredentialSource, clock: Clock): CredentialSource {
  const renew = source.renew?.bind(source);
  let held: { readonly credential: Credential; readonly until: number } | undefined;
  return {
    ...source,
    async get(options) {
      const now = clock.now().getTime();
      if (held !== undefined && now < held.until && isValidFor(held.credential, now, options?.validForMs))
        return held.credential;
      const credential = await source.get(options);
      held = { credential, until: now + heldMs };
      return credential;
    },
    ...(renew !== undefined && {
      renew: (rejected, options) => {
        held = undefined;
        return renew(rejected, options);
      },
    }),
  };
}

function isValidFor(credential: Credential, now: number, ms = 0): boolean {
  const { expiresAt } = { expiresAt: undefined, ...credential };
  return expiresAt === undefined || expiresAt.getTime() - now > ms;
}
