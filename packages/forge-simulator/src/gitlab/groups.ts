import { lineage } from '../world/lineage.js';
import { Kept } from '../world/kept.js';
import type { Organization, Person, Visibility } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';
import type { Authorizations } from './authorizations.js';
import { memberOfGroup } from './memberships.js';

const openness: readonly Visibility[] = ['private', 'internal', 'public'];

/** What the world says of groups beside their members, worked out once and kept while it stands. */
export class Groups {
  readonly #authorized: Kept<Person, ReadonlySet<Organization>>;
  readonly #visibilities: Kept<'all', ReadonlyMap<Organization, Visibility>>;

  constructor(
    readonly world: ReadableWorld,
    readonly authorizations: Authorizations,
  ) {
    this.#authorized = new Kept(world);
    this.#visibilities = new Kept(world);
  }

  /** As open as its most open project, at or below it: GitLab allows no less, and the world does not say. */
  visibilityOf(group: Organization): Visibility {
    return this.#visibilities.get('all', () => visibilitiesIn(this.world)).get(group) ?? 'private';
  }

  /**
   * The groups that a person has to do with: those they belong to, directly or through an invitation, with all below,
   * and those above and around projects that they are authorized on.
   */
  authorizedFor(person: Person): ReadonlySet<Organization> {
    return this.#authorized.get(person, () => {
      const found = new Set<Organization>();
      for (const group of this.#memberGroups(person)) {
        this.#addWithin(group, found);
        for (const each of lineage(group)) found.add(each);
      }
      for (const { owner } of this.authorizations.of(person).keys())
        if (owner.type === 'organization') for (const each of lineage(owner)) found.add(each);
      return found;
    });
  }

  /** The groups in which a person has this level at least as a member of their own, and all within. */
  withLevel(person: Person, accessLevel: number): ReadonlySet<Organization> {
    const found = new Set<Organization>();
    for (const { organization } of this.world.membershipsOf(person)) {
      const own = memberOfGroup(this.world, organization, person);
      if (own !== undefined && own.accessLevel >= accessLevel) this.#addWithin(organization, found);
    }
    return found;
  }

  *#memberGroups(person: Person): Generator<Organization> {
    for (const { organization, state } of this.world.membershipsOf(person)) {
      if (state !== 'active') continue;
      yield organization;
      for (const { on } of this.world.grantsTo(organization)) if (on.type === 'organization') yield on;
    }
  }

  #addWithin(group: Organization, found: Set<Organization>): void {
    found.add(group);
    for (const child of this.world.organizationsIn(group)) this.#addWithin(child, found);
  }
}

function visibilitiesIn(world: ReadableWorld): ReadonlyMap<Organization, Visibility> {
  const visibilities = new Map<Organization, Visibility>();
  for (const { owner, visibility } of world.repositories) {
    if (visibility === 'private' || owner.type !== 'organization') continue;
    for (const each of lineage(owner)) {
      const known = visibilities.get(each) ?? 'private';
      if (openness.indexOf(visibility) > openness.indexOf(known)) visibilities.set(each, visibility);
    }
  }
  return visibilities;
}
