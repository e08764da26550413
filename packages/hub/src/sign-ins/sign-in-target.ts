import type { Credential, GitProvider, Identity } from '@anyforge/core';
import type { Caller } from '../people/caller.js';
import type { Queries } from '../store/store.js';

/** What a sign-in is for, as it is kept with it. */
export interface SignInReference {
  readonly personId: string;
  /** Its callback address names it, also while it is only being set up. */
  readonly gitProviderId: string;
  /** The draft that is being tested; null: the sign-in becomes the person's connection. */
  readonly draftId: string | null;
}

/** The forge as its settings are now. */
export interface SignInSubject {
  readonly provider: GitProvider;
  /** The name of the git provider, for people. */
  readonly name: string;
  /** The version of the settings, or the revision of the draft: another one at the end refuses the sign-in. */
  readonly settingsVersion: number;
}

/** What the forge gave, whose it is, and who has brought the sign-in to its end. */
export interface FinishedSignIn {
  readonly caller: Caller;
  readonly credential: Credential;
  readonly identity: Identity;
  /** The settings that it was started and finished with. */
  readonly settingsVersion: number;
}

/** What has to happen in the transaction that keeps a sign-in; an error in either undoes it all. */
export interface SignInEnding {
  /** After the settings are locked, before anything is stored. Throws when the sign-in was ended meanwhile. */
  claim(transaction: Queries): Promise<void>;
  /** When all is stored. */
  complete(transaction: Queries, kept: { readonly syncId: string | null }): Promise<void>;
}

/** What a finished sign-in becomes: a person's connection, or the credential of a draft's test. */
export interface SignInTarget {
  /** @throws HubError `not_found` · `unknown_provider_type`; ProviderError `invalid_config`. */
  open(reference: SignInReference): Promise<SignInSubject>;
  /**
   * Keeps the sign-in in one transaction: locks the settings and compares their version, calls `claim`, stores what
   * there is to store, calls `complete`.
   *
   * @throws HubError `not_found` · `settings_changed`; what the ending throws.
   */
  keep(reference: SignInReference, signIn: FinishedSignIn, ending: SignInEnding): Promise<void>;
}
