import type { Page, Paged, Repository } from '@anyforge/core';
import type { Access, Person, Repository as WorldRepository } from '@anyforge/forge-simulator';
import { reachOf } from '@anyforge/forge-simulator';
import { mustList, mustEqual } from './checks.js';
import type { Forge } from './stage/forge.js';

export async function collect<T>(listing: Paged<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of listing) items.push(item);
  return items;
}

export async function collectPages<T>(listing: Paged<T>): Promise<readonly Page<T>[]> {
  const pages: Page<T>[] = [];
  for await (const page of listing.pages()) pages.push(page);
  return pages;
}

/** Everything that the person reaches, by the world's own reckoning. */
export function reachIn(forge: Forge, person: Person): ReadonlyMap<WorldRepository, Access> {
  return reachOf(forge.world, person, forge.subject.facts.rules);
}

/** The listing must hold what the person reaches: each once, in the adapter's order, with the right permission. */
export function mustBeWhole(
  listed: readonly Repository[],
  forge: Forge,
  person: Person,
  counts: (repository: WorldRepository) => boolean = () => true,
): void {
  const { order } = forge.subject.facts;
  const reach = new Map(
    [...reachIn(forge, person)]
      .filter(([repository]) => counts(repository))
      .map(([repository, access]) => [forge.names.repositoryId(repository), access]),
  );
  mustList(
    listed.map(({ id }) => id).toSorted(),
    [...reach.keys()].toSorted(),
    'the repositories listed, by id',
  );
  for (const { id, path, permission } of listed)
    mustEqual(permission.level, reach.get(id)?.level, `the permission on ${path}`);
  mustList(
    listed.map(({ path }) => path),
    listed.toSorted(order).map(({ path }) => path),
    'the order of the listing',
  );
}
