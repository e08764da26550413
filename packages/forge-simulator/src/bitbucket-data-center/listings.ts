import type { PermissionLevel } from '@anyforge/core';
import type { Owner, Repository } from '../world/model.js';
import type { World } from '../world/world.js';
import type { Placed, StartCounting } from './paging.js';
import { placed } from './paging.js';
import type { Viewer } from './viewer.js';

/** Listings of repositories, kept until anything changes that they depend on. */
export class Listings {
  readonly #kept = new Map<string, readonly Placed<Repository>[]>();
  readonly #granted = new Map<string, ReadonlyMap<Repository, PermissionLevel>>();
  #all: readonly Repository[] = [];
  #revision: number | undefined;

  constructor(
    readonly world: World,
    readonly counting: StartCounting,
  ) {}

  /**
   * Repositories by path, whatever their case.
   *
   * @param key names what `isShown` lets through, whoever looks
   */
  of(
    viewer: Viewer,
    key: string,
    isShown: (repository: Repository, level: PermissionLevel) => boolean,
  ): readonly Placed<Repository>[] {
    this.#refresh();
    const name = `${viewer.token?.value ?? ''}|${key}`;
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    const levels = this.#levels(viewer);
    const rows = placed(
      this.#all,
      (repository) => isShown(repository, levels.get(repository) ?? 'none'),
      this.counting,
    );
    this.#kept.set(name, rows);
    return rows;
  }

  /** Whose repositories a viewer sees any of. */
  owners(viewer: Viewer): ReadonlySet<Owner> {
    const rows = this.of(
      viewer,
      'seen',
      ({ visibility }, level) => visibility === 'public' || level !== 'none',
    );
    return new Set(rows.map(({ item }) => item.owner));
  }

  /** Whose repositories a viewer was granted something on. */
  ownersOfGranted(viewer: Viewer): ReadonlySet<Owner> {
    const rows = this.of(viewer, 'granted', (_repository, level) => level !== 'none');
    return new Set(rows.map(({ item }) => item.owner));
  }

  #levels(viewer: Viewer): ReadonlyMap<Repository, PermissionLevel> {
    const key = viewer.token?.value ?? '';
    const known = this.#granted.get(key);
    if (known !== undefined) return known;
    const levels = new Map([...viewer.granted()].map(({ repository, level }) => [repository, level]));
    this.#granted.set(key, levels);
    return levels;
  }

  #refresh(): void {
    if (this.#revision === this.world.revision) return;
    this.#revision = this.world.revision;
    this.#kept.clear();
    this.#granted.clear();
    this.#all = byPath(this.world.repositories);
  }
}

/** Paths are put together once for each: they are made anew every time they are asked for. */
function byPath(repositories: Iterable<Repository>): readonly Repository[] {
  return [...repositories]
    .map((repository) => ({ repository, path: repository.path.toLowerCase() }))
    .sort((left, right) => (left.path < right.path ? -1 : 1))
    .map(({ repository }) => repository);
}
