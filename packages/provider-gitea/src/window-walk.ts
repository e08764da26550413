import type { CallOptions, Clock } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { PageWalk } from '@anyforge/provider-kit';
import { leavable, walkPages } from '@anyforge/provider-kit';
import { provider } from './api.js';
import type { LoadedWindow, LoadWindow, WindowRows } from './loaded-window.js';
import { isEnd, isWhole, loadWindow } from './loaded-window.js';
import type { Window } from './windows.js';
import { endOf, windowAfter, windowsUntil } from './windows.js';

/** Items that were not given out before, in order. */
export interface Step<Row> extends Pick<WindowRows<Row>, 'rows' | 'total'> {
  /** How many items the listing has up to the last of these. */
  readonly seen: number;
  readonly isLast: boolean;
  readonly askedAt?: Date | undefined;
}

export interface WindowWalkOptions<Row> {
  readonly load: LoadWindow<Row>;
  /** Whether a row was given out before, by this walk or by one that it goes on with. */
  readonly isKnown: (row: Row) => boolean;
  readonly remember: (row: Row) => void;
  /** How many items a page may have. */
  readonly pageSize: (call: CallOptions) => Promise<number>;
  /** How many items the listing has up to the last that is known. */
  readonly seen?: number | undefined;
  /** How many pages are asked for at once; 10 by default. */
  readonly pagesAhead?: number | undefined;
  readonly call: CallOptions;
  readonly clock?: Pick<Clock, 'now'> | undefined;
}

/** How often in a row a page may fail to take the listing further. */
const mostMoves = 10;

/** Why the listing did not get further since it last did. */
interface Standstill {
  readonly pages: number;
  /** How many of them did not fit what Gitea itself told of them. */
  readonly unfit: number;
}

const onTheMove: Standstill = { pages: 0, unfit: 0 };

/**
 * Reads a listing that Gitea pages by number, several pages at once, and proves of each that it follows the one before.
 *
 * The number of a page is a place in a listing that others change meanwhile: what goes away before it moves everything
 * behind it forward, past whoever asks for the next page. So each page is asked for with a size that makes it begin
 * within the one before. If its first item is known, nothing was lost between the two, whatever has changed and in
 * whichever order they were answered; if it is not, the reading goes back until one is.
 *
 * @throws ProviderError `unavailable` when the listing keeps moving, MiscountedError when its pages never have as many
 * rows as they are said to have
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
  let standstill = onTheMove;

  for (let from = seen; ; from = Math.max(0, seen - 4 ** (standstill.pages + 1))) {
    let isUnfit = false;
    for await (const page of readAhead(options, from, most)) {
      const [loaded] = page.items;
      if (loaded === undefined) break;
      const { window, rows } = loaded;
      if (!isWhole(loaded)) {
        // The administrator has lowered the size of pages, or an item went between the count and the rows. To how many
        // is told by a page further back: this one may have the last few alone.
        if (rows.length > 0 && standstill.pages > 0) most = Math.min(most, rows.length);
        isUnfit = true;
        break;
      }
      if (!follows(loaded, { seen, total }, isKnown)) break;
      const fresh = rows.filter((row) => !isKnown(row));
      fresh.forEach(remember);
      seen = window.start + rows.length;
      total = loaded.total;
      if (fresh.length > 0) {
        furthest = seen;
        if (window.start > 0) standstill = onTheMove;
      }
      const isLast = isEnd(loaded);
      yield { rows: fresh, total, seen, isLast, ...(page.askedAt && { askedAt: page.askedAt }) };
      if (isLast) return undefined;
      if (fresh.length === 0 && seen > furthest) standstill = stay(standstill, false);
    }
    standstill = stay(standstill, isUnfit);
  }
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

/** One more page that did not take the listing further. */
function stay({ pages, unfit }: Standstill, isUnfit: boolean): Standstill {
  const next = { pages: pages + 1, unfit: isUnfit ? unfit + 1 : unfit };
  if (next.pages <= mostMoves) return next;
  if (next.unfit === next.pages) throw new MiscountedError();
  throw keepsMoving();
}

/** Thrown of a listing that has other than as many rows as it is said to have. */
export class MiscountedError extends ProviderError {
  constructor() {
    super('invalid_response', 'The pages of this listing never have as many rows as they are said to have.', {
      provider,
      repair: {
        text: 'Tell whoever runs Gitea, or the proxy before it, that it counts other than it lists.',
      },
    });
  }
}

export function keepsMoving(): ProviderError {
  return new ProviderError('unavailable', 'The listing changes faster than it can be read.', {
    provider,
    repair: { text: 'Try again when less is being moved or deleted in Gitea.' },
  });
}

/** The pages from an item on; as soon as the first tells how many there are, those up to the end at once. */
function readAhead<Row>(
  { load, pagesAhead, call, clock }: WindowWalkOptions<Row>,
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
    concurrency: pagesAhead,
    load: async (window, pageCall) => {
      const loaded = await loadWindow(load, window, pageCall);
      const { total = 0 } = loaded;
      const rest = planned === 0 && isWhole(loaded) ? windowsUntil(total, window, most) : [];
      planned = Math.max(planned, total);
      const goesOn = endOf(window) < planned || !isEnd(loaded);
      return { items: [loaded], rest, next: goesOn ? windowAfter(endOf(window), most) : undefined };
    },
  });
}
