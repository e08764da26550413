import type { GitCredential } from '@anyforge/core';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { ConnectionSessions } from '../connections/connection-sessions.js';
import { toConnectionView } from '../connections/connection-view.js';
import { HubError } from '../errors.js';
import type { AttemptLimits } from '../people/attempt-limits.js';
import type { Caller } from '../people/caller.js';
import { holdCaller } from '../people/hold-caller.js';
import type { Resources } from '../resources.js';
import { untilAborted } from '../until-aborted.js';
import type { GitAddressInput } from './git-address.js';
import { parseGitAddress } from './git-address.js';
import type { GitPlaces } from './git-places.js';

export interface GitCredentialRequest extends GitAddressInput {
  /** Where several git providers of mine are at one address: this one. */
  readonly gitProviderId?: string | undefined;
}

/** People's own credentials for their own git. */
export interface GitCredentialService {
  /**
   * The caller's own credential for an address that git is about to clone, fetch or push. One that renews is renewed
   * first when it ends soon. Each is written down in the audit trail before it is handed out.
   *
   * @throws HubError `invalid_input` · `no_git_provider` · `ambiguous_git_provider` · `not_connected` ·
   * `needs_attention` · `too_many_attempts`; `not_signed_in` when the API token is revoked or the person deleted meanwhile.
   * @throws ProviderError why it could not be renewed.
   */
  issue(
    caller: Caller,
    request: GitCredentialRequest,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<GitCredential>;
}

export interface GitCredentialsParts {
  readonly resources: Resources;
  readonly places: GitPlaces;
  readonly sessions: Pick<ConnectionSessions, 'open'>;
  readonly limits: Pick<AttemptLimits, 'count'>;
  readonly audit: Pick<AuditTrail, 'record'>;
}

/** A clone asks once, and goes on with what it was given until it ends. */
const validForMs = 10 * 60 * 1000;

/** The one place from which a forge credential leaves the hub. */
export class GitCredentials implements GitCredentialService {
  readonly #parts: GitCredentialsParts;

  constructor(parts: GitCredentialsParts) {
    this.#parts = parts;
  }

  async issue(
    caller: Caller,
    request: GitCredentialRequest,
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<GitCredential> {
    const { resources, places, sessions, limits, audit } = this.#parts;
    const address = parseGitAddress(request);
    await limits.count([{ kind: 'git-credential:person', of: caller.personId }]);
    const {
      provider,
      connection,
      repository = '',
    } = await places.find(caller.personId, address, request.gitProviderId);
    const { needsAttention } = toConnectionView(connection, provider, resources.clock.now());
    if (needsAttention !== undefined) {
      throw new HubError(
        'needs_attention',
        `Your sign-in to ${provider.name} needs attention. ${needsAttention.reason} Sign in again.`,
      );
    }
    const session = await sessions.open({
      connectionId: connection.id,
      gitProviderId: provider.id,
      epoch: connection.epoch,
    });
    const asking = session.gitCredential({ validForMs, signal });
    const credential = await (signal === undefined ? asking : untilAborted(asking, signal));
    await resources.store.database.transaction().execute(async (transaction) => {
      // The forge may have been asked for long: whoever was let in then may be nobody by now.
      await holdCaller(transaction, caller);
      await audit.record(transaction, {
        caller,
        action: 'git_credential.issued',
        gitProviderId: provider.id,
        details: {
          host: new URL(address.origin).host,
          // Of the person's own list: whatever else git was given for a path may be a secret.
          repository,
          kind: credential.kind,
        },
      });
    });
    return credential;
  }
}
