import type { Organization, Owner, Person, Project, Repository, Team } from './model.js';
import { MultiMap } from './multi-map.js';
import type { OrganizationRecord, PersonRecord, RepositoryRecord, TeamRecord } from './records.js';

/** What there is, by id and by path. Paths are unique whatever their case, as on the forges. */
export class Catalog {
  readonly people = new Map<number, PersonRecord>();
  readonly organizations = new Map<number, OrganizationRecord>();
  readonly repositories = new Map<number, RepositoryRecord>();
  readonly #accounts = new Map<string, PersonRecord | OrganizationRecord>();
  readonly #movedAccounts = new Map<string, PersonRecord | OrganizationRecord>();
  readonly #repositoriesByPath = new Map<string, RepositoryRecord>();
  readonly #moved = new Map<string, RepositoryRecord>();
  readonly #repositoriesByOwner = new MultiMap<number, RepositoryRecord>();
  readonly #organizationsByParent = new MultiMap<number, OrganizationRecord>();
  readonly #teams = new MultiMap<number | undefined, TeamRecord>();
  readonly #subteams = new MultiMap<number, TeamRecord>();
  readonly #projects = new MultiMap<number, Project>();
  readonly #repositoriesByProject = new MultiMap<number, RepositoryRecord>();

  account(path: string): PersonRecord | OrganizationRecord | undefined {
    return this.#accounts.get(normalize(path));
  }

  movedAccount(path: string): PersonRecord | OrganizationRecord | undefined {
    return this.#movedAccounts.get(normalize(path));
  }

  repository(path: string): RepositoryRecord | undefined {
    return this.#repositoriesByPath.get(normalize(path));
  }

  movedRepository(path: string): RepositoryRecord | undefined {
    return this.#moved.get(normalize(path));
  }

  repositoriesOf(owner: Owner): Iterable<Repository> {
    return this.#repositoriesByOwner.get(owner.id);
  }

  organizationsIn(parent: Organization): Iterable<Organization> {
    return this.#organizationsByParent.get(parent.id);
  }

  teamsIn(organization: Organization | undefined): Iterable<Team> {
    return this.#teams.get(organization?.id);
  }

  projectsIn(organization: Organization): Iterable<Project> {
    return this.#projects.get(organization.id);
  }

  repositoriesInProject(project: Project): Iterable<Repository> {
    return this.#repositoriesByProject.get(project.id);
  }

  subteamsOf(team: Team): Iterable<Team> {
    return this.#subteams.get(team.id);
  }

  addPerson(person: PersonRecord): PersonRecord {
    this.#claimAccount(person);
    this.people.set(person.id, person);
    return person;
  }

  addOrganization(organization: OrganizationRecord): OrganizationRecord {
    this.#claimAccount(organization);
    this.organizations.set(organization.id, organization);
    if (organization.parent !== undefined)
      this.#organizationsByParent.add(organization.parent.id, organization);
    return organization;
  }

  addTeam(team: TeamRecord): TeamRecord {
    this.#teams.add(team.organization?.id, team);
    if (team.parent !== undefined) this.#subteams.add(team.parent.id, team);
    return team;
  }

  addProject(project: Project): Project {
    for (const { key } of this.#projects.get(project.organization.id))
      if (normalize(key) === normalize(project.key))
        throw new Error(`'${project.organization.path}' already has a project '${key}'`);
    this.#projects.add(project.organization.id, project);
    return project;
  }

  addRepository(repository: RepositoryRecord): RepositoryRecord {
    mustBelong(repository, repository.project);
    this.#claimRepository(repository);
    this.repositories.set(repository.id, repository);
    this.#repositoriesByOwner.add(repository.owner.id, repository);
    this.#joinProject(repository, repository.project);
    return repository;
  }

  /** @throws Error when the project belongs to another organization */
  setProject(repository: Repository, project: Project | undefined): void {
    const record = this.repositoryRecord(repository);
    mustBelong(record, project);
    this.#leaveProject(record);
    this.#joinProject(record, project);
  }

  removeRepository(repository: Repository): void {
    const record = this.repositoryRecord(repository);
    this.repositories.delete(record.id);
    this.#repositoriesByPath.delete(normalize(record.path));
    this.#repositoriesByOwner.remove(record.owner.id, record);
    this.#leaveProject(record);
    for (const [path, moved] of this.#moved) if (moved === record) this.#moved.delete(path);
    for (const other of this.repositories.values()) if (other.forkOf === record) other.forkOf = undefined;
  }

  moveRepository(repository: Repository, owner: Owner, name: string, now: Date): void {
    const record = this.repositoryRecord(repository);
    this.#mustBeFree(this.#repositoriesByPath, `${owner.path}/${name}`, record);
    this.#leavePath(record);
    this.#repositoriesByOwner.remove(record.owner.id, record);
    if (record.project?.organization !== owner) this.#leaveProject(record);
    record.owner = owner;
    record.name = name;
    record.updatedAt = now;
    this.#repositoriesByOwner.add(owner.id, record);
    this.#claimRepository(record);
  }

  renamePerson(person: Person, username: string, now: Date): void {
    const record = this.personRecord(person);
    this.#relocate(record, username, () => {
      record.username = username;
      record.updatedAt = now;
    });
  }

