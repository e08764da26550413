import { describe, expect, it } from '@jest/globals';
import type { Page, Repository, RepositoryQuery } from '@anyforge/core';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { giteaPlugin } from './index.js';

const pageSize = 20;
const baseUrl = 'https://git.example';
const ada = { id: 2, login: 'ada' };
const acme = { id: 50, name: 'acme', full_name: '', visibility: 'public' };
const vault = { id: 51, name: 'vault', full_name: '', visibility: 'private' };

const numbers = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

const row = (id: number) => ({
  id,
  owner: id % 2 === 0 ? { id: 50, login: 'acme', visibility: 'public' } : { ...ada, visibility: 'public' },
  name: `r${id}`,
  full_name: `${id % 2 === 0 ? 'acme' : 'ada'}/r${id}`,
  html_url: `https://git.example/r${id}`,
  private: false,
  permissions: { admin: false, push: false, pull: true },
});

interface Forge {
  /** What the account's own search has. */
  own: readonly number[];
  /** What is public in acme. */
  open: readonly number[];
  /** Before each answer of a search, with its number. */
  readonly before?: (search: number, forge: Forge) => void;
  /** Where it is, and who is signed in, if not the usual ones. */
  readonly baseUrl?: string;
  readonly account?: { readonly id: number; readonly login: string };
}

function setUp(forge: Forge) {
  let searches = 0;
  let underWay = 0;
  let peak = 0;
  const clock = createFakeClock();
  const answer = (url: string) => {
    const { pathname, searchParams } = new URL(url);
    const path = pathname.replace('/api/v1', '');
    if (path === '/user') return { body: forge.account ?? ada };
    if (path === '/settings/api') return { body: { max_response_items: pageSize } };
    if (path === '/user/emails') return { body: [] };
    if (path === '/user/orgs') return paged([acme, vault]);
    if (path.startsWith('/orgs/acme')) return { body: acme };
    if (path !== '/repos/search') return { status: 404, body: { message: 'not found' } };
    searches += 1;
    forge.before?.(searches, forge);
    const found = searchParams.get('uid') !== '50' ? forge.own : forge.open;
    const limit = Number(searchParams.get('limit'));
    const start = (Number(searchParams.get('page')) - 1) * limit;
    const { body, headers } = paged(found.slice(start, start + limit).map(row), found.length);
    return { body: { ok: true, data: body }, headers };
  };
  const { fetch, requests } = createScriptedFetch(async ({ url }) => {
    underWay += 1;
    peak = Math.max(peak, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return answer(url);
  });
  const session = giteaPlugin
    .create({ baseUrl: forge.baseUrl ?? baseUrl }, { fetch, clock })
    .signIn({ kind: 'token', token: 'secret' });
  const listed = async (query: RepositoryQuery = {}) => {
    const ids: number[] = [];
    for await (const { id } of session.repositories(query)) ids.push(Number(id));
    return ids;
  };
  const searched = () =>
    requests.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname.endsWith('/search'));
  return { session, clock, listed, searched, peak: () => peak };
}

function paged(body: readonly object[], total = body.length) {
  return { body, headers: { 'x-total-count': String(total) } };
}

describe('the repositories of an account', () => {
  const own = numbers(1, 90).filter((id) => id % 3 !== 0);
  const open = numbers(30, 140).filter((id) => id % 2 === 0);
  const both = [...new Set([...own, ...open])].sort((one, other) => one - other);

  it('are what it has of its own and what is public in its organizations, each once and in order', async () => {
    const { listed, searched } = setUp({ own, open });
    expect(await listed()).toEqual(both);
    const asked = new Set(searched().map(({ searchParams }) => searchParams.get('uid')));
    expect(asked).toEqual(new Set(['2', '50', '51']));
  });

  it('of an organization are those of both that it owns', async () => {
    const expected = both.filter((id) => id % 2 === 0);
    for (const organizations of [[{ id: '50' }], [{ path: 'Acme' }]])
      expect(await setUp({ own, open }).listed({ organizations })).toEqual(expected);
    const { session } = setUp({ own, open });
    const pages: Page<Repository>[] = [];
    const elsewhere = { organizations: [{ path: 'nowhere' }] };
    for await (const page of session.repositories(elsewhere).pages()) pages.push(page);
    expect(pages.flatMap(({ items }) => items)).toEqual([]);
    expect(pages[0]?.omitted).toEqual([{ organization: { path: 'nowhere' }, reason: 'forbidden' }]);
  });

  it('are gone on with after any page in another process, and none is lost or told twice', async () => {
    const { session } = setUp({ own, open });
    const first: number[] = [];
    let pages = 0;
    for await (const { items, resume } of session.repositories().pages()) {
      pages += 1;
      first.push(...items.map(({ id }) => Number(id)));
      const rest = resume === undefined ? [] : await setUp({ own, open }).listed({ resume });
      expect([...first, ...rest]).toEqual(both);
    }
    expect(pages).toBeGreaterThan(4);
  });

  it.each([
    ['another address', { baseUrl: 'https://git.acme.example' }],
    ['another account', { account: { id: 3, login: 'lin' } }],
  ])('are not gone on with from a page of %s', async (_, other) => {
    const { session } = setUp({ own, open, ...other });
    const checkpoints: string[] = [];
    for await (const { resume } of session.repositories().pages()) if (resume) checkpoints.push(resume);
    const [resume = ''] = checkpoints;
    expect(resume).not.toBe('');
    await expect(setUp({ own, open }).listed({ resume })).rejects.toMatchObject({ kind: 'invalid_request' });
  });

  it('are asked for ten requests at once at most, and of an organization a little ahead', async () => {
    const many = setUp({ own, open: [] });
    const organizations = numbers(1, 40).map((number) => ({ path: `acme-${number}` }));
    await many.listed({ organizations });
    expect(many.peak()).toBe(10);
    const { session, searched } = setUp({ own: [1_000], open: numbers(1, 600) });
    await session.repositories().pages()[Symbol.asyncIterator]().next();
    const ofAcme = searched().filter(({ searchParams }) => searchParams.get('uid') === '50');
    expect(ofAcme.length).toBeLessThanOrEqual(3);
  });

  it('tell when they were asked for, whichever search has come to its end before', async () => {
    const { session, clock } = setUp({ own: numbers(1, 600), open: [1] });
    const begin = clock.now();
    const times: (Date | undefined)[] = [];
    for await (const { askedAt } of session.repositories().pages()) {
      times.push(askedAt);
      await clock.advance(60_000);
    }
    expect(times[0]).toEqual(begin);
    expect(times.at(-1)?.getTime()).toBeGreaterThan(begin.getTime());
  });

  it('that stay are not lost where others go or come, in either search, at whichever moment', async () => {
    for (let moment = 1; moment <= 10; moment += 1)
      for (const change of ['own', 'open'] as const) {
        const { listed } = setUp({
          own,
          open,
          before: (search, forge) => {
            if (search !== moment) return;
            forge[change] = [...forge[change].filter((id) => id > 45), ...numbers(200, 215)];
          },
        });
        const ids = await listed();
        expect(both.filter((id) => id > 45 && !ids.includes(id))).toEqual([]);
        expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other));
      }
  });

  it('are refused where they do not come in the order that was asked for', async () => {
    const { listed } = setUp({ own: [3, 1, 2], open: [] });
    await expect(listed()).rejects.toMatchObject({ kind: 'invalid_response' });
  });
});
