import { createGuardedFetch } from '@anyforge/provider-kit/guarded-fetch';

/** A `fetch` that reaches nothing but what is simulated on this machine. */
export function fetchSimulators(): typeof globalThis.fetch {
  return createGuardedFetch({ addresses: { private: false, loopback: true } });
}
