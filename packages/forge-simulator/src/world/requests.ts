import type { PermissionLevel } from '@anyforge/core';
import type {
  Grant,
  Membership,
  Organization,
  Owner,
  Person,
  Project,
  Repository,
  Team,
  Visibility,
} from './model.js';

export interface NewPerson {
  readonly username: string;
  readonly name?: string | null;
  readonly email?: string | null;
  readonly kind?: 'human' | 'bot';
  readonly suspended?: boolean;
  readonly external?: boolean;
  readonly administrator?: boolean;
}

export interface NewOrganization {
  readonly slug: string;
  readonly parent?: Organization | undefined;
  readonly name?: string;
  readonly description?: string | null;
  readonly basePermission?: PermissionLevel;
  readonly owners?: readonly Person[];
  readonly members?: readonly Person[];
}

export interface NewTeam {
  /** A group of the whole forge when not given. */
  readonly organization?: Organization | undefined;
  readonly slug: string;
  readonly name?: string;
  readonly description?: string | null;
  readonly parent?: Team | undefined;
  /** Whoever is not a member of the organization yet becomes one. */
  readonly members?: readonly Person[];
}

export interface NewProject {
  readonly organization: Organization;
  readonly key: string;
  readonly name?: string;
  readonly description?: string | null;
}

export interface NewRepository {
  readonly owner: Owner;
  readonly project?: Project | undefined;
  readonly name: string;
  readonly description?: string | null;
  readonly visibility?: Visibility;
  readonly archived?: boolean;
  readonly empty?: boolean;
  readonly defaultBranch?: string;
  readonly forkOf?: Repository | undefined;
  readonly topics?: readonly string[];
}

export type MembershipRequest = Pick<Membership, 'organization' | 'person'> &
  Partial<Pick<Membership, 'role' | 'level' | 'roleName' | 'state'>>;

export type GrantRequest = Pick<Grant, 'to' | 'on' | 'level'> & { readonly role?: string | undefined };
