import { describe, expect, it } from '@jest/globals';
import { readCursorPage, readLinkPage, readOffsetPage, readStartPage } from './page-styles.js';

const at = 'https://api.github.com/user/repos?per_page=100';
const page = (number: number): string => `https://api.github.com/user/repos?per_page=100&page=${number}`;

describe('a page of the Link style', () => {
  it('knows all pages up to the last', () => {
    const link = `<${page(2)}>; rel="next", <${page(4)}>; rel="last"`;
    expect(readLinkPage('github', { url: at, link })).toEqual({
      next: page(2),
      rest: [page(2), page(3), page(4)],
      total: undefined,
    });
  });

  it('knows the next page only where the links are not numbered alike', () => {
    const next = 'https://gitlab.com/api/v4/projects?id_after=42&pagination=keyset';
    const first = { url: 'https://gitlab.com/api/v4/projects', link: `<${next}>; rel="next"` };
    expect(readLinkPage('gitlab', first)).toEqual({ next, rest: undefined, total: undefined });
    const link = `<${page(2)}>; rel="next", <${page(9)}&sort=full_name>; rel="last"`;
    expect(readLinkPage('github', { url: at, link }).rest).toBeUndefined();
  });

  it('ends where there is no next link', () => {
    expect(readLinkPage('github', { url: at, link: `<${page(1)}>; rel="first"` }).next).toBeUndefined();
    expect(readLinkPage('github', { url: at, link: null }).next).toBeUndefined();
  });

  it.each([
    ['relative links', '</user/repos?per_page=100&page=2>; rel="next"'],
    ['bare relations', `<${page(2)}>; rel=next`],
    ['several relations in one', `<${page(2)}>; rel="next last"`],
    ['other parameters before', `<${page(2)}>; title="a, b; c"; rel="next"`],
    ['capitals', `<${page(2)}>; REL="Next"`],
  ])('understands %s', (_, link) => {
    expect(readLinkPage('github', { url: at, link }).next).toBe(page(2));
  });

  it('understands commas in a URL', () => {
    const next = 'https://api.github.com/user/repos?affiliation=owner,collaborator&page=2';
    expect(readLinkPage('github', { url: at, link: `<${next}>; rel="next"` }).next).toBe(next);
  });

  it('reads the total from the header that tells it', () => {
    expect(readLinkPage('gitlab', { url: at, link: null, total: '431' }).total).toBe(431);
    expect(readLinkPage('gitlab', { url: at, link: null, total: '' }).total).toBeUndefined();
  });

  it.each(['https://evil.example/?page=2', 'http://api.github.com/user/repos?page=2', 'https://'])(
    'refuses a next page at %s',
    (url) => {
      expect(() => readLinkPage('github', { url: at, link: `<${url}>; rel="next"` })).toThrow(
        expect.objectContaining({ kind: 'invalid_response' }),
      );
    },
  );

  it('reads a header gone mad without losing time', () => {
    const begin = performance.now();
    for (const mad of ['<', '<a', '<>;', '<>;"', '<>;rel="', '<>; ', '<>;a ;']) {
      const link = mad.repeat(50_000 / mad.length);
      expect(readLinkPage('github', { url: at, link }).next).toBeUndefined();
    }
    for (const mad of [' ', '; ', ' ;', ';rel =', '"']) {
      const link = `<${page(2)}>;${mad.repeat(50_000 / mad.length)}`;
      expect(readLinkPage('github', { url: at, link }).next).toBeUndefined();
    }
    expect(performance.now() - begin).toBeLessThan(2_000);
  });

  it('does not write down more pages than anybody has', () => {
    const link = `<${page(2)}>; rel="next", <${page(999_999_999_999)}>; rel="last"`;
    expect(readLinkPage('github', { url: at, link })).toMatchObject({ next: page(2), rest: undefined });
  });
});

