import { describe, expect, it, jest } from '@jest/globals';
import type { Load } from './listing.fixture.js';
import { collect, numbered, walk } from './listing.fixture.js';
import type { LoadedPage, WalkOptions } from './walk-pages.js';
import { walkPages } from './walk-pages.js';

describe('resuming a listing', () => {
  it('goes on after any page, with the rest at once and the total', async () => {
    const load: Load = async (position, call) => ({
      ...(await numbered(6)(position, call)),
      ...(position === 1 && { total: 18 }),
    });
    const pages = await collect(walk(load));
    for (const [index, { resume }] of pages.entries()) {
      if (resume === undefined) continue;
      const again = await collect(walk(load, { resume }));
      expect(again.map(({ items }) => items)).toEqual(pages.slice(index + 1).map(({ items }) => items));
      expect(again[0]?.total).toBe(18);
    }
  });

  it('refuses what is no checkpoint of this listing', async () => {
    const load = jest.fn(numbered(3));
    const [first] = await collect(walk(load));
    const resume = first?.resume ?? '';
    const [seal, , total]: unknown[] = JSON.parse(Buffer.from(resume, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify([seal, 7, total])).toString('base64url');
    load.mockClear();
    const cases: readonly Partial<WalkOptions<number, number>>[] = [
      { resume: '' },
      { resume: 'null' },
      { resume: Buffer.from('[1,2,3]').toString('base64url') },
      { resume: resume.slice(0, -4) },
      { resume: forged },
      { resume, listing: 'repositories of acme v1' },
      { resume, provider: 'gitlab' },
    ];
    for (const options of cases) {
      await expect(collect(walk(load, options))).rejects.toMatchObject({ kind: 'invalid_request' });
    }
    expect(load).not.toHaveBeenCalled();
  });
});

describe('positions of any shape', () => {
  it('are written into a checkpoint and read from it', async () => {
    interface Position {
      readonly organization: string;
      readonly page?: number | undefined;
    }
    const load = async ({ organization, page = 1 }: Position): Promise<LoadedPage<string, Position>> => ({
      items: [`${organization}${page}`],
      next: page === 1 ? { organization, page: 2 } : organization === 'a' ? { organization: 'b' } : undefined,
    });
    const options = { provider: 'github', listing: 'x', first: { organization: 'a' }, load };
    const pages = await collect(walkPages<string, Position>(options));
    expect(pages.flatMap(({ items }) => items)).toEqual(['a1', 'a2', 'b1', 'b2']);
    const again = await collect(walkPages<string, Position>({ ...options, resume: pages[1]?.resume }));
    expect(again.flatMap(({ items }) => items)).toEqual(['b1', 'b2']);
  });
});
