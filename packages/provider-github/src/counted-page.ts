import type { Omission } from '@anyforge/core';
import type { PageAnswer } from '@anyforge/provider-kit';

/** One repository of a page, whether it is in the selection or not. */
export interface Entry<Item> {
  readonly id: string;
  /** In epoch milliseconds. */
  readonly createdAt: number | undefined;
  /** Absent: it is not in the selection. */
  readonly item: Item | undefined;
}

/** A page as it came, with all that it tells of the listing that it is of. `total` is told to installations alone. */
export interface CountedPage<Item> extends PageAnswer<string> {
  readonly entries: readonly Entry<Item>[];
  readonly omitted: readonly Omission[] | undefined;
  /** Absent on the last page. */
  readonly lastPage: number | undefined;
  /** In epoch milliseconds, by GitHub's clock, which tells no more than seconds. */
  readonly answeredAt: number | undefined;
}
