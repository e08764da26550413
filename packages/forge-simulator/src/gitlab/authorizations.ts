import type { Access } from '../world/access.js';
import { accessOf, reachOf } from '../world/access.js';
import type { AccessRules } from '../world/access-rules.js';
import { Kept } from '../world/kept.js';
import type { Person, Repository } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';
import { accessLevelOf, gitlabRules, guestAccess } from './access-level.js';

/** Administrators reach everything, and are authorized where they are members only. */
const authorizationRules: AccessRules = { ...gitlabRules, administrators: 'nothing' };

/**
 * Who is authorized on which project at which level, through grants of every kind: what `min_access_level` and
 * `membership` look at.
 * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/lib/gitlab/project_authorizations.rb
 */
export class Authorizations {
  readonly #byPerson: Kept<Person, ReadonlyMap<Repository, number>>;

  constructor(readonly world: ReadableWorld) {
    this.#byPerson = new Kept(world);
  }

  /** All of a person's, worked out once. */
  of(person: Person): ReadonlyMap<Repository, number> {
    return this.#byPerson.get(person, () => {
      const levels = new Map<Repository, number>();
      for (const [repository, access] of reachOf(this.world, person, authorizationRules)) {
        const level = grantedLevel(access);
        if (level >= guestAccess) levels.set(repository, level);
      }
      return levels;
    });
  }

  /** A person's on one project, without working out all others; 0 where there is none. */
  levelOn(project: Repository, person: Person): number {
    const known = this.#byPerson.peek(person);
    if (known !== undefined) return known.get(project) ?? 0;
    const level = grantedLevel(accessOf(this.world, person, project, authorizationRules));
    return level >= guestAccess ? level : 0;
  }
}

/** The highest of what was granted; what everybody may do is not. */
function grantedLevel({ sources }: Access): number {
  return Math.max(0, ...sources.map((source) => (source.via === 'public' ? 0 : accessLevelOf(source))));
}
