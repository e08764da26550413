import type { CallOptions } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { StartPage } from './api.js';
import { provider } from './api.js';
import type { ListedWire } from './wire.js';

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
export class StartWalk {
  readonly #load: (start: number, call: CallOptions) => Promise<StartPage>;
  #last: StartPage | undefined;

  constructor(load: (start: number, call: CallOptions) => Promise<StartPage>) {
    this.#load = load;
  }

  get ended(): boolean {
    return this.#last !== undefined && this.#last.next === undefined;
  }

  /**
   * The next items; some of them may have come before.
   *
   * @throws ProviderError `invalid_response` when pages lead nowhere, `unavailable` when the listing keeps moving
   */
  async next(call: CallOptions): Promise<readonly ListedWire[]> {
    if (this.#last === undefined) {
      this.#last = await this.#ask(0, call);
      return this.#last.values;
    }
    const items: ListedWire[] = [];
    for (let moves = 0, last = this.#last; moves < mostMoves; moves += 1) {
      if (last.next === undefined) return items;
      const page = await this.#ask(startAfter(last, last.next), call);
      const again = isConnected(last, page) ? last : await this.#ask(last.start, call);
      if (endOf(again) === endOf(last)) {
        if (page.next !== undefined && page.next <= last.next) throw leadsInACircle();
        this.#last = page;
        return [...items, ...page.values];
      }
      items.push(...again.values);
      this.#last = last = again;
    }
    throw new ProviderError('unavailable', 'The listing changes faster than it can be read.', {
      provider,
      repair: { text: 'Try again when less is being moved or deleted in Bitbucket.' },
    });
  }

  async #ask(start: number, call: CallOptions): Promise<StartPage> {
    const page = await this.#load(start, call);
    if (page.next !== undefined && page.next <= start) throw leadsInACircle();
    return page;
  }
}

/** A little before the next start, but always further than the last one. */
function startAfter({ start, limit }: StartPage, next: number): number {
  return Math.max(start + 1, next - Math.min(mostOverlap, Math.floor(limit / 2)));
}

function isConnected(last: StartPage, page: StartPage): boolean {
  const ids = new Set(last.values.map(({ id }) => id));
  return page.values.some(({ id }) => ids.has(id));
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
