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
  /** Not one of the forge's own people: of what is internal, only what is granted. On forges that have such people. */
  readonly external: boolean;
  /** Administers the whole forge. What that gives on repositories is the forge's rule. @see AccessRules */
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

/** A set of people. Members of a team count as members of its ancestors. */
export interface Team {
  readonly type: 'team';
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  /** Absent for a group that belongs to the whole forge. Members of all others are members of the organization. */
  readonly organization: Organization | undefined;
  readonly parent: Team | undefined;
}

/** Groups some of an organization's repositories, and what is granted on them, without being part of their path. */
export interface Project {
  readonly type: 'project';
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  readonly organization: Organization;
}

export type Owner = Person | Organization;

export interface Repository {
  readonly type: 'repository';
  /** Survives renames and transfers. */
  readonly id: number;
  readonly name: string;
  readonly owner: Owner;
  /** One of the owner's, on forges that have projects. */
  readonly project: Project | undefined;
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
  /** What this person has on everything at or below the organization, beside its base permission. */
  readonly level: PermissionLevel;
  /** The role's own name where the level does not say it: a custom role, 'guest'. */
  readonly roleName: string | undefined;
  /** Pending: invited, not accepted, gives nothing. */
  readonly state: 'active' | 'pending';
}

/** Everybody who is signed in. */
export interface Everybody {
  readonly type: 'everybody';
  readonly id: 0;
}

export const everybody: Everybody = { type: 'everybody', id: 0 };

export type GrantSubject = Person | Team | Organization | Everybody;
export type GrantTarget = Repository | Project | Organization;

/**
 * Gives a subject a level on a repository, on a project's repositories, or on everything at or below an organization.
 * A person's own level in an organization is its membership, not a grant. A grant to an organization is a share: who
 * has a level there has it here as well, at most the grant's.
 */
export interface Grant {
  readonly to: GrantSubject;
  readonly on: GrantTarget;
  readonly level: PermissionLevel;
  /** The role's own name where the level does not say it: a custom role, 'guest'. */
  readonly role: string | undefined;
}
