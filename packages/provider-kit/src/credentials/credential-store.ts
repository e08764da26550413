import type { OAuthCredential } from '@anyforge/core';

/** An OAuth token set as a store holds it. */
export interface StoredCredential {
  readonly credential: OAuthCredential;
  /** Opaque; another one after every change. */
  readonly version: string;
  /** When the forge gave it out, as far as the store knows. Without it nobody knows how long it lives as a whole. */
  readonly since?: Date | undefined;
  /** The forge has definitely refused to renew it. */
  readonly refused?: boolean | undefined;
}

/**
 * Where one sign-in's token set is kept. Processes that share it renew once between them: a claim keeps the others
 * away while one asks the forge, and a save is a compare-and-swap, so that a claim which has ended unnoticed overwrites
 * nothing.
 *
 * `credentialStoreCases` of `@anyforge/provider-kit/testing` tell whether a store keeps to this.
 */
export interface CredentialStore {
  /** Undefined: the person has signed out. */
  read(): Promise<StoredCredential | undefined>;
  /**
   * Takes the sole right to renew this version for `termMs`, by the store's own clock. Atomic: of all who ask at once
   * one gets it. A holder that dies lets the term run out.
   *
   * @returns undefined when another one holds it, or the version is not the current one any more
   */
  claim(version: string, termMs: number): Promise<CredentialClaim | undefined>;
}

/**
 * The right to renew one version. `save` and `refuse` take effect as long as that version is the current one, even
 * after the term: a pair that the forge has just given out is better than the one that it replaces.
 */
export interface CredentialClaim {
  /** Replaces the version and ends the claim. @returns false, and changes nothing, when the version is not current */
  save(credential: OAuthCredential): Promise<boolean>;
  /** Marks the credential as refused: a new version too. @returns as `save` does */
  refuse(): Promise<boolean>;
  /** Ends the claim, if it has not ended, and lets nobody claim this version for another `pauseMs`. */
  release(pauseMs: number): Promise<void>;
}
