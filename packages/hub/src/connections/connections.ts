import type { AuditTrail } from '../audit/audit-trail.js';
import { describeFault } from '../describe-fault.js';
import { HubError } from '../errors.js';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { findGitProvider } from '../git-providers/git-provider-pool.js';
import type { GitProviders } from '../git-providers/git-providers.js';
import type { Caller } from '../people/caller.js';
import type { Resources } from '../resources.js';
import type { ConnectionRow, GitProviderRow } from '../store/schema.js';
import { untilAborted } from '../until-aborted.js';
import type { ConnectionRemover } from './connection-remover.js';
import type { ConnectionView } from './connection-view.js';
import { isBoundTo, toConnectionView } from './connection-view.js';
import type { ConnectionWriter, SignedIn } from './connection-writer.js';
import { findConnection } from './connection-writer.js';
import { revokeUpstream } from './revoke-upstream.js';
import { credentialRecord, readCredential } from './stored-credential.js';
import type { TokenInput } from './token-input.js';
import { checkUsername, toCredential } from './token-input.js';

/** People's own sign-ins. */
export interface ConnectionService {
  /**
   * Signs a person in with a token: asks the forge whose it is, keeps it encrypted, and synchronizes that git
   * provider. It replaces an earlier sign-in there. A refused token changes nothing; nor does a call that is aborted,
   * which rejects at once with the signal's reason.
   *
   * @throws HubError `invalid_input` · `username_mismatch` · `not_found` · `unknown_provider_type`; `settings_changed`
   * when somebody else changed the git provider meanwhile.
   * @throws ProviderError why the forge refused, or could not be asked.
   */
  putToken(
    caller: Caller,
    gitProviderId: string,
    input: TokenInput,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<SignedIn>;
  /** Null: not signed in. */
  get(personId: string, gitProviderId: string): Promise<ConnectionView | null>;
  /**
   * Forgets the credential and hides everything that it listed, at once, and ends a sign-in there that is under way. The
   * authorization on the forge stays, unless it is asked to end it as well.
   *
   * @throws HubError `not_found` when the person is not signed in there, nor about to be.
   */
  signOut(
    caller: Caller,
    gitProviderId: string,
    options?: { readonly revoke?: boolean | undefined },
  ): Promise<SignedOut>;
}

/** What a sign-out came to. Whatever the forge said, the person is signed out here. */
export interface SignedOut {
  /** Whether the authorization on the forge has ended as well. `failed`: as far as is known it has not. */
  readonly revoked: 'done' | 'failed' | 'unsupported' | 'not-asked';
  /** What is left for the person to do where it has not. */
  readonly message?: string | undefined;
}

export interface ConnectionsParts {
  readonly resources: Resources;
  readonly gitProviders: GitProviders;
  readonly pool: GitProviderPool;
  readonly writer: ConnectionWriter;
  readonly remover: ConnectionRemover;
  readonly audit: AuditTrail;
}

export class Connections implements ConnectionService {
  readonly #parts: ConnectionsParts;

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
  }

  async putToken(
    caller: Caller,
    gitProviderId: string,
    input: TokenInput,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<SignedIn> {
    const credential = toCredential(input);
    const { signal } = options;
    signal?.throwIfAborted();
    const { resources, gitProviders, pool, writer } = this.#parts;
    const provider = await findGitProvider(resources.store.database, gitProviderId);
    const asking = pool.get(provider).signIn(credential).identity({ signal });
    const identity = await (signal === undefined ? asking : untilAborted(asking, signal));
    checkUsername(credential.username, identity, await gitProviders.tokenHelp(gitProviderId));

    return writer.establish({ caller, provider, credential, identity }, { signal });
  }

  async get(personId: string, gitProviderId: string): Promise<ConnectionView | null> {
    const { store, clock } = this.#parts.resources;
    const { database } = store;
    const settings = await findGitProvider(database, gitProviderId);
    const row = await findConnection(database, personId, gitProviderId);
    return row === undefined ? null : toConnectionView(row, settings, clock.now());
  }

  async signOut(
    caller: Caller,
    gitProviderId: string,
    { revoke = false }: { readonly revoke?: boolean | undefined } = {},
  ): Promise<SignedOut> {
    const { resources, remover, audit } = this.#parts;
    const owner = { personId: caller.personId, gitProviderId };
    const ended = await resources.store.database.transaction().execute(async (transaction) => {
      const removed = await remover.remove(transaction, owner);
      if (removed.connections.length + removed.signIns.length === 0) throw notSignedIn();
      for (const { account_username: account } of removed.connections) {
        await audit.record(transaction, {
          caller,
          action: 'connection.signed_out',
          gitProviderId,
          details: { account, revocationAsked: revoke },
        });
      }
      return removed;
    });
    await remover.carryOut(ended);
    return revoke ? this.#revoke(gitProviderId, ended.connections[0]) : { revoked: 'not-asked' };
  }

  /** Never throws: the person is signed out here already. */
  async #revoke(gitProviderId: string, row: ConnectionRow | undefined): Promise<SignedOut> {
    const { store, logger } = this.#parts.resources;
    try {
      return await this.#revokeAt(await findGitProvider(store.database, gitProviderId), row);
    } catch (error) {
      logger.warn({ gitProviderId, error: describeFault(error) }, 'A credential could not be revoked.');
      return {
        revoked: 'failed',
        message:
          'The git provider could not be asked to end the authorization. End it by hand, in the settings of your account there.',
      };
    }
  }

  async #revokeAt(settings: GitProviderRow, row: ConnectionRow | undefined): Promise<SignedOut> {
    const { resources, pool } = this.#parts;
    const byHand = `End it by hand, in the settings of your account at ${settings.name}.`;
    if (row === undefined) {
      return {
        revoked: 'failed',
        message: `Your sign-in was not finished. What ${settings.name} has given for it is being ended there. If it still shows an authorization: ${byHand}`,
      };
    }
    if (!isBoundTo(row, settings)) {
      return {
        revoked: 'unsupported',
        message: `Your sign-in was for an earlier address of ${settings.name}, and is not sent to another. ${byHand}`,
      };
    }
    const credential = readCredential(resources.vault.open(row.credential, credentialRecord(row.id)));
    const outcome = await revokeUpstream(pool.get(settings), credential, resources.logger);
    if (outcome === 'done' && row.unanswered_since !== null) {
      return {
        revoked: 'failed',
        message: `Your sign-in was being renewed, so ${settings.name} may have given another authorization meanwhile. What arrives is ended there as well. If it still shows one: ${byHand}`,
      };
    }
    if (outcome === 'done') return { revoked: outcome };
    const message =
      outcome === 'failed'
        ? `${settings.name} did not end the authorization. ${byHand}`
        : `${settings.name} has no way for programs to end this kind of authorization. ${byHand}`;
    return { revoked: outcome, message };
  }
}

function notSignedIn(): HubError {
  return new HubError('not_found', 'You are not signed in to this git provider.');
}
