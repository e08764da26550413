import type { Membership, Organization, Person, Team } from './model.js';
import { MultiMap } from './multi-map.js';

/** Who belongs to which organization and team. */
export class MemberBook {
  readonly #byOrganization = new Map<number, Map<number, Membership>>();
  readonly #byPerson = new Map<number, Map<number, Membership>>();
  readonly #teamMembers = new MultiMap<number, Person>();
  readonly #teams = new MultiMap<number, Team>();

  set(membership: Membership): void {
    const { organization, person } = membership;
    inner(this.#byOrganization, organization.id).set(person.id, membership);
    inner(this.#byPerson, person.id).set(organization.id, membership);
  }

  /** Ends a membership and those of the organization's teams. */
  remove(organization: Organization, person: Person): boolean {
    for (const team of [...this.#teams.get(person.id)])
      if (team.organization === organization) this.leaveTeam(team, person);
    this.#byPerson.get(person.id)?.delete(organization.id);
    return this.#byOrganization.get(organization.id)?.delete(person.id) ?? false;
  }

  /** This person's own membership of this organization, not of its ancestors. */
  get(organization: Organization, person: Person): Membership | undefined {
    return this.#byOrganization.get(organization.id)?.get(person.id);
  }

  of(organization: Organization): Iterable<Membership> {
    return this.#byOrganization.get(organization.id)?.values() ?? [];
  }

  by(person: Person): Iterable<Membership> {
    return this.#byPerson.get(person.id)?.values() ?? [];
  }

  joinTeam(team: Team, person: Person): void {
    this.#teamMembers.add(team.id, person);
    this.#teams.add(person.id, team);
  }

  leaveTeam(team: Team, person: Person): void {
    this.#teamMembers.remove(team.id, person);
    this.#teams.remove(person.id, team);
  }

  /** The members that joined this very team. */
  inTeam(team: Team): Iterable<Person> {
    return this.#teamMembers.get(team.id);
  }

  /** Every team this person counts as a member of: those joined, and their ancestors. */
  teamsOf(person: Person): Set<Team> {
    const teams = new Set<Team>();
    for (const joined of this.#teams.get(person.id)) {
      for (let team: Team | undefined = joined; team !== undefined; team = team.parent) teams.add(team);
    }
    return teams;
  }
}

function inner<Value>(outer: Map<number, Map<number, Value>>, key: number): Map<number, Value> {
  const existing = outer.get(key);
  if (existing !== undefined) return existing;
  const created = new Map<number, Value>();
  outer.set(key, created);
  return created;
}
