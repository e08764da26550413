import type { Organization, Person, Repository, Visibility } from '../world/model.js';
import type { World } from '../world/world.js';
import { guestAccess, reporterAccess } from './access-level.js';
import type { Authorizations } from './authorizations.js';
import type { Groups } from './groups.js';
import type { GitlabToken, GitlabTokens } from './tokens.js';

/** What a simulated GitLab consists of, apart from the connection. */
export interface GitlabState {
  readonly world: World;
  readonly tokens: GitlabTokens;
  readonly authorizations: Authorizations;
  readonly groups: Groups;
}

const nothing: ReadonlyMap<Repository, number> = new Map();

/** GitLab as one person sees it; without one, as anybody does. */
export class Viewer {
  readonly person: Person | undefined;

  constructor(
    readonly state: GitlabState,
    readonly token: GitlabToken | undefined,
  ) {
    this.person = token?.person;
  }

  /** The projects that this person is authorized on, with the level. */
  get authorized(): ReadonlyMap<Repository, number> {
    return this.person === undefined ? nothing : this.state.authorizations.of(this.person);
  }

  get administers(): boolean {
    return this.person?.administrator === true;
  }

  levelOn(project: Repository): number {
    return this.person === undefined ? 0 : this.state.authorizations.levelOn(project, this.person);
  }

  sees(project: Repository): boolean {
    return this.administers || this.#isOpen(project.visibility) || this.levelOn(project) >= guestAccess;
  }

  /** Those of many projects that this person sees: every authorization is worked out at once, not one by one. */
  seenAmong(projects: Iterable<Repository>): readonly Repository[] {
    const { authorized } = this;
    return [...projects].filter((project) => authorized.has(project) || this.sees(project));
  }

  /** Guests see a private project without its code. */
  readsCode(project: Repository): boolean {
    return this.administers || this.#isOpen(project.visibility) || this.levelOn(project) >= reporterAccess;
  }

  seesGroup(group: Organization): boolean {
    const { groups } = this.state;
    if (this.administers || this.#isOpen(groups.visibilityOf(group))) return true;
    return this.person !== undefined && groups.authorizedFor(this.person).has(group);
  }

  /** Whether everybody like this may see what has this visibility. */
  #isOpen(visibility: Visibility): boolean {
    if (visibility === 'public') return true;
    return visibility === 'internal' && this.person !== undefined && !this.person.external;
  }
}
