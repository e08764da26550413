import type { Credential } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Resources } from '../resources.js';
import type { ConnectionRow } from '../store/schema.js';
import { isBoundTo } from './connection-view.js';
import { credentialRecord, readCredential } from './stored-credential.js';

/** Which credential of a connection: a later one may belong to another account. */
export interface ConnectionEpoch {
  readonly connectionId: string;
  readonly gitProviderId: string;
  readonly epoch: number;
}

type Columns = Pick<ConnectionRow, 'kind' | 'credential_version' | 'credential_since' | 'credential_refused'>;

/** A connection as it is stored now, with its credential out of the vault. */
export interface StoredConnection extends Columns {
  readonly credential: Credential;
  /** The plugin's. */
  readonly type: string;
}

/**
 * Takes a connection's credential out of the vault, if the git provider still is where and what the person signed in
 * to. Undefined: that sign-in has ended.
 *
 * @throws ProviderError `grant_expired` when the address or the OAuth client was changed since; the credential stays
 * sealed then.
 */
export async function findStoredConnection(
  { store, vault }: Pick<Resources, 'store' | 'vault'>,
  { connectionId, epoch }: ConnectionEpoch,
): Promise<StoredConnection | undefined> {
  const row = await store.database
    .selectFrom('connections')
    .innerJoin('git_providers', 'git_providers.id', 'connections.git_provider_id')
    .select([
      'connections.kind',
      'connections.credential',
      'connections.credential_version',
      'connections.credential_since',
      'connections.credential_refused',
      'connections.bound_to',
      'git_providers.type',
      'git_providers.name',
      'git_providers.config',
    ])
    .where('connections.id', '=', connectionId)
    .where('connections.epoch', '=', epoch)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (!isBoundTo(row, row)) {
    throw new ProviderError(
      'grant_expired',
      `The address or the OAuth application of ${row.name} was changed since you signed in. Your sign-in is good for the former one only, so it is not used any more.`,
      { provider: row.type, repair: { text: 'Sign in again.' } },
    );
  }
  return { ...row, credential: readCredential(vault.open(row.credential, credentialRecord(connectionId))) };
}