  renameOrganization(organization: Organization, slug: string, now: Date): void {
    const record = this.organizationRecord(organization);
    const path = record.parent === undefined ? slug : `${record.parent.path}/${slug}`;
    this.#relocate(record, path, () => {
      record.slug = slug;
      record.updatedAt = now;
    });
  }

  personRecord(person: Person): PersonRecord {
    return known(this.people.get(person.id), person.path);
  }

  organizationRecord(organization: Organization): OrganizationRecord {
    return known(this.organizations.get(organization.id), organization.path);
  }

  repositoryRecord(repository: Repository): RepositoryRecord {
    return known(this.repositories.get(repository.id), repository.path);
  }

  /** Moves an account and everything below it to a new path. */
  #relocate(account: PersonRecord | OrganizationRecord, path: string, change: () => void): void {
    this.#mustBeFree(this.#accounts, path, account);
    const accounts = [...this.#accountsBelow(account)];
    const repositories = accounts.flatMap((each) => [...this.#repositoriesByOwner.get(each.id)]);
    for (const each of accounts) this.#leaveAccount(each);
    for (const repository of repositories) this.#leavePath(repository);
    change();
    for (const each of accounts) this.#claimAccount(each);
    for (const repository of repositories) this.#claimRepository(repository);
  }

  *#accountsBelow(account: PersonRecord | OrganizationRecord): Generator<PersonRecord | OrganizationRecord> {
    yield account;
    for (const child of this.#organizationsByParent.get(account.id)) yield* this.#accountsBelow(child);
  }

  #leaveAccount(account: PersonRecord | OrganizationRecord): void {
    const path = normalize(account.path);
    this.#accounts.delete(path);
    this.#movedAccounts.set(path, account);
  }

  #leavePath(repository: RepositoryRecord): void {
    const path = normalize(repository.path);
    this.#repositoriesByPath.delete(path);
    this.#moved.set(path, repository);
  }

  #claimRepository(repository: RepositoryRecord): void {
    const path = normalize(repository.path);
    this.#mustBeFree(this.#repositoriesByPath, path);
    this.#moved.delete(path);
    this.#repositoriesByPath.set(path, repository);
  }

  #claimAccount(account: PersonRecord | OrganizationRecord): void {
    this.#mustBeFree(this.#accounts, account.path);
    this.#movedAccounts.delete(normalize(account.path));
    this.#accounts.set(normalize(account.path), account);
  }

  #joinProject(record: RepositoryRecord, project: Project | undefined): void {
    record.project = project;
    if (project !== undefined) this.#repositoriesByProject.add(project.id, record);
  }

  #leaveProject(record: RepositoryRecord): void {
    if (record.project !== undefined) this.#repositoriesByProject.remove(record.project.id, record);
    record.project = undefined;
  }

  /** `self` may take the path it has, in another case. */
  #mustBeFree(
    taken: ReadonlyMap<string, { readonly id: number }>,
    path: string,
    self?: { readonly id: number },
  ): void {
    const holder = taken.get(normalize(path));
    if (holder !== undefined && holder !== self) throw new Error(`'${path}' already exists in this world`);
  }
}

function normalize(path: string): string {
  return path.toLowerCase();
}

function mustBelong({ owner, path }: Repository, project: Project | undefined): void {
  if (project !== undefined && project.organization !== owner)
    throw new Error(`'${path}' cannot be in a project of '${project.organization.path}'`);
}

function known<Value>(record: Value | undefined, path: string): Value {
  if (record === undefined) throw new Error(`'${path}' is not in this world`);
  return record;
}
