import type { Credential } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Resources } from '../resources.js';
import type { ConnectionRow, GitProviderRow } from '../store/schema.js';
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
  if (!isBoundTo(row, row)) throw boundElsewhere(row);
  return { ...row, credential: readCredential(vault.open(row.credential, credentialRecord(connectionId))) };
}

/** Of which sign-in a connection is now. Undefined: that sign-in has ended. The credential stays in the vault. */
export function findSignIn(
  { store }: Pick<Resources, 'store'>,
  { connectionId, epoch }: ConnectionEpoch,
): Promise<Pick<ConnectionRow, 'kind' | 'bound_to'> | undefined> {
  return store.database
    .selectFrom('connections')
    .select(['kind', 'bound_to'])
    .where('id', '=', connectionId)
    .where('epoch', '=', epoch)
    .executeTakeFirst();
}

/** A credential is not sent to where these settings lead. */
export function boundElsewhere({ name, type }: Pick<GitProviderRow, 'name' | 'type'>): ProviderError {
  return new ProviderError(
    'grant_expired',
    `The address or the OAuth application of ${name} was changed since you signed in. Your sign-in is good for the former one only, so it is not used any more.`,
    { provider: type, repair: { text: 'Sign in again.' } },
  );
}
