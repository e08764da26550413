/** A page of a listing that Gitea is asked for: `page` of `limit` items each, which begins at `start`, from 0. */
export interface Window {
  readonly page: number;
  readonly limit: number;
  readonly start: number;
}

/**
 * The page to ask for when the first `seen` items are known: of all pages of at most `most` items that have the last
 * known item in them, the one that goes furthest. Where pages of every size end just there, the one that begins there.
 */
export function windowAfter(seen: number, most: number): Window {
  if (seen === 0) return { page: 1, limit: most, start: 0 };
  let furthest: Window = { page: Math.floor(seen / most) + 1, limit: most, start: seen - (seen % most) };
  let reached = seen;
  for (let limit = most; limit > 1; limit -= 1) {
    const page = Math.floor((seen - 1) / limit) + 1;
    if (page * limit <= reached) continue;
    reached = page * limit;
    furthest = { page, limit, start: reached - limit };
  }
  return furthest;
}

/** Where a page ends if it is full. */
export function endOf({ start, limit }: Window): number {
  return start + limit;
}

/** The pages that lead from a page to the end of a listing of so many items. */
export function windowsUntil(total: number, after: Window, most: number): readonly Window[] {
  const windows: Window[] = [];
  for (let end = endOf(after); end < total;) {
    const window = windowAfter(end, most);
    windows.push(window);
    end = endOf(window);
  }
  return windows;
}
