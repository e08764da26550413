import { randomUUID } from 'node:crypto';
import type { Clock, Logger } from '@anyforge/core';
import { AuditTrail } from '../audit/audit-trail.js';
import { ConnectionRemover } from '../connections/connection-remover.js';
import { HubError } from '../errors.js';
import { noMeasurements } from '../measurements.js';
import type { Resources } from '../resources.js';
import { openStore } from '../store/open-store.js';
import { GenerationSweeper } from '../syncs/generation-sweeper.js';
import { InProcessJobQueue } from '../syncs/in-process-job-queue.js';
import { SyncChanges } from '../syncs/sync-changes.js';
import { Syncs } from '../syncs/syncs.js';
import type { VaultOptions } from '../vault/open-vault.js';
import { openVault } from '../vault/open-vault.js';
import type { PasswordLink } from './password-links.js';
import { PasswordLinks } from './password-links.js';
import { PasswordReset } from './password-reset.js';
import { lockPerson } from './person-view.js';
import { readUsername } from './username.js';

export interface PasswordResetOptions extends VaultOptions {
  /** A PostgreSQL; absent: the embedded database, which no server may have open meanwhile. */
  readonly database?: { readonly url: string } | undefined;
  /** The address at which people reach the server: an origin with perhaps a path, without a slash at the end. */
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * What an administrator does with {@link PeopleService.resetPassword}, for an operator with the machine and no account:
 * when the only administrator has forgotten the password. The rules are the same, so that it is no way to what anybody
 * has at the forges; only that it may be the last administrator's.
 *
 * @throws HubError `not_found` · `not_allowed` for whoever signs in elsewhere; those of opening the store and the vault.
 */
export async function resetPassword(options: PasswordResetOptions, username: string): Promise<PasswordLink> {
  const { clock, logger } = options;
  const store = await openStore(options, () => clock.now());
  try {
    const vault = await openVault(store, options);
    const resources = { store, vault, clock, logger, newId: randomUUID, measurements: noMeasurements };
    return await resetIn(resources, options.publicUrl, username);
  } finally {
    await store.close();
  }
}

async function resetIn(resources: Resources, publicUrl: string, username: string): Promise<PasswordLink> {
  const { store } = resources;
  // Nothing is synchronized here: servers on the same database notice by themselves what has ended, or the next start.
  const syncs = new Syncs({
    resources,
    changes: new SyncChanges(),
    queue: new InProcessJobQueue({ ...resources, concurrency: 1 }),
    sweeper: new GenerationSweeper(resources),
  });
  const reset = new PasswordReset({
    resources,
    audit: new AuditTrail(resources),
    links: new PasswordLinks(resources, publicUrl),
    remover: new ConnectionRemover(resources, syncs),
  });
  return store.database.transaction().execute(async (transaction) => {
    const found = await transaction
      .selectFrom('people')
      .select('id')
      .where('username_key', '=', readUsername(username).key)
      .executeTakeFirst();
    if (found === undefined) throw new HubError('not_found', 'There is nobody of this username.');
    const { link } = await reset.within(transaction, 'server', await lockPerson(transaction, found.id));
    return link;
  });
}
