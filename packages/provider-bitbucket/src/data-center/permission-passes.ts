import type { CallOptions } from '@anyforge/core';
import type { Listed } from './api.js';
import type { Walk } from './start-walk.js';

/** A permission that listings can be asked by. Each includes those after it. */
export interface GrantedPermission {
  readonly level: 'admin' | 'write' | 'read';
  readonly native: string;
}

/** Greatest first. @see https://confluence.atlassian.com/bitbucketserver/using-repository-permissions-776639771.html */
export const repositoryPermissions: readonly GrantedPermission[] = [
  { level: 'admin', native: 'REPO_ADMIN' },
  { level: 'write', native: 'REPO_WRITE' },
  { level: 'read', native: 'REPO_READ' },
];

/** How many items a pass may be ahead of those before it. With all that is held a listing stays within some megabytes. */
const mostHeld = 10_000;

/** Makes an item of what is listed by a permission; undefined where it is not wanted. */
export type ReadListed<Item> = (listed: Listed, rank: number) => Item | undefined;

interface Pass<Item> {
  readonly walk: Walk;
  held: { readonly id: number; readonly item: Item }[];
  /** The page that is being read. */
  reading: Promise<void> | undefined;
}

/**
 * Merges listings of the same things by one permission each, greatest first, into one that tells the greatest permission
 * of each item. The listings are read side by side, and given out one after the other: what a
 * listing shows before those above it have ended is held back, for they may show it as well, and dropped when they do.
 * Nothing is taken from the order in which Bitbucket lists, which is documented nowhere; if it is the same in all, next
 * to nothing is held.
 */
export class PermissionPasses<Item> {
  readonly #read: ReadListed<Item>;
  readonly #passes: readonly Pass<Item>[];
  readonly #rankOf = new Map<number, number>();
  #front = 0;

  /** @param walks one by each permission, greatest first */
  constructor(walks: readonly Walk[], read: ReadListed<Item>) {
    this.#read = read;
    this.#passes = walks.map((walk) => ({ walk, held: [], reading: undefined }));
  }

  get ended(): boolean {
    return this.#front === this.#passes.length;
  }

  /** The first pass that shows an item, wanted or not. To be relied on when all have ended. */
  get ranks(): ReadonlyMap<number, number> {
    return this.#rankOf;
  }

  /** Reads on in every listing that is not too far ahead, until one has a page. @returns what can be given out by now */
  async next(call: CallOptions): Promise<readonly Item[]> {
    for (const [rank, pass] of this.#passes.entries())
      if (!pass.walk.ended && (rank === this.#front || pass.held.length < mostHeld))
        pass.reading ??= this.#readOn(rank, pass, call);
    // All of them may have come to their end while whoever asks did something else: nobody would win that race.
    const underWay = this.#passes.flatMap(({ reading }) => reading ?? []);
    if (underWay.length > 0) await Promise.race(underWay);
    return this.#giveOut();
  }

  #readOn(rank: number, pass: Pass<Item>, call: CallOptions): Promise<void> {
    const reading = pass.walk.next(call).then((listed) => {
      pass.reading = undefined;
      this.#take(rank, pass, listed);
    });
    // Whoever comes for it hears of its failure; nobody has to.
    reading.catch(() => undefined);
    return reading;
  }

  #take(rank: number, pass: Pass<Item>, listed: readonly Listed[]): void {
    for (const each of listed) {
      const { id } = each;
      if (rank >= (this.#rankOf.get(id) ?? this.#passes.length)) continue;
      this.#rankOf.set(id, rank);
      const item = this.#read(each, rank);
      if (item !== undefined) pass.held.push({ id, item });
    }
  }

  #giveOut(): readonly Item[] {
    const given: Item[] = [];
    for (const [rank, pass] of this.#passes.entries()) {
      pass.held = pass.held.filter(({ id }) => this.#rankOf.get(id) === rank);
      if (rank !== this.#front) continue;
      for (const { item } of pass.held) given.push(item);
      pass.held = [];
      if (pass.walk.ended && pass.reading === undefined) this.#front += 1;
    }
    return given;
  }
}
