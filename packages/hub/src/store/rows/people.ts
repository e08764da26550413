import type { Json } from '../json.js';

export type Role = 'administrator' | 'member';

/** Somebody with an account on this server. */
export interface PersonRow {
  readonly id: string;
  readonly username: string;
  /** Unique. */
  readonly username_key: string;
  readonly display_name: string | null;
  readonly role: Role;
  /** Argon2id, with its parameters; null for somebody who signs in elsewhere. */
  readonly password_hash: string | null;
  /** Who vouches for this person where they sign in elsewhere, and as whom; null for a local account. */
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly last_signed_in_at: number | null;
}

/** A browser that a person is signed in with. */
export interface SessionRow {
  readonly id: string;
  readonly person_id: string;
  /** SHA-256 of what the cookie carries. */
  readonly token_hash: string;
  readonly address: string | null;
  readonly user_agent: string | null;
  readonly created_at: number;
  readonly last_used_at: number;
  /** However much it is used. */
  readonly expires_at: number;
}

export type ApiTokenScope = 'read' | 'manage' | 'git';

/** What a program of a person's authenticates with. */
export interface ApiTokenRow {
  readonly id: string;
  readonly person_id: string;
  readonly name: string;
  /** Unique for one person. */
  readonly name_key: string;
  /** SHA-256 of the token. */
  readonly token_hash: string;
  readonly scopes: Json<readonly ApiTokenScope[]>;
  readonly created_at: number;
  /** Null: never. */
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
}

/** What a link to choose a password is for: somebody new, or somebody whose password was taken away. */
export type PasswordLinkPurpose = 'invitation' | 'reset';

/** A link with which a person chooses a password, once. One at a time: a new one replaces it. */
export interface PasswordLinkRow {
  readonly person_id: string;
  readonly purpose: PasswordLinkPurpose;
  /** SHA-256 of what the link carries. */
  readonly token_hash: string;
  readonly created_at: number;
  readonly expires_at: number;
}

/** What proves, until there is an administrator, that somebody reads the server's log. Each start adds one. */
export interface SetUpCodeRow {
  /** SHA-256 of the code. */
  readonly code_hash: string;
  readonly expires_at: number;
}

/** How often something was tried, for the limits per account and address. */
export interface AttemptLimitRow {
  /** What is limited, and the SHA-256 of whose: `sign-in:account:<hash of the username>`. */
  readonly key: string;
  readonly attempts: number;
  readonly window_ends_at: number;
}
