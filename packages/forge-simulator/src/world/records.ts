import type { PermissionLevel } from '@anyforge/core';
import type { Organization, Owner, Person, Project, Repository, Team, Visibility } from './model.js';

/** The entities as the world keeps them: outside they are read-only, only `World` writes them. */
export class PersonRecord implements Person {
  readonly type = 'person';
  constructor(
    readonly id: number,
    public username: string,
    public name: string | null,
    public email: string | null,
    readonly kind: 'human' | 'bot',
    public suspended: boolean,
    public external: boolean,
    public administrator: boolean,
    readonly createdAt: Date,
    public updatedAt: Date,
  ) {}
  get path(): string {
    return this.username;
  }
}

export class OrganizationRecord implements Organization {
  readonly type = 'organization';
  constructor(
    readonly id: number,
    public slug: string,
    readonly parent: Organization | undefined,
    public name: string,
    public description: string | null,
    public basePermission: PermissionLevel,
    readonly createdAt: Date,
    public updatedAt: Date,
  ) {}
  get path(): string {
    return this.parent === undefined ? this.slug : `${this.parent.path}/${this.slug}`;
  }
}

export class TeamRecord implements Team {
  readonly type = 'team';
  constructor(
    readonly id: number,
    readonly slug: string,
    readonly name: string,
    readonly description: string | null,
    readonly organization: Organization | undefined,
    readonly parent: Team | undefined,
  ) {}
}

export class RepositoryRecord implements Repository {
  readonly type = 'repository';
  constructor(
    readonly id: number,
    public name: string,
    public owner: Owner,
    public project: Project | undefined,
    public description: string | null,
    public visibility: Visibility,
    public archived: boolean,
    public empty: boolean,
    public defaultBranch: string,
    public forkOf: Repository | undefined,
    readonly topics: readonly string[],
    readonly createdAt: Date,
    public updatedAt: Date,
    public pushedAt: Date,
  ) {}
  get path(): string {
    return `${this.owner.path}/${this.name}`;
  }
}
