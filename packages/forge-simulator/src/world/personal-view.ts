import type { AccessRules, Standing } from './access-rules.js';
import { compareStandings } from './access-rules.js';
import { lineage } from './lineage.js';
import type { Grant, Membership, Organization, Person, Repository, Team } from './model.js';
import { everybody } from './model.js';
import type { ReadableWorld } from './readable-world.js';

/** One way in which a person reaches a repository. */
export interface AccessSource extends Standing {
  /** `public`: no grant to this person: everybody has it who may see the repository, or who administers the forge. */
  readonly via: 'direct' | 'group' | 'inherited' | 'shared' | 'public';
}

/** One person's sources, remembering what an organization gives so that thousands of repositories are cheap. */
export class PersonalView {
  readonly #memberships = new Map<Organization, Membership>();
  readonly #teams: ReadonlySet<Team>;
  readonly #fromOrganizations = new Map<Organization, readonly AccessSource[]>();

  constructor(
    readonly world: ReadableWorld,
    readonly person: Person,
    readonly rules: AccessRules,
  ) {
    for (const membership of world.membershipsOf(person))
      if (membership.state === 'active') this.#memberships.set(membership.organization, membership);
    // Whoever is only invited to an organization is only invited to its teams.
    this.#teams = new Set(
      [...world.teamsOf(person)].filter(
        ({ organization }) => organization === undefined || this.#memberships.has(organization),
      ),
    );
  }

  sources(repository: Repository): readonly AccessSource[] {
    if (this.person.suspended) return [];
    const { owner, project, visibility } = repository;
    const sources: AccessSource[] = [];
    if (owner === this.person) sources.push({ via: 'direct', level: 'admin' });
    if (this.#administers()) sources.push({ via: 'inherited', level: 'admin' });
    if (this.#administers('unlisted')) sources.push({ via: 'public', level: 'admin' });
    sources.push(...this.#fromGrants(repository));
    if (project !== undefined) sources.push(...this.#fromGrants(project));
    if (owner.type === 'organization') sources.push(...this.#fromOrganization(owner));
    if (this.#readsAsMember(repository)) sources.push({ via: 'inherited', level: 'read' });
    if (visibility === 'public') sources.push({ via: 'public', level: 'read' });
    const internal = visibility === 'internal' ? this.#internal(owner) : undefined;
    if (internal !== undefined) sources.push(internal);
    return sources;
  }

  /** Every repository that this person may turn out to reach, some of them more than once. */
  *candidates(): Generator<Repository> {
    if (this.#administers()) yield* this.world.repositories;
    yield* this.world.repositoriesOf(this.person);
    const organizations = new Set<Organization>();
    for (const subject of [this.person, everybody, ...this.#teams, ...this.#memberships.keys()])
      for (const { on } of this.world.grantsTo(subject))
        if (on.type === 'organization') this.#addBelow(on, organizations);
        else yield* this.#repositoriesOn(on);
    for (const organization of this.#memberships.keys()) this.#addBelow(organization, organizations);
    for (const organization of organizations) {
      yield* this.world.repositoriesOf(organization);
      for (const { on } of this.world.grantsTo(organization))
        if (on.type !== 'organization') yield* this.#repositoriesOn(on);
    }
  }

  *#repositoriesOn(target: Exclude<Grant['on'], Organization>): Generator<Repository> {
    if (target.type === 'repository') yield target;
    else yield* this.world.repositoriesInProject(target);
  }

  #addBelow(organization: Organization, found: Set<Organization>): void {
    found.add(organization);
    for (const child of this.world.organizationsIn(organization)) this.#addBelow(child, found);
  }

  #administers(rule: AccessRules['administrators'] = 'everything'): boolean {
    return this.person.administrator && this.rules.administrators === rule;
  }

  #readsAsMember({ owner, visibility }: Repository): boolean {
    if (this.rules.membersReadOpen !== true || visibility === 'private') return false;
    return this.#belongsTo(owner) && (visibility === 'public' || !this.person.external);
  }

  #internal(owner: Repository['owner']): AccessSource | undefined {
    if (this.rules.internal === 'signed-in')
      return this.person.external ? undefined : { via: 'public', level: 'read' };
    if (this.#memberships.size === 0) return undefined;
    return { via: this.#belongsTo(owner) ? 'inherited' : 'public', level: 'read' };
  }

  #belongsTo(owner: Repository['owner']): boolean {
    if (owner.type === 'person') return false;
    for (const each of lineage(owner)) if (this.#memberships.has(each)) return true;
    return false;
  }

  #fromOrganization(organization: Organization): readonly AccessSource[] {
    const known = this.#fromOrganizations.get(organization);
    if (known !== undefined) return known;
    const sources: AccessSource[] = [];
    for (const each of lineage(organization)) {
      const standing = this.#memberStanding(each);
      if (standing !== undefined) sources.push({ via: 'inherited', ...standing });
      sources.push(...this.#fromGrants(each));
    }
    this.#fromOrganizations.set(organization, sources);
    return sources;
  }

  *#fromGrants(on: Grant['on']): Generator<AccessSource> {
    for (const { to, level, role } of this.world.grantsOn(on)) {
      if (to.type === 'organization') {
        const own = this.#passedOn(to, on);
        if (own !== undefined) yield { via: 'shared', ...this.#lower({ level, role }, own) };
      } else if (to === this.person)
        yield { via: on.type === 'repository' ? 'direct' : 'inherited', level, role };
      else if (to.type === 'everybody' || (to.type === 'team' && this.#teams.has(to)))
        yield { via: 'group', level, role };
    }
  }

  /**
   * What a share passes on to this person at most. A share of an organization passes on what the other organization's
   * own members have; a share of anything else passes on what anybody has there, by a share of its own as well.
   * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/lib/gitlab/project_authorizations.rb
   */
  #passedOn(to: Organization, on: Grant['on']): Standing | undefined {
    if (on.type === 'organization') return this.#memberStanding(to);
    let highest: Standing | undefined;
    for (const { level, role } of this.#fromOrganization(to))
      if (highest === undefined || compareStandings(this.rules, { level, role }, highest) > 0)
        highest = { level, role };
    return highest;
  }

  #memberStanding(organization: Organization): Standing | undefined {
    const membership = this.#memberships.get(organization);
    if (membership === undefined) return undefined;
    if (membership.role === 'owner') return { level: 'admin' };
    const { level, roleName: role } = membership;
    return this.#higher({ level, role }, { level: organization.basePermission });
  }

  #lower(left: Standing, right: Standing): Standing {
    return compareStandings(this.rules, left, right) < 0 ? left : right;
  }

  /** The first of two that are equal. */
  #higher(left: Standing, right: Standing): Standing {
    return compareStandings(this.rules, left, right) >= 0 ? left : right;
  }
}
