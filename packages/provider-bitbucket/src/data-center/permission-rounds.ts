import type { CallOptions, Permission } from '@anyforge/core';
import type { Listed } from './api.js';
import type { GrantedPermission } from './permission-passes.js';
import { PermissionPasses, repositoryPermissions } from './permission-passes.js';
import type { Pieces } from './pieces.js';
import type { Walk } from './start-walk.js';

const changing: Permission = {
  level: 'unknown',
  native: '',
  reason: 'The permission changed while it was read: read it again.',
};

/**
 * Tells the permission of everything that is listed, and no permission that nobody had.
 *
 * A round reads the listings by all permissions, each at another moment: who loses administration for reading between
 * two of them looks like a writer. So there are two rounds, one after the other, and what both show under the same
 * permission is told. If that changes once, it changes in one of the rounds at most, and the other shows what really
 * was; the same holds for something that moves to another place in the listings. Where the two differ, a third one is
 * read: what it shows as one of the others did is told, and the rest is `unknown`. Who is listed as an administrator is
 * one, whatever else is shown; that is told at once.
 */
export class PermissionRounds<Item> implements Pieces<Item> {
  readonly #walk: (permission: GrantedPermission) => Walk;
  readonly #read: (listed: Listed, permission: Permission) => Item | undefined;
  /** What the rounds before this one showed. */
  readonly #before: ReadonlyMap<number, number>[] = [];
  /** What the first two rounds differ in. */
  #differing: ReadonlySet<number> = new Set();
  #round: PermissionPasses<Item>;
  #ended = false;

  /** @param options `read` makes an item of each; undefined where it is not wanted */
  constructor(options: {
    readonly walk: (permission: GrantedPermission) => Walk;
    readonly read: (listed: Listed, permission: Permission) => Item | undefined;
  }) {
    this.#walk = options.walk;
    this.#read = options.read;
    this.#round = this.#begin();
  }

  get ended(): boolean {
    return this.#ended;
  }

  async next(call: CallOptions): Promise<readonly Item[]> {
    const items = await this.#round.next(call);
    if (this.#round.ended) this.#conclude();
    return items;
  }

  #begin(): PermissionPasses<Item> {
    return new PermissionPasses(repositoryPermissions.map(this.#walk), (listed, rank) => {
      const permission = this.#permissionOf(listed.id, rank);
      return permission && this.#read(listed, permission);
    });
  }

  #conclude(): void {
    const [first, second] = this.#before;
    const { ranks } = this.#round;
    if (first !== undefined && second === undefined) this.#differing = differingIn(first, ranks);
    this.#ended = (first !== undefined && this.#differing.size === 0) || second !== undefined;
    if (this.#ended) return;
    this.#before.push(ranks);
    this.#round = this.#begin();
  }

  /** What is told of an item that this round shows at a rank; undefined where nothing is, or was before. */
  #permissionOf(id: number, rank: number): Permission | undefined {
    const [first, second] = this.#before;
    const listed = repositoryPermissions[rank];
    if (first?.get(id) === administration) return undefined;
    if (second === undefined) return rank === administration || first?.get(id) === rank ? listed : undefined;
    if (!this.#differing.has(id)) return undefined;
    const isAgain = rank === administration || first?.get(id) === rank || second.get(id) === rank;
    return isAgain ? listed : changing;
  }
}

/** The greatest rank, which is told at once. */
const administration = 0;

/** The ids whose permission one of two rounds does not bear out. */
function differingIn(
  first: ReadonlyMap<number, number>,
  second: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const [id, rank] of first) if (rank !== administration && second.get(id) !== rank) ids.add(id);
  for (const id of second.keys()) if (!first.has(id)) ids.add(id);
  for (const id of ids) if (second.get(id) === administration) ids.delete(id);
  return ids;
}
