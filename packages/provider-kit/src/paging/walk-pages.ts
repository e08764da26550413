import type { CallOptions, Clock, Page } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { abortable } from '../abort.js';
import { leavable } from './leavable.js';
import type { PageAnswer } from './page-styles.js';
import { ReadAhead } from './read-ahead.js';
import type { Checkpoint } from './resume.js';
import { openCheckpoint, sealCheckpoint } from './resume.js';

export interface WalkOptions<T, Position> {
  /** The plugin's type, named in errors. */
  readonly provider: string;
  /**
   * Tells this listing from others: the endpoint and the whole query, and a version to change with the shape of
   * `Position`. A checkpoint of another listing is refused.
   */
  readonly listing: string;
  /** Serializable as JSON. */
  readonly first: Position;
  /** Loads one page with these options, which also stop it when the walk is left. */
  readonly load: (position: Position, call: CallOptions) => Promise<LoadedPage<T, Position>>;
  readonly call?: CallOptions | undefined;
  /** The `resume` of a page of this listing: the walk begins after that page. */
  readonly resume?: string | undefined;
  /** Whether pages carry a `resume`, as they do by default: false for a listing that nothing can resume. */
  readonly resumable?: boolean | undefined;
  /** Of the context: pages tell by it when they were asked for. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
  /** How many pages are loaded at once where their positions are known; 10 by default. */
  readonly concurrency?: number | undefined;
}

/**
 * A page as it was loaded. `next` is the position after it, `rest` every position after it (where the forge tells
 * the last one); with neither, the listing ends here.
 */
export interface LoadedPage<T, Position> extends Pick<Page<T>, 'items' | 'omitted'>, PageAnswer<Position> {}

/** A listing that begins anew with every loop; an iterator of it can be looped over as well, to go on where it is. */
export interface PageWalk<T> {
  [Symbol.asyncIterator](): AsyncIterableIterator<Page<T>, undefined>;
}

const defaultConcurrency = 10;

/**
 * Walks a listing page by page, in order, to its true end: one page after the other until a page tells the
 * positions of the rest, from then on several at once. An error shows at its place, after the pages before it.
 *
 * Nothing is loaded before the first `next()`. Leaving the loop or aborting stops what is under way.
 *
 * @throws ProviderError `invalid_request` for a foreign `resume`, `invalid_response` when positions repeat,
 * `unavailable` when a page says that the listing ends there and a later one has more
 */
export function walkPages<T, Position>(options: WalkOptions<T, Position>): PageWalk<T> {
  return {
    [Symbol.asyncIterator]: () => leavable(options.call?.signal, (signal) => walk(options, signal)),
  };
}

async function* walk<T, Position>(
  options: WalkOptions<T, Position>,
  signal: AbortSignal,
): AsyncGenerator<Page<T>, undefined> {
  const { call = {}, clock, concurrency = defaultConcurrency, resumable = true } = options;
  const { position, ...known } = startOf(options);
  const load = async (at: Position, pageCall: CallOptions) => {
    const askedAt = clock?.now();
    return { ...(await options.load(at, pageCall)), askedAt };
  };
  const ahead = new ReadAhead({ load, call, signal, concurrency });
  const seen = new Set<string>();
  let { total } = known;
  let isOver = false;

  ahead.add(unseen(options.provider, seen, [position]));
  for (let page = ahead.take(); page !== undefined; page = ahead.take()) {
    const loaded = await abortable(page, signal);
    const goesOn = onward(loaded).length > 0;
    if (isOver && (goesOn || loaded.items.length > 0)) throw contradiction(options.provider);
    isOver = !goesOn;
    if (ahead.upcoming === undefined) ahead.add(unseen(options.provider, seen, onward(loaded)));
    ahead.fill();
    total = loaded.total ?? total;
    const next = ahead.upcoming;
    const resume =
      next !== undefined && resumable ? sealCheckpoint(options, { position: next, total }) : undefined;
    const { items, omitted, askedAt } = loaded;
    yield { items, total, omitted, resume, ...(askedAt !== undefined && { askedAt }) };
    signal.throwIfAborted();
  }
  return undefined;
}

function startOf<T, Position>(options: WalkOptions<T, Position>): Checkpoint<Position> {
  if (options.resume === undefined) return { position: options.first };
  return openCheckpoint<Position>(options, options.resume);
}

/** One page said that the listing ends there, and one that was known before has more. */
function contradiction(provider: string): ProviderError {
  return new ProviderError('unavailable', 'The pages of this listing contradict one another.', {
    provider,
    repair: { text: 'It may have changed while it was read: list it again.' },
  });
}

/** The positions after the last known page. */
function onward<Position>({ next, rest }: PageAnswer<Position>): readonly Position[] {
  if (rest !== undefined && rest.length > 0) return rest;
  return next === undefined ? [] : [next];
}

function unseen<Position>(
  provider: string,
  seen: Set<string>,
  positions: readonly Position[],
): readonly Position[] {
  for (const position of positions) {
    const name = JSON.stringify(position);
    if (seen.has(name)) {
      throw new ProviderError('invalid_response', 'The pages of this listing lead in a circle.', {
        provider,
        repair: {
          text: 'Nothing was lost. Tell whoever runs the server that answers there, or a proxy before it.',
        },
      });
    }
    seen.add(name);
  }
  return positions;
}
