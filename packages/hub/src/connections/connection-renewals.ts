import type { GitProvider, OAuthCredential, OAuthFlow } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { CredentialRenewal } from '@anyforge/provider-kit/credentials';
import { createCredentialRenewal } from '@anyforge/provider-kit/credentials';
import { describeFault } from '../describe-fault.js';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { findGitProvider } from '../git-providers/git-provider-pool.js';
import type { Resources } from '../resources.js';
import { ConnectionCredentialStore } from './connection-credential-store.js';
import { isBoundTo } from './connection-view.js';
import type { ConnectionEpoch } from './stored-connection.js';
import { boundElsewhere, findSignIn } from './stored-connection.js';
import type { UpstreamRevocations } from './upstream-revocations.js';

/** Long enough that whoever works with a connection meets the same object again. */
const idleMs = 10 * 60_000;

interface Kept {
  readonly renewal: CredentialRenewal;
  lastUsedAt: number;
}

/**
 * The one object in this process that renews a connection's OAuth credential, for each sign-in that is in use. What a
 * forge gives for a sign-in that has ended meanwhile is ended there as well, as far as it can be.
 */
export class ConnectionRenewals {
  readonly #resources: Resources;
  readonly #pool: Pick<GitProviderPool, 'get'>;
  readonly #revocations: Pick<UpstreamRevocations, 'revoke'>;
  readonly #kept = new Map<string, Kept>();
  /** Which forge has given a credential: the settings may be others by the time it is stored, or not. */
  readonly #givers = new WeakMap<OAuthCredential, GitProvider>();

  constructor(
    resources: Resources,
    pool: Pick<GitProviderPool, 'get'>,
    revocations: Pick<UpstreamRevocations, 'revoke'>,
  ) {
    this.#resources = resources;
    this.#pool = pool;
    this.#revocations = revocations;
  }

  /** @param type the plugin's, named in errors */
  of(connection: ConnectionEpoch, type: string): CredentialRenewal {
    const key = `${connection.connectionId} ${connection.epoch}`;
    const kept = this.#kept.get(key) ?? { renewal: this.#make(connection, type), lastUsedAt: 0 };
    kept.lastUsedAt = this.#now();
    this.#kept.set(key, kept);
    return kept.renewal;
  }

  /** Lets go of what nobody has used for a while, unless something of it could not be stored yet. */
  async forgetIdle(): Promise<void> {
    for (const [key, kept] of this.#kept) {
      if (this.#isInUse(kept)) continue;
      const isSettled = await this.#settle(kept.renewal);
      if (isSettled && !this.#isInUse(kept)) this.#kept.delete(key);
    }
  }

  /** To be waited for before the store is closed: until no renewal is under way and what came of each is stored. */
  async settled(): Promise<void> {
    await Promise.all(Array.from(this.#kept.values(), ({ renewal }) => this.#settle(renewal)));
  }

  get size(): number {
    return this.#kept.size;
  }

  async #settle(renewal: CredentialRenewal): Promise<boolean> {
    try {
      await renewal.settled();
      return true;
    } catch (error) {
      this.#resources.logger.warn(
        { error: describeFault(error) },
        'A renewed credential could not be stored.',
      );
      return false;
    }
  }

  #make(connection: ConnectionEpoch, type: string): CredentialRenewal {
    return createCredentialRenewal({
      provider: type,
      store: new ConnectionCredentialStore(this.#resources, connection, (credential) => {
        const giver = this.#givers.get(credential);
        if (giver !== undefined) this.#revocations.revoke(giver, credential);
      }),
      refresh: async (credential, options) => {
        const { provider, flow } = await this.#forge(connection, type);
        const renewed = await flow.refresh(credential, options);
        this.#givers.set(renewed, provider);
        return renewed;
      },
      clock: this.#resources.clock,
    });
  }

  /**
   * The git provider as it is set now.
   *
   * @throws ProviderError that says that nothing has reached the forge
   */
  async #forge(
    connection: ConnectionEpoch,
    type: string,
  ): Promise<{ readonly provider: GitProvider; readonly flow: OAuthFlow }> {
    const details = { provider: type, reached: false } as const;
    try {
      const row = await findGitProvider(this.#resources.store.database, connection.gitProviderId);
      const signIn = await findSignIn(this.#resources, connection);
      // The settings may be others than those that stood when the credential was taken out of the vault. The forge has
      // refused nothing then: whoever asks next is told, before it is taken out again.
      if (signIn !== undefined && !isBoundTo(signIn, row)) throw boundElsewhere(row);
      const provider = this.#pool.get(row);
      if (provider.oauth !== undefined) return { provider, flow: provider.oauth };
    } catch (cause) {
      throw new ProviderError('unavailable', 'The settings of the git provider could not be had.', {
        ...details,
        cause,
      });
    }
    throw new ProviderError('client_rejected', 'This git provider no longer has an OAuth application.', {
      ...details,
      repair: { text: 'Ask an administrator to set it, or sign in with a token.' },
    });
  }

  #isInUse({ lastUsedAt }: Kept): boolean {
    return this.#now() - lastUsedAt < idleMs;
  }

  #now(): number {
    return this.#resources.clock.now().getTime();
  }
}
