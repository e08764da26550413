import { describe, expect, it } from '@jest/globals';
import { fieldsOf, firstPage, readBodyPage } from './pages.js';

const url = 'https://api.bitbucket.org/2.0/repositories/acme?pagelen=2&sort=full_name';
const at = (page: number): string => `${url}&page=${page}`;
const full = { values: [1, 2], page: 1, pagelen: 2, size: 5 };

describe('the way on from a page', () => {
  it('is known to the end where pages are numbered and the size is told', () => {
    expect(readBodyPage(url, { ...full, next: at(2) })).toEqual({
      next: at(2),
      rest: [at(2), at(3)],
      total: 5,
    });
  });

  it.each([
    ['has no number in its address', { ...full, next: `${url}&ctx=abc` }],
    ['is another than the number tells', { ...full, next: at(7) }],
    ['tells no size', { ...full, size: undefined, next: at(2) }],
    ['tells no length', { ...full, pagelen: null, next: at(2) }],
    ['is not as full as it says', { ...full, values: [1], next: at(2) }],
  ])('is next alone where the page %s', (_, page) => {
    const { next, rest } = readBodyPage(url, page);
    expect({ next, rest }).toEqual({ next: page.next, rest: undefined });
  });

  it.each([undefined, null, ''])('ends where next is %j', (next) => {
    expect(readBodyPage(url, { ...full, next })).toEqual({ total: 5 });
  });

  it('goes on beyond the size where there is a next', () => {
    const last = { values: [5], page: 3, pagelen: 2, size: 5 };
    expect(readBodyPage(url, { ...last, next: at(4) }).next).toBe(at(4));
  });

  it.each(['https://elsewhere.example/2.0/repositories/acme', 'http://api.bitbucket.org/2.0/', 'https://'])(
    'is refused to %s',
    (next) => {
      expect(() => readBodyPage(url, { ...full, next })).toThrow(
        expect.objectContaining({ kind: 'invalid_response' }),
      );
    },
  );

  it('begins with as long a page as there is, with the fields that are read', () => {
    expect(firstPage('/user/workspaces', { sort: 'slug' })).toBe('/user/workspaces?sort=slug&pagelen=100');
    expect(fieldsOf(['uuid', 'links.html'])).toBe('next,page,pagelen,size,values.uuid,values.links.html');
  });
});
