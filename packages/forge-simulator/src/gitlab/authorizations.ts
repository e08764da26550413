import type { Access } from '../world/access.js';
import { reachOf } from '../world/access.js';
import type { AccessRules } from '../world/access-rules.js';
import type { Person, Repository } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';
import { accessLevelOf, gitlabRules, guestAccess } from './access-level.js';

/** Administrators reach everything, and are authorized where they are members only. */
const authorizationRules: AccessRules = { ...gitlabRules, administrators: 'nothing' };

/**
 * Who is authorized on which project at which level, through grants of every kind: what `min_access_level` and
 * `membership` look at. A person's are worked out once and kept while the world stands.
 * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/lib/gitlab/project_authorizations.rb
 */
export class Authorizations {
  readonly #kept = new Map<number, ReadonlyMap<Repository, number>>();
  #revision: number | undefined;

  constructor(readonly world: ReadableWorld) {}

  of(person: Person): ReadonlyMap<Repository, number> {
    if (this.world.revision !== this.#revision) this.#kept.clear();
    this.#revision = this.world.revision;
    const existing = this.#kept.get(person.id);
    if (existing !== undefined) return existing;
    const made = new Map<Repository, number>();
    for (const [repository, access] of reachOf(this.world, person, authorizationRules)) {
      const level = grantedLevel(access);
      if (level >= guestAccess) made.set(repository, level);
    }
    this.#kept.set(person.id, made);
    return made;
  }
}

/** The highest of what was granted; what everybody may do is not. */
function grantedLevel({ sources }: Access): number {
  return Math.max(0, ...sources.map((source) => (source.via === 'public' ? 0 : accessLevelOf(source))));
}
