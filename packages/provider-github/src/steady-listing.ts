import { createHash } from 'node:crypto';
import type { CallOptions, Page } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { ListingName, LoadedPage, PageWalk } from '@anyforge/provider-kit';
import { leavable, openCheckpoint, sealCheckpoint, walkPages } from '@anyforge/provider-kit';
import type { Recount } from './census.js';
import { Census, isNewer } from './census.js';
import type { CountedPage } from './counted-page.js';

export interface SteadyListing<Item> extends ListingName {
  /** The address of the first page. */
  readonly first: string;
  /** As it is asked for: how many repositories a page that is followed by another one has. */
  readonly pageSize: number;
  readonly load: (url: string, call: CallOptions) => Promise<CountedPage<Item>>;
  readonly recount: (call: CallOptions) => Promise<Recount>;
  readonly call: CallOptions;
  readonly resume: string | undefined;
}

interface Position {
  readonly url: string;
  /** From 1. */
  readonly pass: number;
  /** When the listing has begun, in epoch milliseconds. */
  readonly since: number | null;
  /** The trail of the pass so far; absent at its beginning. */
  readonly trail?: string | undefined;
  /** The trail of the pass before, which was read in pieces: this one only tells whether that still holds. */
  readonly before?: string | undefined;
}

/** A listing that is never at rest is not read for ever. */
const mostPasses = 4;

/**
 * Lists what GitHub pages by number, where whatever goes shifts something else past the reader. When anything changed
 * meanwhile, the listing is read once more, for what was not seen before, until it stands still or nothing else turns
 * up but what was created since.
 *
 * Whoever goes on with it does not know which repositories were seen before, and so cannot tell one that has moved from
 * one that took its place. A reading in pieces is therefore checked by another, which gives out nothing: if both found the
 * very same, all pages stood so at the moment between them.
 *
 * @throws ProviderError `unavailable` when it changes through four readings
 */
export function listSteadily<Item>(listing: SteadyListing<Item>): PageWalk<Item> {
  return {
    [Symbol.asyncIterator]: () =>
      leavable(listing.call.signal, (signal) =>
        passes({ ...listing, call: { ...listing.call, signal } }, signal),
      ),
  };
}

async function* passes<Item>(
  listing: SteadyListing<Item>,
  signal: AbortSignal,
): AsyncGenerator<Page<Item>, undefined> {
  let position = startOf(listing);
  /** Given out in the passes before. */
  const known = new Set<string>();
  for (;;) {
    const { pass, before } = position;
    const isCheck = before !== undefined;
    const run = new Pass(listing, position);
    const seal = (next: Position): string => sealCheckpoint(listing, { position: next });
    let { since } = position;
    let found = 0;
    for await (const { page, fresh, next } of run.pages()) {
      const { census, trail } = run;
      since ??= census.since;
      const unseen = isCheck ? [] : fresh.filter(({ id }) => !known.has(id));
      found += unseen.filter((entry) => !isNewer(entry, since)).length;
      const items = unseen.flatMap(({ item }) => item ?? []);
      const { omitted } = page;
      const nothingNew = pass > 1 && census.isWhole && found === 0;
      if (next !== undefined) {
        const resume = seal({ url: next, pass, since, before, trail });
        if (pass === 1 || isCheck || items.length > 0) yield { items, omitted, resume };
      } else if (isCheck ? trail === before : census.isQuiet || nothingNew) {
        yield { items, omitted };
        return undefined;
      } else {
        if (pass === mostPasses) throw neverAtRest(listing.provider);
        const toCheck = isCheck || census.isWhole ? undefined : trail;
        position = { url: listing.first, pass: pass + 1, since, before: toCheck };
        yield { items, omitted, resume: seal(position) };
      }
      signal.throwIfAborted();
    }
    if (!isCheck) for (const id of run.census.ids) known.add(id);
  }
}

/** One reading of the listing, or of what is left of one. */
class Pass<Item> {
  readonly census: Census;
  #trail: string | undefined;
  readonly #listing: SteadyListing<Item>;
  readonly #start: string;
  /** The address after each that the first page told of. */
  readonly #order = new Map<string, string>();
  /** The last of them. */
  #last: string | undefined;
  /** Read at the beginning, and kept until its turn. */
  #lastPage: Promise<CountedPage<Item>> | undefined;

  constructor(listing: SteadyListing<Item>, { url, trail }: Position) {
    this.#listing = listing;
    this.#start = url;
    this.#trail = trail;
    this.census = new Census(listing.pageSize);
  }

  /** What was on each page so far, from the beginning of the listing, whoever read it: a hash, for it is kept. */
  get trail(): string | undefined {
    return this.#trail;
  }

  /** Each page with what was not on one before; with the last, all is known that can be. */
  async *pages() {
    const { provider, listing, call, recount } = this.#listing;
    const walk = walkPages<CountedPage<Item>, string>({
      provider,
      listing,
      first: this.#start,
      call,
      resumable: false,
      load: (url, pageCall) => this.#load(url, pageCall),
    });
    let url = this.#start;
    for await (const { items } of walk) {
      for (const page of items) {
        const next = this.#after(url, page);
        const fresh = this.census.add(page);
        this.#trail = extend(this.#trail, page);
        if (next === undefined && !this.census.isDecided) this.census.recount(await recount(call));
        yield { page, fresh, next };
        url = next ?? url;
      }
    }
  }

  async #load(url: string, call: CallOptions): Promise<LoadedPage<CountedPage<Item>, string>> {
    const page = await (url === this.#last && this.#lastPage !== undefined
      ? this.#lastPage
      : this.#listing.load(url, call));
    if (url === this.#start) this.#begin(url, page, call);
    if (url === this.#last) this.census.count(page);
    return { items: [page], rest: url === this.#start ? page.rest : undefined, next: this.#after(url, page) };
  }

  #begin(url: string, page: CountedPage<Item>, call: CallOptions): void {
    let before = url;
    for (const position of page.rest ?? []) {
      this.#order.set(before, position);
      before = position;
    }
    if (url !== this.#listing.first) return;
    this.census.begin(page);
    this.#last = page.rest?.at(-1);
    if (this.#last === undefined || page.rest?.length === 1 || page.total !== undefined) return;
    this.#lastPage = this.#readLast(this.#last, call);
    // Whoever comes to it hears of its failure.
    this.#lastPage.catch(() => undefined);
  }

  async #readLast(url: string, call: CallOptions): Promise<CountedPage<Item>> {
    const page = await this.#listing.load(url, call);
    this.census.count(page);
    return page;
  }

  /** What other pages say is only believed beyond the last one that the first told of. */
  #after(url: string, page: CountedPage<Item>): string | undefined {
    return this.#order.get(url) ?? page.next;
  }
}

function startOf({ resume, ...listing }: SteadyListing<unknown>): Position {
  if (resume === undefined) return { url: listing.first, pass: 1, since: null };
  return openCheckpoint<Position>(listing, resume).position;
}

function extend<Item>(trail: string | undefined, { entries }: CountedPage<Item>): string {
  const ids = entries.map(({ id }) => id);
  return createHash('sha256')
    .update(JSON.stringify([trail, ids]))
    .digest('base64url');
}

function neverAtRest(provider: string): ProviderError {
  return new ProviderError('unavailable', 'The repositories kept changing while they were listed.', {
    provider,
    repair: { text: 'List them again when less is created, renamed and deleted there.' },
  });
}
