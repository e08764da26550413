import type { Credential, CredentialSource, GitSession } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { findGitProvider } from '../git-providers/git-provider-pool.js';
import type { Resources } from '../resources.js';
import type { ConnectionRow, GitProviderRow } from '../store/schema.js';
import { accountKeyOf } from './account-key.js';
import { isBoundTo } from './connection-view.js';
import { heldForAMoment } from './held-credential.js';
import type { ConnectionRenewals } from './connection-renewals.js';
import type { ConnectionEpoch } from './stored-connection.js';
import { boundElsewhere, findSignIn, findStoredConnection } from './stored-connection.js';

/**
 * Opens sessions of stored connections. The credential stays in the vault until it is used, and an OAuth credential
 * renews by itself.
 */
export class ConnectionSessions {
  readonly #resources: Resources;
  readonly #pool: GitProviderPool;
  readonly #renewals: ConnectionRenewals;
  readonly #opening: (connection: ConnectionEpoch) => void;

  /** @param opening told of every session, before its adapter is asked for it */
  constructor(
    resources: Resources,
    pool: GitProviderPool,
    renewals: ConnectionRenewals,
    opening: (connection: ConnectionEpoch) => void = () => undefined,
  ) {
    this.#resources = resources;
    this.#pool = pool;
    this.#renewals = renewals;
    this.#opening = opening;
  }

  /**
   * What the session asks of the forge fails with a ProviderError:
   *
   * - `unauthenticated` when the sign-in has ended, here or there
   * - `grant_expired` when the person has to sign in again, though nothing was revoked: the git provider's address or
   *   OAuth application was changed since, or the answer to a renewal got lost
   *
   * @throws HubError `not_found` · `unknown_provider_type`.
   */
  async open(connection: ConnectionEpoch): Promise<GitSession> {
    const row = await findGitProvider(this.#resources.store.database, connection.gitProviderId);
    const signIn = await findSignIn(this.#resources, connection);
    this.#opening(connection);
    return this.#pool
      .get(row)
      .signIn(this.#source(connection, row, signIn), { key: accountKeyOf(connection) });
  }

  /**
   * Decided by the settings that the session itself was made with: those that stand when the credential is asked for may
   * lead elsewhere, back to where it was given for.
   */
  #source(
    connection: ConnectionEpoch,
    row: GitProviderRow,
    signIn: Pick<ConnectionRow, 'kind' | 'bound_to'> | undefined,
  ): CredentialSource {
    if (signIn !== undefined && !isBoundTo(signIn, row)) {
      return { get: () => Promise.reject(boundElsewhere(row)) };
    }
    const source =
      signIn?.kind === 'oauth' ? this.#renewing(connection, row.type) : this.#fixed(connection, row.type);
    return heldForAMoment(source, this.#resources.clock);
  }

  #fixed(connection: ConnectionEpoch, type: string): CredentialSource {
    return {
      kind: 'token',
      get: async () => {
        const stored = await findStoredConnection(this.#resources, connection);
        if (stored === undefined) throw ended(type);
        return stored.credential;
      },
    };
  }

  #renewing(connection: ConnectionEpoch, type: string): CredentialSource {
    const explained = (asked: Promise<Credential>): Promise<Credential> =>
      asked.catch(async (error: unknown) => {
        throw await this.#explain(connection, error);
      });
    return {
      kind: 'oauth',
      get: (options) => explained(this.#renewals.of(connection, type).get(options)),
      renew: (rejected, options) => explained(this.#renewals.of(connection, type).renew(rejected, options)),
    };
  }

  /** The connection tells why it cannot be renewed any more. */
  async #explain(connection: ConnectionEpoch, error: unknown): Promise<unknown> {
    if (!ProviderError.is(error) || error.kind !== 'unauthenticated') return error;
    const row = await this.#resources.store.database
      .selectFrom('connections')
      .select(['credential_refused', 'unanswered_since', 'attention_reason'])
      .where('id', '=', connection.connectionId)
      .where('epoch', '=', connection.epoch)
      .executeTakeFirst();
    if (row === undefined) return ended(error.details.provider);
    if (row.credential_refused === 0) return error;
    const wasRevoked = row.unanswered_since === null;
    return new ProviderError(
      wasRevoked ? 'unauthenticated' : 'grant_expired',
      row.attention_reason ?? error.message,
      { ...error.details, cause: error },
    );
  }
}

function ended(type: string): ProviderError {
  return new ProviderError('unauthenticated', 'This sign-in has ended: the person signed out or in again.', {
    provider: type,
    repair: { text: 'Try again; if you are signed out, sign in first.' },
  });
}
