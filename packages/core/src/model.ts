import type { Permission } from './permissions.js';

/** The account on the forge that a credential acts as. */
export interface Account {
  /** The forge's stable id: survives a change of the username. */
  readonly id: string;
  readonly username: string;
  /** `token`: a project or repository access token that is nobody's account. */
  readonly kind: 'user' | 'bot' | 'token';
  readonly displayName?: string | undefined;
  readonly avatarUrl?: string | undefined;
  readonly webUrl?: string | undefined;
}

/** Who a credential acts as, what it may do, until when. */
export interface Identity {
  readonly account: Account;
  readonly email?: string | undefined;
  /** What the credential was granted, in the forge's words. Absent: the forge does not tell. */
  readonly scopes?: readonly string[] | undefined;
  /** What anyforge needs and the credential lacks. Absent: the forge does not tell. */
  readonly missingScopes?: readonly string[] | undefined;
  readonly expiresAt?: Date | undefined;
}

/** Names an organization by its stable id, which wins, or by its path. */
export type OrganizationRef =
  { readonly id: string; readonly path?: string | undefined } | { readonly path: string };

/** A GitHub organization, GitLab group (nested), Bitbucket workspace, Data Center project. */
export interface Organization {
  readonly id: string;
  /** `acme`, `acme/platform` */
  readonly path: string;
  readonly name: string;
  readonly avatarUrl?: string | undefined;
  readonly webUrl?: string | undefined;
}

/** Names a repository by its stable id, which wins, or by its path. */
export type RepositoryRef =
  { readonly id: string; readonly path?: string | undefined } | { readonly path: string };

/** A repository as the forge lists it, keyed by the forge's stable id. */
export interface Repository {
  /** The forge's stable id: survives renames and transfers. */
  readonly id: string;
  /** `acme/platform/api` */
  readonly path: string;
  readonly name: string;
  /** `acme/platform` */
  readonly namespace: string;
  readonly description?: string | undefined;
  readonly webUrl: string;
  readonly httpsCloneUrl: string;
  readonly sshCloneUrl?: string | undefined;
  /** Absent: the repository is empty, or, in a listing of a forge that does not tell it there, not known. */
  readonly defaultBranch?: string | undefined;
  readonly visibility: 'public' | 'internal' | 'private';
  readonly archived: boolean;
  readonly fork?: boolean | undefined;
  readonly updatedAt?: Date | undefined;
  /** The signed-in account's own effective permission. */
  readonly permission: Permission;
}

/** Narrows a listing of repositories. An empty or absent list does not narrow. */
export interface RepositoryQuery {
  /** A GitLab group means its whole subtree. */
  readonly organizations?: readonly OrganizationRef[] | undefined;
  /** Globs on the path in order; `!` excludes; the last match decides. See `createPathFilter`. */
  readonly patterns?: readonly string[] | undefined;
  /** A page's `resume`, of a listing with the same organizations and patterns. */
  readonly resume?: string | undefined;
}

/** What one account may do on a repository, and through what. */
export interface AccountPermission {
  readonly account: Account;
  readonly permission: Permission;
  /** Absent: the forge does not tell. */
  readonly via?: readonly ('direct' | 'group' | 'inherited' | 'shared' | 'public')[] | undefined;
}
