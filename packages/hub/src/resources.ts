import type { Clock, Logger } from '@anyforge/core';
import type { Measurements } from './measurements.js';
import type { Store } from './store/store.js';
import type { Vault } from './vault/vault.js';

/** What every service of the hub works with. */
export interface Resources {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly measurements: Measurements;
}
