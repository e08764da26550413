import { Kept } from '../world/kept.js';
import type { Owner } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';

/** Who sees an account, and what it owns that is not private: everybody, whoever is signed in, or its members. */
export type OwnerVisibility = 'public' | 'limited' | 'private';

/**
 * What is internal in the world is, in Gitea, open and of an owner that not everybody sees. So owners of what is
 * internal are limited to whoever is signed in, and all others public.
 */
export class Owners {
  readonly #limited: Kept<'all', ReadonlySet<Owner>>;

  /** @param visibilities of those for which a test says it, by path */
  constructor(
    readonly world: ReadableWorld,
    readonly visibilities: Readonly<Record<string, OwnerVisibility>>,
  ) {
    this.#limited = new Kept(world);
  }

  visibilityOf(owner: Owner): OwnerVisibility {
    const limited = this.#limited.get('all', () => ownersOfInternal(this.world));
    return this.visibilities[owner.path] ?? (limited.has(owner) ? 'limited' : 'public');
  }
}

/** Owners of something internal. */
export function ownersOfInternal(world: ReadableWorld): ReadonlySet<Owner> {
  const owners = new Set<Owner>();
  for (const { owner, visibility } of world.repositories) if (visibility === 'internal') owners.add(owner);
  return owners;
}
