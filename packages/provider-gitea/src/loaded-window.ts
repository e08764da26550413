import type { CallOptions } from '@anyforge/core';
import type { Window } from './windows.js';
import { endOf } from './windows.js';

/** What Gitea gave for a window. */
export interface WindowRows<Row> {
  readonly rows: readonly Row[];
  /** How many items there were in all when it answered; undefined where a proxy keeps that to itself. */
  readonly total: number | undefined;
  /** Whether it says that there is another page; undefined where it does not say. */
  readonly goesOn: boolean | undefined;
}

/** What Gitea gave for which window. */
export interface LoadedWindow<Row> extends WindowRows<Row> {
  readonly window: Window;
}

/** Loads one page of a listing. */
export type LoadWindow<Row> = (window: Window, call: CallOptions) => Promise<WindowRows<Row>>;

/**
 * Loads a page. One that is not full ends its listing, or pages have become smaller than was asked for: its number then
 * stands for another place, and even its total may fit by chance. Where nothing tells which, the page after it does.
 */
export async function loadWindow<Row>(
  load: LoadWindow<Row>,
  window: Window,
  call: CallOptions,
): Promise<LoadedWindow<Row>> {
  const loaded = { ...(await load(window, call)), window };
  if (!mayBeCut(loaded)) return loaded;
  const after = await load({ ...window, page: window.page + 1, start: endOf(window) }, call);
  return { ...loaded, goesOn: after.rows.length > 0 };
}

function mayBeCut<Row>(loaded: LoadedWindow<Row>): boolean {
  const { window, rows, total, goesOn } = loaded;
  if (goesOn !== undefined || rows.length === 0 || rows.length >= window.limit) return false;
  return isWhole(loaded) && (window.start > 0 || total === undefined);
}

/** Whether it is the page that was asked for, with as many rows as there are for it. */
export function isWhole<Row>({ window, rows, total, goesOn }: LoadedWindow<Row>): boolean {
  if (goesOn === true && rows.length !== window.limit) return false;
  if (total === undefined) return rows.length <= window.limit;
  return rows.length === Math.min(window.limit, Math.max(0, total - window.start));
}

/** Whether nothing is behind it; of a page that is whole. */
export function isEnd<Row>({ window, rows, total, goesOn }: LoadedWindow<Row>): boolean {
  if (goesOn === true) return false;
  if (total === undefined) return goesOn === false || rows.length < window.limit;
  return window.start + rows.length >= total;
}
