import type { Omission, Page, Repository } from '@anyforge/core';

/** A page as it came. */
export interface ListedPage {
  readonly page: Page<Repository>;
  /** When the forge was asked for it. */
  readonly askedAt: Date;
  /** What this page and those before it left out. */
  readonly omitted: readonly Omission[];
}

/** A page, or a part of a large one. */
export interface PagePart {
  readonly items: readonly Repository[];
  readonly askedAt: Date;
  /** The page that it is the last part of, or all. */
  readonly ends?: ListedPage | undefined;
}

/** Puts small pages together and takes large ones apart, so that no batch has more items than so many. */
export function* inBatches(
  pages: readonly ListedPage[],
  itemsAtMost: number,
): Generator<readonly PagePart[]> {
  let batch: PagePart[] = [];
  let size = 0;
  for (const part of partsOf(pages, itemsAtMost)) {
    if (batch.length > 0 && size + part.items.length > itemsAtMost) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(part);
    size += part.items.length;
  }
  if (batch.length > 0) yield batch;
}

function* partsOf(pages: readonly ListedPage[], itemsAtMost: number): Generator<PagePart> {
  for (const listed of pages) {
    const { page, askedAt } = listed;
    for (let start = 0; ; start += itemsAtMost) {
      const items = page.items.slice(start, start + itemsAtMost);
      const last = start + itemsAtMost >= page.items.length;
      yield last ? { items, askedAt, ends: listed } : { items, askedAt };
      if (last) break;
    }
  }
}
