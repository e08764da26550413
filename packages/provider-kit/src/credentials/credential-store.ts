import type { OAuthCredential } from '@anyforge/core';

/** An OAuth token set as a store holds it. */
export interface StoredCredential {
  readonly credential: OAuthCredential;
  /** Opaque; another one for every token set. */
  readonly version: string;
  /** When the forge gave it out, as far as the store knows. Without it nobody knows how long it lives as a whole. */
  readonly since?: Date | undefined;
  /** It cannot be renewed any more. The version stays, for a new pair may still be on its way. */
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
   */
  claim(version: string, termMs: number): Promise<ClaimAnswer>;
}

export type ClaimAnswer =
  | CredentialClaim
  /** Another one is asking the forge. */
  | { readonly status: 'held' }
  /** The last one has failed, and nobody may ask for so long. */
  | { readonly status: 'paused'; readonly pauseMs: number }
  /** The version is not the current one, or is refused. */
  | { readonly status: 'ended' };

/**
 * The right to renew one version. `save` and `refuse` take effect as long as that version is the current one, even
 * after the term, and `save` even after a refusal: a pair that the forge has given out is better than the one that it
 * replaces, whatever anybody thinks of that one.
 */
export interface CredentialClaim {
  readonly status: 'claimed';
  /**
   * How long ago the first of the earlier claims on this version was given of which nobody knows what came: their term
   * ran out, or they were released as `unknown`. Absent: there is none. From then on the forge may have put another
   * pair in place of this one.
   */
  readonly unansweredMs?: number | undefined;
  /** Replaces the version and ends the claim. @returns false, and changes nothing, when the version is not current */
  save(credential: OAuthCredential): Promise<boolean>;
  /** Marks the version as refused, and ends the claim. @returns as `save` does */
  refuse(): Promise<boolean>;
  /**
   * Ends the claim, if it has not ended, and lets nobody claim this version for another `pauseMs`. What is
   * `not-processed` counts as never asked.
   */
  release(pauseMs: number, outcome: RefreshOutcome): Promise<void>;
}

/** What is known of a refresh that gave no new pair: that the old one is as good as before, or nothing. */
export type RefreshOutcome = 'not-processed' | 'unknown';