describe('a page of the cursor style', () => {
  it.each([
    [{ cursor: 'Y3Vyc29y' }, 'Y3Vyc29y'],
    [{ cursor: 'Y3Vyc29y', hasNext: true }, 'Y3Vyc29y'],
    [{ cursor: 'Y3Vyc29y', hasNext: false }, undefined],
    [{ cursor: null }, undefined],
    [{ cursor: '' }, undefined],
    [{ cursor: undefined, hasNext: false }, undefined],
  ])('%j goes on at %s', (answer, next) => {
    expect(readCursorPage('github', answer).next).toBe(next);
  });

  it('is refused when it goes on without a cursor', () => {
    expect(() => readCursorPage('github', { cursor: null, hasNext: true })).toThrow(
      expect.objectContaining({ kind: 'invalid_response' }),
    );
  });

  it('carries the total', () => {
    expect(readCursorPage('github', { cursor: null, total: 3 }).total).toBe(3);
    expect(readCursorPage('github', { cursor: null, total: null }).total).toBeUndefined();
  });
});

describe('a page of the page-number style', () => {
  it.each([
    ['knows all pages by the total', { page: 1, perPage: 50, count: 50, total: 120 }, [2, 3]],
    ['knows the rest in the middle', { page: 2, perPage: 50, count: 50, total: 120 }, [3]],
    ['ends at the total', { page: 3, perPage: 50, count: 20, total: 120 }, undefined],
    ['ends at once when there is nothing', { page: 1, perPage: 50, count: 0, total: 0 }, undefined],
    ['ends beyond the total', { page: 4, perPage: 50, count: 0, total: 120 }, undefined],
  ])('%s', (_, answer, rest) => {
    expect(readOffsetPage('gitlab', answer).rest).toEqual(rest);
    expect(readOffsetPage('gitlab', answer).next).toBe(rest?.[0]);
  });

  it.each([
    ['the first page', { page: 1, perPage: 100, count: 50, total: 120 }, 2],
    ['what would be the last page', { page: 2, perPage: 100, count: 50, total: 120 }, 3],
    ['a page beyond the total', { page: 3, perPage: 100, count: 20, total: 120 }, 4],
    ['an empty page that is not the last', { page: 1, perPage: 50, count: 0, total: 120 }, 2],
    ['an empty last page', { page: 3, perPage: 50, count: 0, total: 120 }, undefined],
    ['an empty page after all', { page: 4, perPage: 100, count: 0, total: 120 }, undefined],
  ])('goes on page by page where the total does not fit %s', (_, answer, next) => {
    expect(readOffsetPage('gitlab', answer)).toEqual({ next, rest: undefined, total: 120 });
  });

  it.each([
    ['pages that hold nothing', { page: 1, perPage: 0, count: 0, total: 3 }],
    ['full pages far beyond the total', { page: 31, perPage: 100, count: 100, total: 120 }],
  ])('throws rather than ask for ever on %s', (_, answer) => {
    expect(() => readOffsetPage('gitlab', answer)).toThrow(
      expect.objectContaining({ kind: 'invalid_response' }),
    );
  });

  it('believes a forge that says there is more', () => {
    expect(
      readOffsetPage('gitlab', { page: 3, perPage: 50, count: 50, total: 120, hasNext: true }).next,
    ).toBe(4);
    expect(readOffsetPage('gitlab', { page: 3, perPage: 50, count: 10, hasNext: true }).next).toBe(4);
    expect(
      readOffsetPage('gitlab', { page: 3, perPage: 50, count: 50, hasNext: false }).next,
    ).toBeUndefined();
  });

  it('goes on after a full page where nothing is told', () => {
    expect(readOffsetPage('gitlab', { page: 1, perPage: 50, count: 50 }).next).toBe(2);
    expect(readOffsetPage('gitlab', { page: 2, perPage: 50, count: 49 }).next).toBeUndefined();
  });
});

describe('a page of Bitbucket Data Center', () => {
  it('goes on where the forge says', () => {
    expect(readStartPage('bitbucket-data-center', { isLastPage: false, nextPageStart: 37 })).toEqual({
      next: 37,
    });
    expect(readStartPage('bitbucket-data-center', { isLastPage: true, nextPageStart: null })).toEqual({});
  });

  it('is refused when it goes on nowhere', () => {
    expect(() => readStartPage('bitbucket-data-center', { isLastPage: false, nextPageStart: null })).toThrow(
      expect.objectContaining({ kind: 'invalid_response' }),
    );
  });
});
