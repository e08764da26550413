import type { PermissionLevel } from '@anyforge/core';
import type { Organization, Person, Repository, World } from '@anyforge/forge-simulator';
import { createWorld } from '@anyforge/forge-simulator';
import type { Facts } from './subject.js';

/** A company in which Ada has been granted every level on something. */
export interface Company {
  readonly world: World;
  readonly ada: Person;
  readonly grace: Person;
  /** Grace owns it, Ada is a member who has nothing by that alone. */
  readonly acme: Organization;
  /** Acme's, granted to Ada, in the order in which they were made. */
  readonly repositories: readonly Repository[];
}

/**
 * Makes a company with so many repositories that Ada reaches, and some that she does not: a private one, and a public
 * one that everybody can see but nobody granted her.
 */
export function makeCompany(facts: Facts, count: number): Company {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada Lovelace' });
  const grace = world.addPerson({ username: 'grace' });
  const acme = world.addOrganization({ slug: 'acme', name: 'Acme', owners: [grace], members: [ada] });
  const repositories: Repository[] = [];
  for (let index = 0; index < count; index += 1) {
    const repository = world.addRepository({
      owner: acme,
      // Neither the order of ids nor of levels is that of names.
      name: `${nameParts[(index * 5) % nameParts.length] ?? 'part'}-${(index * 37) % (count + 36)}-${index}`,
      description: descriptions[index % descriptions.length] ?? null,
      archived: index % 11 === 10,
      visibility: index % 7 === 6 ? 'public' : 'private',
      defaultBranch: index % 3 === 2 ? 'trunk' : 'main',
      forkOf: index % 9 === 8 ? repositories[0] : undefined,
    });
    world.grant({ to: ada, on: repository, level: levelAt(facts, index) });
    repositories.push(repository);
  }
  const outside = world.addOrganization({ slug: 'outside', owners: [grace] });
  world.addRepository({ owner: outside, name: 'hidden' });
  world.addRepository({ owner: outside, name: 'seen-by-all', visibility: 'public' });
  return { world, ada, grace, acme, repositories };
}

/** One of the forge's levels, all in turn. */
export function levelAt({ grants: { direct } }: Facts, index: number): PermissionLevel {
  const level = direct[index % direct.length];
  if (level === undefined) throw new Error('the facts name no level that can be granted on a repository');
  return level;
}

const nameParts = ['billing', 'Search', 'login', 'maps', 'a.b', 'web_site', 'x'] as const;
const descriptions = ['Everything about it', null, 'Größe, Maße und 数量 🚀', ''] as const;
