import type { PermissionLevel } from '@anyforge/core';
import type { AccessRules } from './access-rules.js';
import { compareStandings, githubRules } from './access-rules.js';
import { peopleWhoMayHold } from './holders.js';
import type { Person, Repository } from './model.js';
import type { AccessSource } from './personal-view.js';
import { PersonalView } from './personal-view.js';
import type { ReadableWorld } from './readable-world.js';

/** What a person can do on a repository, and why. */
export interface Access {
  /** The effective level: the highest of all sources. */
  readonly level: PermissionLevel;
  /** The name of the role that gives the level, where it has one of its own. */
  readonly role: string | undefined;
  readonly sources: readonly AccessSource[];
}

/** A person's effective level on a repository, through every kind of grant and its visibility. Pure. */
export function effectiveLevel(
  world: ReadableWorld,
  person: Person,
  repository: Repository,
  rules: AccessRules = githubRules,
): PermissionLevel {
  return accessOf(world, person, repository, rules).level;
}

/** A person's effective level on a repository, with its sources. Pure. */
export function accessOf(
  world: ReadableWorld,
  person: Person,
  repository: Repository,
  rules: AccessRules = githubRules,
): Access {
  return summarize(new PersonalView(world, person, rules).sources(repository), rules);
}

/** Every repository that a person reaches by a grant that counts, and how; those merely visible to everybody are not. */
export function reachOf(
  world: ReadableWorld,
  person: Person,
  rules: AccessRules = githubRules,
): ReadonlyMap<Repository, Access> {
  const view = new PersonalView(world, person, rules);
  const reach = new Map<Repository, Access>();
  for (const repository of view.candidates()) {
    if (reach.has(repository)) continue;
    const access = summarize(view.sources(repository), rules);
    if (isGranted(access) && !isUnlisted(access, repository, rules)) reach.set(repository, access);
  }
  return reach;
}

/** Everybody with a grant of any kind on a repository, by id. */
export function holdersOf(
  world: ReadableWorld,
  repository: Repository,
  rules: AccessRules = githubRules,
): ReadonlyMap<Person, Access> {
  const holders = new Map<Person, Access>();
  const candidates = peopleWhoMayHold(world, repository, rules);
  for (const person of [...candidates].sort((left, right) => left.id - right.id)) {
    const access = accessOf(world, person, repository, rules);
    if (isGranted(access)) holders.set(person, access);
  }
  return holders;
}

/** Whether it is a person's own grant to read what everybody may read, where that does not count. */
function isUnlisted(
  { sources }: Access,
  { visibility }: Repository,
  { reachesOpenByReading = true }: AccessRules,
): boolean {
  if (reachesOpenByReading || visibility === 'private') return false;
  return sources.every(({ via, level }) => via === 'public' || (via === 'direct' && level === 'read'));
}

/** Whether anything but visibility is behind it. A role with a name counts even where it gives no level. */
function isGranted({ sources }: Access): boolean {
  return sources.some(({ via, level, role }) => via !== 'public' && (level !== 'none' || role !== undefined));
}

/** The highest source; of equal ones, a role with a name. */
function summarize(sources: readonly AccessSource[], rules: AccessRules): Access {
  let best: AccessSource = { via: 'public', level: 'none' };
  for (const source of sources) {
    const difference = compareStandings(rules, source, best);
    if (difference > 0 || (difference === 0 && best.role === undefined)) best = source;
  }
  return { level: best.level, role: best.role, sources };
}
