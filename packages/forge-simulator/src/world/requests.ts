import type { PermissionLevel } from '@anyforge/core';
import type {
  Grant,
  Membership,
  Organization,
  Owner,
  Person,
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
  readonly organization: Organization;
  readonly slug: string;
  readonly name?: string;
  readonly description?: string | null;
  readonly parent?: Team | undefined;
  readonly members?: readonly Person[];
}

export interface NewRepository {
  readonly owner: Owner;
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
  Partial<Pick<Membership, 'role' | 'level' | 'state'>>;

export type GrantRequest = Pick<Grant, 'to' | 'on' | 'level'> & { readonly role?: string | undefined };
