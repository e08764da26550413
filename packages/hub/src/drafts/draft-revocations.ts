import type { Logger } from '@anyforge/core';
import type { UpstreamRevocations } from '../connections/upstream-revocations.js';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import type { GitProviderDraftRow } from '../store/rows/sign-ins.js';
import type { Vault } from '../vault/vault.js';
import type { SignInRows } from '../sign-ins/sign-in-rows.js';
import type { DraftSignIn } from './draft-sign-in.js';
import { openSignIn } from './draft-sign-in.js';
import type { EndedDraft } from './draft-store.js';
import type { DraftOpener } from './open-draft.js';

export interface DraftRevocationsParts {
  readonly vault: Vault;
  readonly logger: Logger;
  readonly pool: GitProviderPool;
  readonly opener: DraftOpener;
  readonly signIns: Pick<SignInRows, 'held'>;
  readonly revocations: UpstreamRevocations;
}

/** Ends at the forge the sign-ins that were made for tests and are kept no more, where it can. */
export class DraftRevocations {
  readonly #parts: DraftRevocationsParts;

  constructor(parts: DraftRevocationsParts) {
    this.#parts = parts;
  }

  /**
   * Nobody waits for it, and nobody is told when it fails: the credential is forgotten here either way. A token that a
   * person made is theirs, and stays.
   *
   * @param row a draft that is not stored any more, or whose sign-in is not.
   */
  revoke(row: GitProviderDraftRow): void {
    if (row.credential_kind !== 'oauth') return;
    this.#try(row, () => {
      const signIn = openSignIn(this.#parts.vault, row);
      return signIn === undefined ? [] : [signIn];
    });
  }

  /** All that the forge gave for a draft that nobody keeps. */
  revokeAll(ended: EndedDraft): void {
    this.revoke(ended.row);
    this.revokeHeld(ended);
  }

  /** What the forge gave to sign-ins for it that nobody has confirmed. */
  revokeHeld({ row, signIns }: EndedDraft): void {
    const held = signIns.filter((signIn) => signIn.settings_version === row.config_revision);
    if (held.length === 0) return;
    this.#try(row, () => {
      const { config } = this.#parts.opener.open(row).settings;
      return held
        .map((signIn) => this.#parts.signIns.held(signIn))
        .filter((credential) => credential !== undefined)
        .map((credential) => ({ credential, config }));
    });
  }

  #try(row: GitProviderDraftRow, find: () => readonly DraftSignIn[]): void {
    const { logger, pool, revocations } = this.#parts;
    try {
      for (const { credential, config } of find()) {
        revocations.revoke(pool.create(row.type, config), credential);
      }
    } catch {
      // Its plugin is not installed any more, or it was sealed with a key that is gone.
      logger.warn({ gitProviderId: row.git_provider_id }, "a test's sign-in can't be revoked at the forge");
    }
  }
}
