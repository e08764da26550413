import type { PermissionLevel } from '@anyforge/core';
import { Catalog } from './catalog.js';
import { GrantBook } from './grant-book.js';
import { MemberBook } from './member-book.js';
import type { Grant, Membership, Organization, Owner, Person, Repository, Team } from './model.js';
import type {
  GrantRequest,
  MembershipRequest,
  NewOrganization,
  NewPerson,
  NewRepository,
  NewTeam,
} from './requests.js';
import { OrganizationRecord, PersonRecord, RepositoryRecord, TeamRecord } from './records.js';

/** Where the world's own calendar starts unless it is given a clock: every run then has the same dates. */
const firstDay = Date.UTC(2026, 0, 1);
const firstId = 1001;

/**
 * People, organizations, teams, repositories and grants, as no particular forge has them. Simulators show it through
 * their forge's protocol; tests change it while they run.
 */
export class World {
  readonly #now: () => Date;
  readonly #catalog = new Catalog();
  readonly #members = new MemberBook();
  readonly #grants = new GrantBook();
  #nextId = firstId;
  #revision = 0;

  constructor(options: { readonly now?: (() => Date) | undefined } = {}) {
    this.#now = options.now ?? calendar();
  }

  /** Grows with every change, so that whoever derives something from the world knows when it is stale. */
  get revision(): number {
    return this.#revision;
  }

  get people(): Iterable<Person> {
    return this.#catalog.people.values();
  }

  get organizations(): Iterable<Organization> {
    return this.#catalog.organizations.values();
  }

  get repositories(): Iterable<Repository> {
    return this.#catalog.repositories.values();
  }

  get repositoryCount(): number {
    return this.#catalog.repositories.size;
  }

  person(username: string): Person | undefined {
    const account = this.#catalog.account(username);
    return account?.type === 'person' ? account : undefined;
  }

  organization(path: string): Organization | undefined {
    const account = this.#catalog.account(path);
    return account?.type === 'organization' ? account : undefined;
  }

  organizationById(id: number): Organization | undefined {
    return this.#catalog.organizations.get(id);
  }

  repository(path: string): Repository | undefined {
    return this.#catalog.repository(path);
  }

  repositoryById(id: number): Repository | undefined {
    return this.#catalog.repositories.get(id);
  }

  /** The repository that had this path before it was renamed or transferred. */
  movedRepository(path: string): Repository | undefined {
    return this.#catalog.movedRepository(path);
  }

  repositoriesOf(owner: Owner): Iterable<Repository> {
    return this.#catalog.repositoriesOf(owner);
  }

  organizationsIn(parent: Organization): Iterable<Organization> {
    return this.#catalog.organizationsIn(parent);
  }

  teamsIn(organization: Organization): Iterable<Team> {
    return this.#catalog.teamsIn(organization);
  }

  subteamsOf(team: Team): Iterable<Team> {
    return this.#catalog.subteamsOf(team);
  }

  membersOf(organization: Organization): Iterable<Membership> {
    return this.#members.of(organization);
  }

  membershipsOf(person: Person): Iterable<Membership> {
    return this.#members.by(person);
  }

  membership(organization: Organization, person: Person): Membership | undefined {
    return this.#members.get(organization, person);
  }

  peopleIn(team: Team): Iterable<Person> {
    return this.#members.inTeam(team);
  }

  teamsOf(person: Person): Set<Team> {
    return this.#members.teamsOf(person);
  }

  grantsOn(target: Repository | Organization): Iterable<Grant> {
    return this.#grants.on(target);
  }

  grantsTo(subject: Person | Team | Organization): Iterable<Grant> {
    return this.#grants.to(subject);
  }

  addPerson(request: NewPerson): Person {
    const now = this.#touch();
    const { username, name = username, email = `${username}@example.com`, kind = 'human' } = request;
    const { suspended = false, administrator = false } = request;
    const id = this.#takeId();
    return this.#catalog.addPerson(
      new PersonRecord(id, username, name, email, kind, suspended, administrator, now, now),
    );
  }

  addOrganization(request: NewOrganization): Organization {
    const now = this.#touch();
    const { slug, parent, name = slug, description = null, basePermission = 'none' } = request;
    const organization = this.#catalog.addOrganization(
      new OrganizationRecord(this.#takeId(), slug, parent, name, description, basePermission, now, now),
    );
    for (const person of request.owners ?? []) this.setMember({ organization, person, role: 'owner' });
    for (const person of request.members ?? []) this.setMember({ organization, person });
    return organization;
  }

  addTeam(request: NewTeam): Team {
    this.#touch();
    const { organization, slug, name = slug, description = null, parent, members = [] } = request;
    const team = this.#catalog.addTeam(
      new TeamRecord(this.#takeId(), slug, name, description, organization, parent),
    );
    for (const person of members) this.#members.joinTeam(team, person);
    return team;
  }

  addRepository(request: NewRepository): Repository {
    const now = this.#touch();
    const { name, owner, description = null, visibility = 'private', archived = false } = request;
    const { empty = false, defaultBranch = 'main', forkOf, topics = [] } = request;
    return this.#catalog.addRepository(
      new RepositoryRecord(
        this.#takeId(),
        name,
        owner,
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
    const { organization, person, role = 'member', level = 'none', state = 'active' } = request;
    const membership: Membership = { organization, person, role, level, state };
    this.#members.set(membership);
    return membership;
  }

  removeMember(organization: Organization, person: Person): boolean {
    this.#touch();
    return this.#members.remove(organization, person);
  }

  joinTeam(team: Team, person: Person): void {
    this.#touch();
    this.#members.joinTeam(team, person);
  }

  leaveTeam(team: Team, person: Person): void {
    this.#touch();
    this.#members.leaveTeam(team, person);
  }

  /** Gives a level, in place of what the same subject had on the same target. */
  grant(request: GrantRequest): Grant {
    this.#touch();
    const grant: Grant = { to: request.to, on: request.on, level: request.level, role: request.role };
    this.#grants.add(grant);
    return grant;
  }

  revoke(to: Grant['to'], on: Grant['on']): boolean {
    this.#touch();
    return this.#grants.remove(to, on);
  }

  renameRepository(repository: Repository, name: string): void {
    this.#catalog.moveRepository(repository, repository.owner, name, this.#touch());
  }

  transferRepository(repository: Repository, owner: Owner): void {
    this.#catalog.moveRepository(repository, owner, repository.name, this.#touch());
  }

  /** Changes what a repository says of itself; its path changes by rename and transfer only. */
  updateRepository(
    repository: Repository,
    changes: Partial<Pick<Repository, 'description' | 'visibility' | 'archived' | 'empty' | 'defaultBranch'>>,
  ): void {
    Object.assign(this.#catalog.repositoryRecord(repository), changes, { updatedAt: this.#touch() });
  }

  deleteRepository(repository: Repository): void {
    this.#touch();
    this.#grants.forgetTarget(repository);
    this.#catalog.removeRepository(repository);
  }

  renamePerson(person: Person, username: string): void {
    this.#catalog.renamePerson(person, username, this.#touch());
  }

  renameOrganization(organization: Organization, slug: string): void {
    this.#catalog.renameOrganization(organization, slug, this.#touch());
  }

  setBasePermission(organization: Organization, level: PermissionLevel): void {
    this.#catalog.organizationRecord(organization).basePermission = level;
    this.#touch();
  }

  setSuspended(person: Person, suspended: boolean): void {
    this.#catalog.personRecord(person).suspended = suspended;
    this.#touch();
  }

  #touch(): Date {
    this.#revision += 1;
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
