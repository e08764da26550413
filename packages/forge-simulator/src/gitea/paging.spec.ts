import { afterEach, describe, expect, it } from '@jest/globals';
import { relations } from '../http/asking.fixture.js';
import { get, Giteas, listed } from './acme.fixture.js';

const giteas = new Giteas();
afterEach(() => giteas.closeAll());

/** Ada has 61 of her own. */
async function startMany() {
  const company = await giteas.startAcme();
  const { world, ada } = company;
  for (let index = 1; index <= 60; index += 1) world.addRepository({ owner: ada, name: `r-${index}` });
  // The team holds one more.
  const search = `/repos/search?uid=${ada.id}&sort=id`;
  return { ...company, search, token: company.as(ada) };
}

describe('a listing', () => {
  it('has pages by number, with their neighbours and the total', async () => {
    const { gitea, search, token } = await startMany();
    const first = await get(gitea, `${search}&limit=25`, token);
    expect([listed(first).length, first.headers.get('x-total-count')]).toEqual([25, '62']);
    const address = (page: number): string =>
      `${gitea.apiUrl}/repos/search?limit=25&page=${page}&sort=id&uid=${new URL(gitea.apiUrl + search).searchParams.get('uid') ?? ''}`;
    expect(first.headers.get('link')).toBe(`<${address(2)}>; rel="next",<${address(3)}>; rel="last"`);
    const second = await get(gitea, `${search}&limit=25&page=2`, token);
    expect(Object.keys(relations(second))).toEqual(['next', 'last', 'first', 'prev']);
    const last = await get(gitea, `${search}&limit=25&page=3`, token);
    expect([listed(last).length, Object.keys(relations(last))]).toEqual([12, ['first', 'prev']]);
  });

  it('has no links when it is one page', async () => {
    const { gitea, as, grace } = await startMany();
    const reply = await get(gitea, '/orgs/acme/repos', as(grace));
    expect([reply.headers.has('link'), reply.headers.get('x-total-count')]).toEqual([false, '3']);
    expect(reply.headers.get('access-control-expose-headers')).toBe('X-Total-Count');
  });

  it.each([
    ['limit=1000', 50],
    ['limit=0', 30],
    ['limit=-1', 30],
    ['limit=many', 30],
    ['', 30],
    ['page=0', 30],
    ['page=nowhere', 30],
  ])('that is asked for with "%s" has a page of %d', async (query, size) => {
    const { gitea, search, token } = await startMany();
    const reply = await get(gitea, `${search}&${query}`, token);
    expect([reply.status, listed(reply).length]).toEqual([200, size]);
  });

  it('is empty beyond its end, and tells how long it is', async () => {
    const { gitea, search, token } = await startMany();
    const reply = await get(gitea, `${search}&limit=50&page=9`, token);
    expect([reply.status, listed(reply), reply.headers.get('x-total-count')]).toEqual([200, [], '62']);
    expect(relations(reply)['prev']).toContain('page=1&');
  });

  it('of the collaborators links to no other page', async () => {
    const { gitea, world, api, eve, stranger, as, grace } = await startMany();
    world.grant({ to: eve, on: api, level: 'read' });
    world.grant({ to: stranger, on: api, level: 'read' });
    const reply = await get(gitea, '/repos/acme/api/collaborators?limit=1', as(grace));
    expect([listed(reply, 'login'), reply.headers.get('x-total-count')]).toEqual([['eve'], '2']);
    expect(reply.headers.has('link')).toBe(false);
  });

  it('of an organization counts what may not be seen, and leaves it out of its pages', async () => {
    const { gitea, as, eve } = await startMany();
    const pages = [1, 2, 3].map((page) => get(gitea, `/orgs/acme/repos?limit=1&page=${page}`, as(eve)));
    const replies = await Promise.all(pages);
    expect(replies.map((reply) => listed(reply))).toEqual([['acme/api'], [], ['acme/open']]);
    expect(replies.map(({ headers }) => headers.get('x-total-count'))).toEqual(['3', '3', '3']);
  });
});

describe('the order of a listing', () => {
  it.each([
    ['sort=id&order=desc', ['ada/notes', 'acme/open', 'acme/api']],
    ['sort=alpha', ['acme/api', 'acme/open', 'ada/notes']],
    ['', ['acme/api', 'ada/notes', 'acme/open']],
    ['sort=updated&order=desc', ['acme/open', 'acme/api', 'ada/notes']],
  ])('is what is asked for: "%s"', async (query, order) => {
    const { gitea, as, ada, world, api, vault, open } = await giteas.startAcme();
    world.deleteRepository(vault);
    world.updateRepository(api, { description: 'changed' });
    world.updateRepository(open, { description: 'changed' });
    const reply = await get(gitea, `/repos/search?${query}`, as(ada));
    expect(listed(reply)).toEqual(order);
  });

  it.each([
    ['sort=bogus', 'Invalid sort mode: "bogus"'],
    ['sort=id&order=up', 'Invalid sort order: "up"'],
    ['mode=bogus', 'Invalid search mode: "bogus"'],
  ])('cannot be "%s"', async (query, words) => {
    const { gitea, as, ada } = await giteas.startAcme();
    const reply = await get(gitea, `/repos/search?${query}`, as(ada));
    expect([reply.status, reply.body]).toMatchObject([422, { message: words }]);
  });
});
