import type { CallOptions } from '@anyforge/core';
import type { PageWalk } from '@anyforge/provider-kit';
import { walkPages } from '@anyforge/provider-kit';
import { provider } from './api.js';

/** A listing that is read piece by piece, each after the one before it. */
export interface Pieces<Item> {
  readonly ended: boolean;
  next(call: CallOptions): Promise<readonly Item[]>;
}

/**
 * Makes pages of pieces, leaving out empty ones. None can be resumed: what a piece leaves out depends on all before it.
 *
 * @param open begins the listing with its first page
 * @throws ProviderError `invalid_request` for a `resume`, which no page of these has offered
 */
export function listPieces<Item>(
  open: (call: CallOptions) => Promise<Pieces<Item>>,
  { call, resume }: { readonly call: CallOptions; readonly resume?: string | undefined },
): PageWalk<Item> {
  let pieces: Pieces<Item> | undefined;
  return walkPages<Item, number>({
    provider,
    listing: 'pieces',
    first: 1,
    resume,
    resumable: false,
    call,
    load: async (position, pageCall) => {
      const listing = (pieces ??= await open(pageCall));
      let items: readonly Item[] = [];
      while (items.length === 0 && !listing.ended) items = await listing.next(pageCall);
      return { items, next: listing.ended ? undefined : position + 1 };
    },
  });
}
