import { Kept } from '../world/kept.js';
import type { Owner, Person, Repository } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';
import type { Owners } from './owners.js';
import type { GiteaTeams } from './teams.js';
import type { AccessMode, Unit } from './units.js';
import { modeOf, modes, repositoryUnits } from './units.js';

/** What somebody may do on a repository. */
export interface RepositoryPermission {
  /** Of the repository as a whole. What teams permit part by part is not in it. */
  readonly mode: AccessMode;
  /** Of the code. */
  readonly code: AccessMode;
  /** Whether anything of it may be seen. */
  readonly any: boolean;
}

const nothing: RepositoryPermission = { mode: modes.none, code: modes.none, any: false };

/**
 * Who may do what, worked out as Gitea does: through ownership, the record that it keeps of collaborators, and teams.
 * @see https://github.com/go-gitea/gitea/blob/v1.26.3/models/perm/access/repo_permission.go
 */
export class Permissions {
  readonly #collaborators: Kept<Repository, ReadonlyMap<Person, AccessMode>>;

  /**
   * @param closed whether nobody sees anything without signing in
   * @param recordsGrants whether the record that is kept of a collaborator is what they were granted
   */
  constructor(
    readonly world: ReadableWorld,
    readonly teams: GiteaTeams,
    readonly owners: Owners,
    readonly closed: boolean,
    readonly recordsGrants: boolean,
  ) {
    this.#collaborators = new Kept(world);
  }

  of(person: Person | undefined, repository: Repository): RepositoryPermission {
    const { owner } = repository;
    const isPrivate = repository.visibility === 'private';
    if (person === undefined) return isPrivate || !this.seesOwner(person, owner) ? nothing : same(modes.read);
    const collaborates = this.collaboratorsOf(repository).has(person);
    if (!this.seesOwner(person, owner) && !collaborates) return nothing;
    if (person.administrator || owner === person) return same(modes.owner);
    const kept = this.#keptMode(person, repository);
    if (owner.type === 'person') return same(kept);
    const least = isPrivate || person.external ? modes.none : modes.read;
    const mode = higher(kept, least);
    const held = this.teams.with(person).filter(({ repositories }) => repositories.has(repository));
    if (held.length === 0) return same(mode);
    if (held.some((team) => team.mode >= modes.admin)) return same(modes.owner);
    const own = collaborates ? mode : modes.none;
    const modeOfUnit = (unit: Unit): AccessMode =>
      held.reduce((highest, team) => higher(highest, team.units[unit]), higher(own, least));
    return {
      mode,
      // Whoever administers the repository may do so much with each part.
      code: mode >= modes.admin ? mode : modeOfUnit('repo.code'),
      any: mode >= modes.read || repositoryUnits.some((unit) => modeOfUnit(unit) >= modes.read),
    };
  }

  /** In the order in which they were added. An owner is none. */
  collaboratorsOf(repository: Repository): ReadonlyMap<Person, AccessMode> {
    return this.#collaborators.get(repository, () => {
      const collaborators = new Map<Person, AccessMode>();
      for (const { to, level } of this.world.grantsOn(repository))
        if (to.type === 'person' && to !== repository.owner) collaborators.set(to, modeOf(level));
      return collaborators;
    });
  }

  /**
   * Whether Gitea keeps a record of what somebody may do on a repository, as a collaborator or in a team that
   * administers it. Not every version does of those who may read what is open anyway.
   */
  hasRecord(person: Person, repository: Repository): boolean {
    return (this.#record(person, repository) ?? modes.none) !== modes.none;
  }

  seesOwner(person: Person | undefined, owner: Owner): boolean {
    const visibility = this.owners.visibilityOf(owner);
    if (person === undefined) return visibility === 'public';
    if (person.administrator || owner === person) return true;
    if (!this.closed && visibility === 'public') return true;
    if (visibility !== 'private' && !person.external) return true;
    return owner.type === 'organization' && this.teams.isMember(owner, person);
  }

  #keptMode(person: Person, repository: Repository): AccessMode {
    const record = this.#record(person, repository);
    if (record !== undefined) return record;
    const { owner, visibility } = repository;
    const isOpenToAll = !this.closed && this.owners.visibilityOf(owner) === 'public';
    return visibility !== 'private' && (!person.external || isOpenToAll) ? modes.read : modes.none;
  }

  /** Of external people who are in a team there is always one, and be it that they may do nothing. */
  #record(person: Person, repository: Repository): AccessMode | undefined {
    const held = this.teams.with(person).filter(({ repositories }) => repositories.has(repository));
    const granted = this.collaboratorsOf(repository).get(person);
    if (this.recordsGrants && granted !== undefined) return granted;
    const own = granted ?? modes.none;
    const record = held.reduce((highest, { mode }) => higher(highest, mode), own);
    if (person.external && held.length > 0) return record;
    const least = repository.visibility === 'private' ? modes.read : modes.write;
    return record >= least ? record : undefined;
  }
}

function same(mode: AccessMode): RepositoryPermission {
  return { mode, code: mode, any: mode >= modes.read };
}

function higher(left: AccessMode, right: AccessMode): AccessMode {
  return left >= right ? left : right;
}
