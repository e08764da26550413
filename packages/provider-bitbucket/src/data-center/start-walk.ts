import type { CallOptions } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Listed, StartPage } from './api.js';
import { provider } from './api.js';

/** Loads the page that begins at a start. */
export type LoadPage = (start: number, call: CallOptions) => Promise<StartPage>;

/** A way through a listing. */
export interface Walk {
  readonly ended: boolean;
  next(call: CallOptions): Promise<readonly Listed[]>;
}

/** Enough to notice a listing that moved, and to lose nothing when few of its items have gone. */
const mostOverlap = 10;

/** How often the end of one page may have moved before a listing is given up. */
const mostMoves = 5;

/**
 * Walks one listing by its starts, and proves of each page that it follows the one before.
 *
 * A start is a place in a listing that others change meanwhile: what goes away before it moves everything behind it
 * forward, past whoever asks for the next page. So each page is asked for a little before the start that the last one
 * told. If it holds an item of the last page, nothing was lost between them. If it holds none, Bitbucket may have left a
 * gap, which it does for what the caller must not see: then the last page is asked for again, to see whether it still
 * ends where it did.
 */
export class StartWalk implements Walk {
  readonly #load: LoadPage;
  readonly #readsAhead: boolean;
  #last: StartPage | undefined;
  #ahead: Promise<StartPage> | undefined;

  /** @param options `readAhead`: whether the next page is asked for as soon as it is known where it begins */
  constructor(load: LoadPage, options: { readonly readAhead: boolean }) {
    this.#load = load;
    this.#readsAhead = options.readAhead;
  }

  get ended(): boolean {
    return this.#last !== undefined && this.#last.next === undefined;
  }

  /**
   * The next items; some of them may have come before.
   *
   * @throws ProviderError `invalid_response` when pages lead nowhere, `unavailable` when the listing keeps moving
   */
  async next(call: CallOptions): Promise<readonly Listed[]> {
    const last = this.#last;
    const [page, items] = last === undefined ? [await this.#ask(0, call), []] : await this.#goOn(last, call);
    this.#last = page;
    this.#ahead =
      this.#readsAhead && page.next !== undefined ? this.#askAfter(page, page.next, call) : undefined;
    // Whoever comes for it hears of its failure; nobody has to.
    this.#ahead?.catch(() => undefined);
    return items.length === 0 ? page.values : [...items, ...page.values];
  }

  /** The page after the last one, and what the last one has come to hold meanwhile. */
  async #goOn(last: StartPage, call: CallOptions): Promise<readonly [StartPage, readonly Listed[]]> {
    const items: Listed[] = [];
    let ahead = this.#ahead;
    for (let moves = 0; moves < mostMoves; moves += 1) {
      if (last.next === undefined) return [last, items];
      const page = await (ahead ?? this.#askAfter(last, last.next, call));
      ahead = undefined;
      const again = isConnected(last, page) ? last : await this.#ask(last.start, call);
      if (endOf(again) === endOf(last)) {
        if (page.next !== undefined && page.next <= last.next) throw leadsInACircle();
        return [page, items];
      }
      items.push(...again.values);
      last = again;
    }
    throw new ProviderError('unavailable', 'The listing changes faster than it can be read.', {
      provider,
      repair: { text: 'Try again when less is being moved or deleted in Bitbucket.' },
    });
  }

  #askAfter({ start, limit }: StartPage, next: number, call: CallOptions): Promise<StartPage> {
    const overlap = Math.min(mostOverlap, Math.floor(limit / 2));
    return this.#ask(Math.max(start + 1, next - overlap), call);
  }

  async #ask(start: number, call: CallOptions): Promise<StartPage> {
    const page = await this.#load(start, call);
    if (page.next !== undefined && page.next <= start) throw leadsInACircle();
    return page;
  }
}

/** Walks listings one after the other. */
export function walkInTurn(walks: readonly Walk[]): Walk {
  let turn = 0;
  return {
    get ended() {
      return walks.slice(turn).every(({ ended }) => ended);
    },
    async next(call) {
      while (walks[turn]?.ended === true) turn += 1;
      return (await walks[turn]?.next(call)) ?? [];
    },
  };
}

/** Whether a page begins where the one before it was. Further on it may show what has come there from elsewhere. */
function isConnected(last: StartPage, page: StartPage): boolean {
  const [first] = page.values;
  return first !== undefined && last.values.some(({ id }) => id === first.id);
}

/** Tells the end of a page from where it was: its last item, and where the next page begins. */
function endOf({ values, next }: StartPage): string {
  return `${values.at(-1)?.id ?? ''} ${next ?? ''}`;
}

function leadsInACircle(): ProviderError {
  return new ProviderError('invalid_response', 'The pages of this listing lead in a circle.', {
    provider,
    repair: {
      text: 'Nothing was lost, but Bitbucket, or a proxy before it, is at fault. Tell whoever runs it.',
    },
  });
}
