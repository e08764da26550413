/** A list that comes page by page. To iterate is to go through all of it; each page is asked for when it is needed. */
export interface Pages<Item, Page> extends AsyncIterable<Item> {
  /** The pages themselves, with what they tell besides. */
  pages(): AsyncIterable<Page>;
}

interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string | undefined;
}

/** @param load loads the page at a cursor; undefined is the first */
export function pagesOf<Item, Page extends PageOf<Item>>(
  load: (cursor: string | undefined) => Promise<Page>,
): Pages<Item, Page> {
  async function* pages(): AsyncGenerator<Page, void, undefined> {
    let cursor: string | undefined;
    do {
      const page = await load(cursor);
      yield page;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const { items } of pages()) yield* items;
    },
  };
}
