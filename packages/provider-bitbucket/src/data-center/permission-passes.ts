import type { CallOptions, Permission } from '@anyforge/core';
import type { Listed } from './api.js';
import type { StartWalk } from './start-walk.js';

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

interface Pass<Item> {
  readonly permission: Permission;
  readonly walk: StartWalk;
  held: { readonly id: number; readonly item: Item }[];
}

/**
 * Merges listings of the same things by one permission each, greatest first, into one that tells the greatest permission
 * of each item. The listings are read side by side, a page of each at a time, and given out one after the other: what a
 * listing shows before those above it have ended is held back, for they may show it as well, and dropped when they do.
 * Nothing is taken from the order in which Bitbucket lists, which is documented nowhere; if it is the same in all, next
 * to nothing is held.
 */
export class PermissionPasses<Item> {
  readonly #read: (wires: readonly unknown[], permission: Permission) => readonly (Item | undefined)[];
  readonly #passes: readonly Pass<Item>[];
  /** The pass, counted from the greatest, that shows an item first. */
  readonly #rankOf = new Map<number, number>();
  #front = 0;

  /** @param read makes an item of each that is new; undefined where it is not wanted */
  constructor(options: {
    readonly permissions: readonly GrantedPermission[];
    readonly walk: (permission: GrantedPermission) => StartWalk;
    readonly read: (wires: readonly unknown[], permission: Permission) => readonly (Item | undefined)[];
  }) {
    this.#read = options.read;
    this.#passes = options.permissions.map((permission) => ({
      permission,
      walk: options.walk(permission),
      held: [],
    }));
  }

  get ended(): boolean {
    return this.#front === this.#passes.length;
  }

  /** Reads a page of every listing that is not too far ahead. @returns what can be given out by now */
  async next(call: CallOptions): Promise<readonly Item[]> {
    const reading = this.#passes.filter(
      (pass, rank) => !pass.walk.ended && (rank === this.#front || pass.held.length < mostHeld),
    );
    const pages = await Promise.all(reading.map((pass) => pass.walk.next(call)));
    // The greatest first: what it shows need not be read from the others.
    for (const [index, pass] of reading.entries()) this.#take(pass, pages[index] ?? []);
    return this.#giveOut();
  }

  #take(pass: Pass<Item>, listed: readonly Listed[]): void {
    const rank = this.#passes.indexOf(pass);
    const fresh = listed.filter(({ id }) => {
      const isNew = rank < (this.#rankOf.get(id) ?? this.#passes.length);
      if (isNew) this.#rankOf.set(id, rank);
      return isNew;
    });
    const items = this.#read(
      fresh.map(({ wire }) => wire),
      pass.permission,
    );
    for (const [index, item] of items.entries()) {
      const id = fresh[index]?.id;
      if (id !== undefined && item !== undefined) pass.held.push({ id, item });
    }
  }

  #giveOut(): readonly Item[] {
    const given: Item[] = [];
    for (const [rank, pass] of this.#passes.entries()) {
      pass.held = pass.held.filter(({ id }) => this.#rankOf.get(id) === rank);
      if (rank !== this.#front) continue;
      for (const { item } of pass.held) given.push(item);
      pass.held = [];
      if (pass.walk.ended) this.#front += 1;
    }
    return given;
  }
}
