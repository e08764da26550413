import type { Identity } from '@anyforge/core';
import type { SignInErrorKind } from '../../sign-ins/sign-in-failures.js';
import type { Json } from '../json.js';

/** What a sign-in is for: a connection, or the test of a git provider that is being set up. */
export type SignInPurpose = 'connection' | 'draft';

/** How it goes: through the browser, or with a code typed on the forge's page. */
export type SignInMethod = 'redirect' | 'device';

/** Where the forge's page is shown: in a window beside the page that opened it, or instead of that page. */
export type SignInDisplay = 'popup' | 'page';

/**
 * - `pending`: the person is at the forge
 * - `finishing`: the answer is being exchanged for a credential; nobody else may
 * - `awaiting_confirmation`: the forge has said yes; a browser session of the same person has to name the account
 * - `succeeded`, `failed`, `cancelled`: it has ended
 */
export type SignInState =
  'pending' | 'finishing' | 'awaiting_confirmation' | 'succeeded' | 'failed' | 'cancelled';

/** One sign-in at a forge that was started and not yet forgotten. */
export interface SignInRow {
  readonly id: string;
  /** SHA-256 of the `state` that the forge hands back; unique. Null for a device code. */
  readonly state_hash: string | null;
  readonly person_id: string;
  /** The browser session that started it; null when an API token did. */
  readonly session_id: string | null;
  readonly git_provider_id: string;
  readonly purpose: SignInPurpose;
  /** The draft that it belongs to, where that is its purpose. */
  readonly draft_id: string | null;
  readonly method: SignInMethod;
  readonly display: SignInDisplay;
  readonly state: SignInState;
  /** The settings that it began with: it ends with no others. */
  readonly settings_version: number;
  readonly redirect_uri: string | null;
  /** The path on this server at which the person goes on. */
  readonly return_to: string;
  /** Sealed: PKCE verifier and what else the adapter keeps. Null once it was used. */
  readonly transaction_sealed: string | null;
  /** Sealed: what the forge gave, from when it awaits a confirmation until it ends. */
  readonly credential: string | null;
  /** Who that is; null while the forge has not told. */
  readonly identity: Json<StoredIdentity> | null;
  readonly user_code: string | null;
  readonly verification_url: string | null;
  /** For a device code: not asked again before. */
  readonly poll_at: number | null;
  readonly interval_ms: number | null;
  readonly error_kind: SignInErrorKind | null;
  readonly error_message: string | null;
  readonly error_repair_text: string | null;
  readonly error_repair_url: string | null;
  /** The sync that the new connection started. */
  readonly sync_id: string | null;
  readonly created_at: number;
  /** By the database's clock: whoever still waits then, or is still finishing, has failed. */
  readonly expires_at: number;
  readonly finished_at: number | null;
}

/** An identity as JSON keeps it: its expiry is a text. */
export type StoredIdentity = Omit<Identity, 'expiresAt'> & { readonly expiresAt?: string | undefined };

/** Settings of a git provider that somebody has typed and not saved. */
export interface GitProviderDraftRow {
  readonly id: string;
  readonly person_id: string;
  /** The git provider that is being changed, or the id that a new one will have: its callback address names it. */
  readonly git_provider_id: string;
  /** The version that is being changed; null for a new one. */
  readonly base_version: number | null;
  readonly type: string;
  /** Sealed: name, config with its secrets, organization settings. */
  readonly content: string;
  /** Grows with every change of the content: a test belongs to one. */
  readonly revision: number;
  /** The revision that last changed the config: a sign-in that was begun before it is not taken. */
  readonly config_revision: number;
  /** Sealed: what the test's sign-in gave, with the config that it was made with; null while there is none. */
  readonly credential: string | null;
  readonly credential_kind: 'token' | 'oauth' | null;
  /** The binding that it was made with: nowhere else is it sent. */
  readonly bound_to: string | null;
  /** Who that is, what it may do; null while the forge has not told. */
  readonly identity: Json<StoredIdentity> | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly expires_at: number;
}
