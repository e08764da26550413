import { afterEach, describe, expect, it } from '@jest/globals';
import { createWorld } from '../world/world.js';
import { pluck, relations } from '../http/asking.fixture.js';
import { get, personalToken, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function setUp(repositories: number) {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  for (let index = 0; index < repositories; index += 1)
    world.addRepository({ owner: ada, name: `project-${index}` });
  const gitlab = await simulators.start({ world, limits: 'off' });
  const token = personalToken(gitlab, ada);
  return { world, gitlab, token, page: (query: string) => get(gitlab, `/projects?${query}`, token) };
}

const pageHeaders = ['x-page', 'x-per-page', 'x-next-page', 'x-prev-page', 'x-total', 'x-total-pages'];

describe('numbered pages', () => {
  it('hold 20 unless asked, never more than 100, and the first is the least', async () => {
    const { page } = await setUp(130);
    expect((await page('')).body).toHaveLength(20);
    expect((await page('per_page=500')).body).toHaveLength(100);
    expect((await page('page=-3&per_page=5')).headers.get('x-page')).toBe('1');
    expect((await page('per_page=-5')).body).toHaveLength(20);
  });

  it('tell their number, their neighbours and the total', async () => {
    const { page } = await setUp(25);
    const told = async (number: number) => {
      const { headers } = await page(`per_page=10&page=${number}`);
      return pageHeaders.map((name) => headers.get(name));
    };
    expect(await told(1)).toEqual(['1', '10', '2', '', '25', '3']);
    expect(await told(2)).toEqual(['2', '10', '3', '1', '25', '3']);
    expect(await told(3)).toEqual(['3', '10', '', '2', '25', '3']);
    expect(await told(4)).toEqual(['4', '10', '', '3', '25', '3']);
  });

  it('link their neighbours and both ends, and repeat what was asked and what was assumed', async () => {
    const { gitlab, page } = await setUp(25);
    const links = relations(await page('per_page=10&page=2&membership=true'));
    expect(Object.keys(links)).toEqual(['prev', 'next', 'first', 'last']);
    expect(links['next']).toBe(
      `${gitlab.apiUrl}/projects?membership=true&order_by=created_at&owned=false&page=3&per_page=10` +
        '&repository_checksum_failed=false&simple=false&sort=desc&starred=false&statistics=false' +
        '&wiki_checksum_failed=false&with_custom_attributes=false&with_issues_enabled=false' +
        '&with_merge_requests_enabled=false',
    );
    expect(links['last']).toMatch(/[?&]page=3&/);
    expect(Object.keys(relations(await page('per_page=100')))).toEqual(['first', 'last']);
  });

  it('tell no total and no last page of more than 10,000', async () => {
    const { world, page } = await setUp(10_000);
    const counted = await page('per_page=100');
    expect([counted.headers.get('x-total'), counted.headers.get('x-total-pages')]).toEqual(['10000', '100']);
    const [ada] = world.people;
    if (ada !== undefined) world.addRepository({ owner: ada, name: 'one-more' });
    const uncounted = await page('per_page=100');
    expect([uncounted.headers.get('x-total'), uncounted.headers.get('x-total-pages')]).toEqual([null, null]);
    expect(uncounted.headers.get('x-next-page')).toBe('2');
    expect(Object.keys(relations(uncounted))).toEqual(['next', 'first']);
  });

  it('of projects end at 50,000', async () => {
    const { page } = await setUp(3);
    expect((await page('per_page=100&page=500')).status).toBe(200);
    const beyond = await page('per_page=100&page=501');
    expect([beyond.status, beyond.body]).toEqual([
      405,
      {
        error:
          'Offset pagination has a maximum allowed offset of 50000 for requests that return objects of type Project. ' +
          'Remaining records can be retrieved using keyset pagination.',
      },
    ]);
  });
});

describe('pages after an id', () => {
  it.each(['asc', 'desc'])('go on until an empty one, %s', async (sort) => {
    const { gitlab, token, world } = await setUp(25);
    const ids: unknown[] = [];
    const sizes: number[] = [];
    let next: string | undefined =
      `${gitlab.apiUrl}/projects?pagination=keyset&order_by=id&sort=${sort}&per_page=10`;
    while (next !== undefined) {
      const reply = await get(gitlab, next, token);
      const page = pluck(reply.body, 'id');
      ids.push(...page);
      sizes.push(page.length);
      expect(pageHeaders.filter((name) => reply.headers.has(name))).toEqual([]);
      next = relations(reply)['next'];
    }
    expect(sizes).toEqual([10, 10, 5, 0]);
    const inOrder = [...world.repositories].map(({ id }) => id);
    expect(ids).toEqual(sort === 'asc' ? inOrder : inOrder.reverse());
  });

  it('keep what was asked in their link', async () => {
    const { gitlab, page } = await setUp(5);
    const reply = await page('pagination=keyset&order_by=id&sort=asc&per_page=2&membership=true');
    const last = pluck(reply.body, 'id').at(-1);
    expect(relations(reply)).toEqual({
      next: `${gitlab.apiUrl}/projects?pagination=keyset&order_by=id&sort=asc&per_page=2&membership=true&id_after=${String(last)}`,
    });
  });

  it.each(['', '&order_by=name', '&order_by=created_at'])('are by id alone, not %s', async (order) => {
    const { page } = await setUp(1);
    const reply = await page(`pagination=keyset${order}`);
    expect([reply.status, reply.body]).toEqual([
      405,
      { error: 'Keyset pagination is not yet available for this type of request' },
    ]);
  });

  it('may be cut out of the middle, in any order and with numbered pages', async () => {
    const { world, page } = await setUp(20);
    const ids = [...world.repositories].map(({ id }) => id);
    const between = `id_after=${ids[4] ?? 0}&id_before=${ids[9] ?? 0}`;
    for (const query of ['pagination=keyset&order_by=id&sort=asc', 'order_by=id&sort=desc', 'order_by=name'])
      expect(pluck((await page(`${query}&${between}`)).body, 'id').sort()).toEqual(ids.slice(5, 9));
    const counted = await page(`order_by=id&${between}`);
    expect(counted.headers.get('x-total')).toBe('4');
    expect((await page(`order_by=id&id_after=${ids[9] ?? 0}&id_before=${ids[4] ?? 0}`)).body).toEqual([]);
  });

  it('do not shift when something before them goes', async () => {
    const { gitlab, token, world, page } = await setUp(6);
    const [first] = world.repositories;
    const reply = await page('pagination=keyset&order_by=id&sort=asc&per_page=3');
    if (first !== undefined) world.deleteRepository(first);
    const rest = await get(gitlab, relations(reply)['next'] ?? '', token);
    expect(rest.body).toHaveLength(3);
  });
});

describe('conditional requests', () => {
  it('have weak ETags and answer 304 until anything changes', async () => {
    const { world, gitlab, token } = await setUp(3);
    const first = await get(gitlab, '/projects', token);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[0-9a-f]{32}"$/);
    const again = await get(gitlab, '/projects', token, { 'if-none-match': `"other", ${etag}` });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    const [project] = world.repositories;
    if (project !== undefined) world.updateRepository(project, { description: 'changed' });
    expect((await get(gitlab, '/projects', token, { 'if-none-match': etag })).status).toBe(200);
  });
});
