import type { OrganizationRef } from './model.js';

/**
 * A listing. Iterate the items for convenience; iterate `pages()` to count, checkpoint and resume.
 *
 * Lazy: no request goes out before the first `next()`. Every iteration is a run of its own. A run ends only at
 * the true end of the listing, or throws; leaving the loop stops the requests in flight.
 */
export interface Paged<T> extends AsyncIterable<T> {
  pages(): AsyncIterable<Page<T>>;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** How many items the whole listing has, where the forge tells. */
  readonly total?: number | undefined;
  /**
   * What the forge left out of this listing and says so (single sign-on, restrictions): the only way in which a
   * listing may be incomplete.
   */
  readonly omitted?: readonly Omission[] | undefined;
  /**
   * Opaque: pass it as `resume` to go on after this page, in another process if need be. Absent on the last
   * page, and where the forge cannot.
   */
  readonly resume?: string | undefined;
  /**
   * When the forge was asked for it, by the clock of the context, or a little earlier. A listing that reads ahead tells;
   * absent, nothing was asked before the page was waited for.
   */
  readonly askedAt?: Date | undefined;
}

export interface Omission {
  readonly organization: OrganizationRef;
  readonly reason: 'sso_required' | 'organization_restricted' | 'forbidden';
  /** Where the person can do something about it. */
  readonly url?: string | undefined;
}

/** Makes a listing from a function that starts a run over its pages. */
export function paged<T>(start: () => AsyncIterable<Page<T>>): Paged<T> {
  return { pages: start, [Symbol.asyncIterator]: () => iterateItems(start()[Symbol.asyncIterator]()) };
}

/** A generator would hold back `return()` until the page that it waits for has come; this passes it on at once. */
function iterateItems<T>(pages: AsyncIterator<Page<T>>): AsyncIterator<T, undefined> {
  const end = { done: true, value: undefined } as const;
  let items: Iterator<T> = [][Symbol.iterator]();
  const pull = async (): Promise<IteratorResult<T, undefined>> => {
    for (;;) {
      const item = items.next();
      if (item.done !== true) return item;
      const page = await pages.next();
      if (page.done === true) return end;
      items = page.value.items[Symbol.iterator]();
    }
  };
  let turn: Promise<unknown> = Promise.resolve();
  return {
    next() {
      const item = turn.then(pull, pull);
      turn = item;
      return item;
    },
    async return() {
      items = [][Symbol.iterator]();
      await pages.return?.();
      return end;
    },
  };
}
