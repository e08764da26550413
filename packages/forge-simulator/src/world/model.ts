import type { PermissionLevel } from '@anyforge/core';

export type Visibility = 'public' | 'internal' | 'private';

/** Somebody, or some program, that can sign in to the forge. */
export interface Person {
  readonly type: 'person';
  /** People and organizations share one id space, as they do on the forges. */
  readonly id: number;
  readonly username: string;
  /** The namespace in which this person's own repositories live: the username. */
  readonly path: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly kind: 'human' | 'bot';
  readonly suspended: boolean;
  /** Administers the whole forge. Gives no level on any repository by itself. */
  readonly administrator: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A namespace shared by several people: a GitHub organization, a GitLab group, a workspace, a project. */
export interface Organization {
  readonly type: 'organization';
  readonly id: number;
  /** The last segment of the path. */
  readonly slug: string;
  /** 'acme' or, nested, 'acme/platform'. */
  readonly path: string;
  readonly parent: Organization | undefined;
  readonly name: string;
  readonly description: string | null;
  /** What every member has on every repository at or below this organization. */
  readonly basePermission: PermissionLevel;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A set of people inside one organization. Members of a team count as members of its ancestors. */
export interface Team {
  readonly type: 'team';
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly organization: Organization;
  readonly parent: Team | undefined;
}

export type Owner = Person | Organization;

export interface Repository {
  readonly type: 'repository';
  /** Survives renames and transfers. */
  readonly id: number;
  readonly name: string;
  readonly owner: Owner;
  /** 'acme/platform/api' */
  readonly path: string;
  readonly description: string | null;
  readonly visibility: Visibility;
  readonly archived: boolean;
  /** Has no commit yet. */
  readonly empty: boolean;
  readonly defaultBranch: string;
  readonly forkOf: Repository | undefined;
  readonly topics: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly pushedAt: Date;
}

export interface Membership {
  readonly person: Person;
  readonly organization: Organization;
  /** Owners have `admin` on everything at or below the organization. */
  readonly role: 'owner' | 'member';
  /** The membership's own level, beside the organization's base permission. */
  readonly level: PermissionLevel;
  /** Pending: invited, not accepted, gives nothing. */
  readonly state: 'active' | 'pending';
}

export type GrantSubject = Person | Team | Organization;
export type GrantTarget = Repository | Organization;

/**
 * Gives a subject a level on a repository, or on everything at or below an organization.
 * A grant to an organization is a share: its members get their own level there, at most the grant's.
 */
export interface Grant {
  readonly to: GrantSubject;
  readonly on: GrantTarget;
  readonly level: PermissionLevel;
  /** The name of a custom role whose base is `level`. */
  readonly role: string | undefined;
}
