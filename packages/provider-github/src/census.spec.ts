import { describe, expect, it } from '@jest/globals';
import { Census } from './census.js';
import type { CountedPage } from './counted-page.js';

const since = Date.parse('2026-11-20T12:00:00Z');

/** A page of a listing that was begun at noon, with repositories of this morning. */
function page(ids: string, told: Partial<CountedPage<string>> = {}): CountedPage<string> {
  const entries = ids.split('').map((id) => ({ id, createdAt: since - 1, item: id }));
  return {
    next: undefined,
    omitted: undefined,
    lastPage: undefined,
    answeredAt: since,
    entries,
    ...told,
  };
}

/** A reading of pages of two, of which the first tells that there are three, and the last one is full. */
function read(second: CountedPage<string>): Census {
  const census = new Census(2);
  const first = page('ab', { next: '2', lastPage: 3 });
  census.begin(first);
  census.count(page('ef'));
  for (const each of [first, second, page('ef')]) census.add(each);
  return census;
}

describe('a reading', () => {
  it('is quiet when all were seen, and needs no further count where the last page is full', () => {
    const census = read(page('cd', { next: '3', lastPage: 3 }));
    expect([census.isQuiet, census.isDecided]).toEqual([true, true]);
  });

  it('is not when a page tells of another last page, though as many were seen', () => {
    expect(read(page('cd', { next: '3', lastPage: 4 })).isQuiet).toBe(false);
  });

  it('is not when one came while it was read, which may make up for one that went', () => {
    const [kept] = page('c').entries;
    const created = { id: 'n', createdAt: since + 1_000, item: 'n' };
    const entries = [...(kept ? [kept] : []), created];
    expect(read(page('', { entries, next: '3', lastPage: 3 })).isQuiet).toBe(false);
  });

  it('is when what it saw was created in the second in which it began', () => {
    const entries = ['c', 'd'].map((id) => ({ id, createdAt: since, item: id }));
    expect(read(page('', { entries, next: '3', lastPage: 3 })).isQuiet).toBe(true);
  });

  it('is not when one was seen twice, though as many are there as each page tells', () => {
    const census = new Census(2);
    const pages = ['ab', 'bc', 'd'].map((ids) => page(ids, { total: 4 }));
    if (pages[0] !== undefined) census.begin(pages[0]);
    for (const each of pages) census.add(each);
    expect(census.isQuiet).toBe(false);
  });

  it('is not when a page tells of another number than the first', () => {
    const census = new Census(2);
    const first = page('ab', { total: 4 });
    census.begin(first);
    for (const each of [first, page('cd', { total: 3 })]) census.add(each);
    expect(census.isQuiet).toBe(false);
  });

  it('that was begun by somebody else is never quiet by itself', () => {
    const census = new Census(2);
    census.add(page('ef'));
    expect([census.isWhole, census.isQuiet, census.isDecided]).toEqual([false, false, true]);
  });
});
