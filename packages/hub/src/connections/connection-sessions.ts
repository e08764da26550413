import type { Credential, CredentialSource, GitSession } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { findGitProvider } from '../git-providers/git-provider-pool.js';
import type { Resources } from '../resources.js';
import { credentialRecord, readCredential } from './stored-credential.js';

/** Which credential of a connection: a later one may belong to another account. */
export interface ConnectionEpoch {
  readonly connectionId: string;
  readonly gitProviderId: string;
  readonly epoch: number;
}

/** Opens sessions of stored connections. The credential stays in the vault until the moment it is used. */
export class ConnectionSessions {
  readonly #resources: Resources;
  readonly #pool: GitProviderPool;

  constructor(resources: Resources, pool: GitProviderPool) {
    this.#resources = resources;
    this.#pool = pool;
  }

  /** @throws HubError `not_found` · `unknown_provider_type`. */
  async open(connection: ConnectionEpoch): Promise<GitSession> {
    const row = await findGitProvider(this.#resources.store.database, connection.gitProviderId);
    const source: CredentialSource = { get: () => this.#credential(connection, row.type) };
    return this.#pool.get(row).signIn(source, { key: connection.connectionId });
  }

  async #credential({ connectionId, epoch }: ConnectionEpoch, type: string): Promise<Credential> {
    const row = await this.#resources.store.database
      .selectFrom('connections')
      .select('credential')
      .where('id', '=', connectionId)
      .where('epoch', '=', epoch)
      .executeTakeFirst();
    if (row === undefined) {
      throw new ProviderError(
        'unauthenticated',
        'This sign-in has ended: the person signed out or in again.',
        {
          provider: type,
        },
      );
    }
    return readCredential(this.#resources.vault.open(row.credential, credentialRecord(connectionId)));
  }
}
