import type { CallOptions, Clock } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { PageWalk } from '@anyforge/provider-kit';
import { leavable, walkPages } from '@anyforge/provider-kit';
import { provider } from './api.js';
import type { Window } from './windows.js';
import { endOf, windowAfter, windowsUntil } from './windows.js';

/** What Gitea gave for a window. */
export interface WindowRows<Row> {
  readonly rows: readonly Row[];
  /** How many items there were in all when it answered; undefined where a proxy keeps that to itself. */
  readonly total: number | undefined;
}

/** Items that were not given out before, in order. */
export interface Step<Row> extends WindowRows<Row> {
  /** How many items the listing has up to the last of these. */
  readonly seen: number;
  readonly isLast: boolean;
  readonly askedAt?: Date | undefined;
}

export interface WindowWalkOptions<Row> {
  readonly load: (window: Window, call: CallOptions) => Promise<WindowRows<Row>>;
  /** Whether a row was given out before, by this walk or by one that it goes on with. */
  readonly isKnown: (row: Row) => boolean;
  readonly remember: (row: Row) => void;
  /** How many items a page may have. */
  readonly pageSize: (call: CallOptions) => Promise<number>;
  /** How many items the listing has up to the last that is known. */
  readonly seen?: number | undefined;
  readonly call: CallOptions;
  readonly clock?: Pick<Clock, 'now'> | undefined;
}

/** How often in a row a page may fail to take the listing further. */
const mostMoves = 10;

interface LoadedWindow<Row> extends WindowRows<Row> {
  readonly window: Window;
}

/**
 * Reads a listing that Gitea pages by number, several pages at once, and proves of each that it follows the one before.
 *
 * The number of a page is a place in a listing that others change meanwhile: what goes away before it moves everything
 * behind it forward, past whoever asks for the next page. So each page is asked for with a size that makes it begin
 * within the one before. If its first item is known, nothing was lost between the two, whatever has changed and in
 * whichever order they were answered; if it is not, the reading goes back until one is.
 *
 * @throws ProviderError `unavailable` when the listing keeps moving
 */
export function walkWindows<Row>(
  options: WindowWalkOptions<Row>,
): AsyncIterableIterator<Step<Row>, undefined> {
  return leavable(options.call.signal, (signal) => walk({ ...options, call: { ...options.call, signal } }));
}

async function* walk<Row>(options: WindowWalkOptions<Row>): AsyncGenerator<Step<Row>, undefined> {
  const { isKnown, remember } = options;
  let seen = options.seen ?? 0;
  let furthest = seen;
  let most = await options.pageSize(options.call);
  let total: number | undefined;
  let moves = 0;

  for (let from = seen; ; from = Math.max(0, seen - 4 ** (moves + 1))) {
    for await (const page of readAhead(options, from, most)) {
      const [loaded] = page.items;
      if (loaded === undefined) break;
      const { window, rows } = loaded;
      if (!isWhole(loaded)) {
        // The administrator has lowered the size of pages, or an item went between the count and the rows.
        if (rows.length > 0) most = Math.min(most, rows.length);
        break;
      }
      if (!follows(loaded, { seen, total }, isKnown)) break;
      const fresh = rows.filter((row) => !isKnown(row));
      fresh.forEach(remember);
      seen = window.start + rows.length;
      total = loaded.total;
      if (fresh.length > 0) {
        furthest = seen;
        if (window.start > 0) moves = 0;
      }
      const isLast = total === undefined ? rows.length < window.limit : seen >= total;
      yield { rows: fresh, total, seen, isLast, ...(page.askedAt && { askedAt: page.askedAt }) };
      if (isLast) return undefined;
      if (fresh.length === 0 && seen > furthest) moves = nextMove(moves);
    }
    moves = nextMove(moves);
  }
}

/** Whether it has as many rows as there are for it. A page of another size than was asked for begins elsewhere. */
function isWhole<Row>({ window, rows, total }: LoadedWindow<Row>): boolean {
  if (total === undefined) return rows.length <= window.limit;
  return rows.length === Math.min(window.limit, Math.max(0, total - window.start));
}

function follows<Row>(
  { window, rows, total }: LoadedWindow<Row>,
  before: { readonly seen: number; readonly total: number | undefined },
  isKnown: (row: Row) => boolean,
): boolean {
  const [first] = rows;
  if (window.start === 0 || (first !== undefined && isKnown(first))) return true;
  // Where pages are so small that all sizes end here, the same number of items is as much as can be known.
  return window.start === before.seen && total !== undefined && total === before.total;
}

function nextMove(moves: number): number {
  if (moves < mostMoves) return moves + 1;
  throw new ProviderError('unavailable', 'The listing changes faster than it can be read.', {
    provider,
    repair: { text: 'Try again when less is being moved or deleted in Gitea.' },
  });
}

/** The pages from an item on; as soon as the first tells how many there are, those up to the end at once. */
function readAhead<Row>(
  { load, call, clock }: WindowWalkOptions<Row>,
  from: number,
  most: number,
): PageWalk<LoadedWindow<Row>> {
  let planned = 0;
  return walkPages<LoadedWindow<Row>, Window>({
    provider,
    listing: 'windows',
    first: windowAfter(from, most),
    resumable: false,
    call,
    clock,
    load: async (window, pageCall) => {
      const loaded = { ...(await load(window, pageCall)), window };
      const { rows, total = 0 } = loaded;
      const rest = planned === 0 && isWhole(loaded) ? windowsUntil(total, window, most) : [];
      planned = Math.max(planned, total);
      const goesOn = endOf(window) < planned || (loaded.total === undefined && rows.length === window.limit);
      return { items: [loaded], rest, next: goesOn ? windowAfter(endOf(window), most) : undefined };
    },
  });
}
