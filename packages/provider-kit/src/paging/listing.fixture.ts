import type { CallOptions, Page } from '@anyforge/core';
import { rest } from '../transport/transport.fixture.js';
import type { WalkOptions } from './walk-pages.js';
import { walkPages } from './walk-pages.js';

export type Load = WalkOptions<number, number>['load'];

/** A listing of so many pages of three items; the first page, and each after it, tells all that follow. */
export function numbered(pages: number): Load {
  return (position) =>
    Promise.resolve({
      items: [0, 1, 2].map((item) => position * 10 + item),
      rest: Array.from({ length: pages - position }, (_, index) => position + 1 + index),
    });
}

export function walk(
  load: Load,
  options: Partial<WalkOptions<number, number>> = {},
): AsyncIterable<Page<number>> {
  return walkPages({ provider: 'github', listing: 'repositories v1', first: 1, load, ...options });
}

export async function collect<T>(pages: AsyncIterable<Page<T>>): Promise<Page<T>[]> {
  const collected: Page<T>[] = [];
  for await (const page of pages) collected.push(page);
  return collected;
}

/** Loads that a test lets end one by one. */
export function gated(load: Load) {
  const open = new Map<number, () => void>();
  const started: { readonly position: number; readonly call: CallOptions }[] = [];
  const gatedLoad: Load = async (position, call) => {
    started.push({ position, call });
    await new Promise<void>((resolve, reject) => {
      open.set(position, resolve);
      call.signal?.addEventListener('abort', () => {
        reject(call.signal?.reason);
      });
    });
    return load(position, call);
  };
  const release = async (...positions: readonly number[]): Promise<void> => {
    for (const position of positions) open.get(position)?.();
    await rest();
  };
  return { load: gatedLoad, started, release, positions: () => started.map(({ position }) => position) };
}
