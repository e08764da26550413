import { Catalog } from './catalog.js';
import { GrantBook } from './grant-book.js';
import { MemberBook } from './member-book.js';
import type {
  Grant,
  GrantSubject,
  GrantTarget,
  Membership,
  Organization,
  Owner,
  Person,
  Project,
  Repository,
  Team,
} from './model.js';

/** What there is to know about a world, for those who only look at it. */
export class ReadableWorld {
  protected readonly catalog = new Catalog();
  protected readonly members = new MemberBook();
  protected readonly grantBook = new GrantBook();
  protected changes = 0;

  /** Grows with every change, so that whoever derives something from the world knows when it is stale. */
  get revision(): number {
    return this.changes;
  }

  get people(): Iterable<Person> {
    return this.catalog.people.values();
  }

  get organizations(): Iterable<Organization> {
    return this.catalog.organizations.values();
  }

  get repositories(): Iterable<Repository> {
    return this.catalog.repositories.values();
  }

  get repositoryCount(): number {
    return this.catalog.repositories.size;
  }

  person(username: string): Person | undefined {
    const account = this.catalog.account(username);
    return account?.type === 'person' ? account : undefined;
  }

  organization(path: string): Organization | undefined {
    const account = this.catalog.account(path);
    return account?.type === 'organization' ? account : undefined;
  }

  /** The person or organization that had this path before it was renamed. */
  movedAccount(path: string): Owner | undefined {
    return this.catalog.movedAccount(path);
  }

  personById(id: number): Person | undefined {
    return this.catalog.people.get(id);
  }

  organizationById(id: number): Organization | undefined {
    return this.catalog.organizations.get(id);
  }

  repository(path: string): Repository | undefined {
    return this.catalog.repository(path);
  }

  repositoryById(id: number): Repository | undefined {
    return this.catalog.repositories.get(id);
  }

  /** The repository that had this path before it was renamed or transferred. */
  movedRepository(path: string): Repository | undefined {
    return this.catalog.movedRepository(path);
  }

  repositoriesOf(owner: Owner): Iterable<Repository> {
    return this.catalog.repositoriesOf(owner);
  }

  organizationsIn(parent: Organization): Iterable<Organization> {
    return this.catalog.organizationsIn(parent);
  }

  /** An organization's teams; without one, the groups of the whole forge. */
  teamsIn(organization: Organization | undefined): Iterable<Team> {
    return this.catalog.teamsIn(organization);
  }

  projectsIn(organization: Organization): Iterable<Project> {
    return this.catalog.projectsIn(organization);
  }

  repositoriesInProject(project: Project): Iterable<Repository> {
    return this.catalog.repositoriesInProject(project);
  }

  subteamsOf(team: Team): Iterable<Team> {
    return this.catalog.subteamsOf(team);
  }

  membersOf(organization: Organization): Iterable<Membership> {
    return this.members.of(organization);
  }

  membershipsOf(person: Person): Iterable<Membership> {
    return this.members.by(person);
  }

  membership(organization: Organization, person: Person): Membership | undefined {
    return this.members.get(organization, person);
  }

  peopleIn(team: Team): Iterable<Person> {
    return this.members.inTeam(team);
  }

  teamsOf(person: Person): Set<Team> {
    return this.members.teamsOf(person);
  }

  get grants(): Iterable<Grant> {
    return this.grantBook.all;
  }

  grantsOn(target: GrantTarget): Iterable<Grant> {
    return this.grantBook.on(target);
  }

  grantsTo(subject: GrantSubject): Iterable<Grant> {
    return this.grantBook.to(subject);
  }
}
