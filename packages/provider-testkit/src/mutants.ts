import type { Mutant } from './mutant.js';
import { callMutants } from './mutants/calls.js';
import { credentialMutants } from './mutants/credentials.js';
import { listingMutants } from './mutants/listing.js';
import { oauthMutants } from './mutants/oauth.js';
import { pluginMutants } from './mutants/plugin.js';

/** Every way in which adapters are broken to prove the contract. */
export const mutants: readonly Mutant[] = [
  ...pluginMutants,
  ...listingMutants,
  ...callMutants,
  ...credentialMutants,
  ...oauthMutants,
];
