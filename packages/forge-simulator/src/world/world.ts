import type { PermissionLevel } from '@anyforge/core';
import type { Grant, Membership, Organization, Owner, Person, Project, Repository, Team } from './model.js';
import { ReadableWorld } from './readable-world.js';
import { OrganizationRecord, PersonRecord, RepositoryRecord, TeamRecord } from './records.js';
import type {
  GrantRequest,
  MembershipRequest,
  NewOrganization,
  NewPerson,
  NewProject,
  NewRepository,
  NewTeam,
} from './requests.js';

/** Where the world's own calendar starts unless it is given a clock: every run then has the same dates. */
const firstDay = Date.UTC(2026, 0, 1);
const firstId = 1001;

/**
 * People, organizations, teams, repositories and grants, as no particular forge has them. Simulators show it through
 * their forge's protocol; tests change it while they run.
 */
export class World extends ReadableWorld {
  readonly #now: () => Date;
  #nextId = firstId;

  constructor(options: { readonly now?: (() => Date) | undefined } = {}) {
    super();
    this.#now = options.now ?? calendar();
  }

  addPerson(request: NewPerson): Person {
    const now = this.#touch();
    const { username, name = username, email = `${username}@example.com`, kind = 'human' } = request;
    const { suspended = false, external = false, administrator = false } = request;
    const id = this.#takeId();
    return this.catalog.addPerson(
      new PersonRecord(id, username, name, email, kind, suspended, external, administrator, now, now),
    );
  }

  addOrganization(request: NewOrganization): Organization {
    const now = this.#touch();
    const { slug, parent, name = slug, description = null, basePermission = 'none' } = request;
    const organization = this.catalog.addOrganization(
      new OrganizationRecord(this.#takeId(), slug, parent, name, description, basePermission, now, now),
    );
    for (const person of request.owners ?? []) this.setMember({ organization, person, role: 'owner' });
    for (const person of request.members ?? []) this.setMember({ organization, person });
    return organization;
  }

  addTeam(request: NewTeam): Team {
    this.#touch();
    const { organization, slug, name = slug, description = null, parent, members = [] } = request;
    const team = this.catalog.addTeam(
      new TeamRecord(this.#takeId(), slug, name, description, organization, parent),
    );
    for (const person of members) this.joinTeam(team, person);
    return team;
  }

  addProject(request: NewProject): Project {
    this.#touch();
    const { organization, key, name = key, description = null } = request;
    return this.catalog.addProject({
      type: 'project',
      id: this.#takeId(),
      key,
      name,
      description,
      organization,
    });
  }

  addRepository(request: NewRepository): Repository {
    const now = this.#touch();
    const { name, owner, description = null, visibility = 'private', archived = false } = request;
    const { project, empty = false, defaultBranch = 'main', forkOf, topics = [] } = request;
    return this.catalog.addRepository(
      new RepositoryRecord(
        this.#takeId(),
        name,
        owner,
        project,
        description,
        visibility,
        archived,
        empty,
        defaultBranch,
        forkOf,
        topics,
        now,
        now,
        now,
      ),
    );
  }

  /** Adds somebody to an organization, or changes the membership there. */
  setMember(request: MembershipRequest): Membership {
    this.#touch();
    const { organization, person, role = 'member', level = 'none', roleName, state = 'active' } = request;
    const membership: Membership = { organization, person, role, level, roleName, state };
    this.members.set(membership);
    return membership;
  }

  /** Somebody who leaves an organization leaves its teams. */
  removeMember(organization: Organization, person: Person): boolean {
    this.#touch();
    return this.members.remove(organization, person);
  }

  /** Somebody who joins an organization's team becomes its member. */
  joinTeam(team: Team, person: Person): void {
    this.#touch();
    const { organization } = team;
    if (organization !== undefined && this.membership(organization, person) === undefined)
      this.setMember({ organization, person });
    this.members.joinTeam(team, person);
  }

  leaveTeam(team: Team, person: Person): void {
    this.#touch();
    this.members.leaveTeam(team, person);
  }

  /**
   * Gives a level, in place of what the same subject had on the same target.
   * @throws Error for a person and an organization: that is `setMember`
   */
  grant(request: GrantRequest): Grant {
    if (request.to.type === 'person' && request.on.type === 'organization')
      throw new Error(`What '${request.to.path}' has in '${request.on.path}' is a membership's level`);
    this.#touch();
    const grant: Grant = { to: request.to, on: request.on, level: request.level, role: request.role };
    this.grantBook.add(grant);
    return grant;
  }

  revoke(to: Grant['to'], on: Grant['on']): boolean {
    this.#touch();
    return this.grantBook.remove(to, on);
  }

  renameRepository(repository: Repository, name: string): void {
    this.catalog.moveRepository(repository, repository.owner, name, this.#touch());
  }

  /**
   * Gives a repository to somebody else. The former organization's teams lose what they had on it; a person who owned
   * it stays as a collaborator.
   * @see https://docs.github.com/en/repositories/creating-and-managing-repositories/transferring-a-repository
   */
  transferRepository(repository: Repository, owner: Owner): void {
    const former = repository.owner;
    this.catalog.moveRepository(repository, owner, repository.name, this.#touch());
    if (former === owner) return;
    if (former.type === 'person') this.grant({ to: former, on: repository, level: 'write' });
    for (const { to } of [...this.grantsOn(repository)])
      if (to.type === 'team' && to.organization === former) this.revoke(to, repository);
  }

  /** @throws Error when the project is not one of the repository's owner */
  setProject(repository: Repository, project: Project | undefined): void {
    this.#touch();
    this.catalog.setProject(repository, project);
  }

  /** Changes what a repository says of itself; its path changes by rename and transfer only. */
  updateRepository(
    repository: Repository,
    changes: Partial<Pick<Repository, 'description' | 'visibility' | 'archived' | 'empty' | 'defaultBranch'>>,
  ): void {
    Object.assign(this.catalog.repositoryRecord(repository), changes, { updatedAt: this.#touch() });
  }

  deleteRepository(repository: Repository): void {
    this.#touch();
    this.grantBook.forgetTarget(repository);
    this.catalog.removeRepository(repository);
  }

  renamePerson(person: Person, username: string): void {
    this.catalog.renamePerson(person, username, this.#touch());
  }

  renameOrganization(organization: Organization, slug: string): void {
    this.catalog.renameOrganization(organization, slug, this.#touch());
  }

  setBasePermission(organization: Organization, level: PermissionLevel): void {
    this.catalog.organizationRecord(organization).basePermission = level;
    this.#touch();
  }

  setSuspended(person: Person, suspended: boolean): void {
    this.catalog.personRecord(person).suspended = suspended;
    this.#touch();
  }

  #touch(): Date {
    this.changes += 1;
    return this.#now();
  }

  #takeId(): number {
    return this.#nextId++;
  }
}

export function createWorld(options: { readonly now?: (() => Date) | undefined } = {}): World {
  return new World(options);
}

/** One second passes with every change. */
function calendar(): () => Date {
  let time = firstDay;
  return () => new Date((time += 1000));
}
