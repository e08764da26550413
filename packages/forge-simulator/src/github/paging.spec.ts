import { afterEach, describe, expect, it } from '@jest/globals';
import { generateWorld } from '../world/generate.js';
import { pluck, relations } from '../http/asking.fixture.js';
import { acmeWorld, get, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function setUp(repositories: number) {
  const { world, viewer } = generateWorld({ repositories });
  const github = await simulators.start({ world });
  const token = github.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo'] });
  const headers = { 'x-github-api-version': '2026-03-10' };
  const page = (query: string) => get(github, `/user/repos?${query}`, token, headers);
  return { world, github, token, page };
}

describe('paging', () => {
  it('gives 30 a page unless asked, and never more than 100', async () => {
    const { page } = await setUp(150);
    expect((await page('')).body).toHaveLength(30);
    expect((await page('per_page=500')).body).toHaveLength(100);
    expect((await page('per_page=7')).body).toHaveLength(7);
    expect((await page('per_page=zero&page=-1')).body).toHaveLength(30);
  });

  it('links next and last first, all four in between, prev and first at the end', async () => {
    const { github, page } = await setUp(250);
    const at = (number: number) => `${github.apiUrl}/user/repos?per_page=100&page=${number}`;
    const links: Record<string, string>[] = [];
    for (const number of [1, 2, 3]) links.push(relations(await page(`per_page=100&page=${number}`)));
    expect(links[0]).toEqual({ next: at(2), last: at(3) });
    expect(links[1]).toEqual({ prev: at(1), next: at(3), last: at(3), first: at(1) });
    expect(links[2]).toEqual({ prev: at(2), first: at(1) });
  });

  it('has no Link header when everything fits on one page', async () => {
    const { page } = await setUp(20);
    expect((await page('per_page=100')).headers.has('link')).toBe(false);
  });

  it('keeps what was asked in its links, encoded', async () => {
    const { page } = await setUp(50);
    const links = relations(await page('affiliation=owner,organization_member&per_page=5'));
    expect(links['next']).toMatch(/\?affiliation=owner%2Corganization_member&per_page=5&page=2$/);
  });

  it('is empty beyond the end, from where the last page is before and after', async () => {
    const { github, page } = await setUp(50);
    const reply = await page('page=9');
    expect(reply.body).toEqual([]);
    const at = (number: number) => `${github.apiUrl}/user/repos?page=${number}`;
    expect(relations(reply)).toEqual({ prev: at(2), last: at(2), first: at(1) });
  });

  it('gives every repository once over all pages', async () => {
    const { world, page } = await setUp(230);
    const ids: unknown[] = [];
    for (const number of [1, 2, 3])
      ids.push(...pluck((await page(`per_page=100&page=${number}`)).body, 'id'));
    expect(new Set(ids)).toEqual(new Set([...world.repositories].map(({ id }) => id)));
    expect(ids).toHaveLength(230);
  });
});

describe('conditional requests', () => {
  it('answer 304 to a known ETag and repeat it without the W/', async () => {
    const { page, github, token } = await setUp(20);
    const first = await page('');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[0-9a-f]{64}"$/);
    for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const again = await get(github, '/user/repos', token, {
        'if-none-match': known,
        'x-github-api-version': '2026-03-10',
      });
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag.slice(2)]);
    }
  });

  it('answer in full once anything has changed', async () => {
    const { world, github, token, page } = await setUp(5);
    const etag = (await page('')).headers.get('etag') ?? '';
    const [repository] = world.repositories;
    if (repository !== undefined) world.updateRepository(repository, { description: 'changed' });
    const again = await get(github, '/user/repos', token, { 'if-none-match': etag });
    expect(again.status).toBe(200);
    expect(again.headers.get('etag')).not.toBe(etag);
  });

  it('have an ETag of their own for every credential', async () => {
    const { world, ada } = acmeWorld();
    const github = await simulators.start({ world });
    const tags = new Set<string | null>();
    for (let count = 0; count < 2; count += 1)
      tags.add(
        (await get(github, '/user', github.tokens.issue({ kind: 'oauth', person: ada }))).headers.get('etag'),
      );
    expect(tags.size).toBe(2);
  });

  it('may be kept by everybody without a credential, by the caller alone with one', async () => {
    const { github, token } = await setUp(5);
    const open = (await get(github, '/zen')).headers.get('cache-control');
    const own = (await get(github, '/zen', token)).headers.get('cache-control');
    expect([open, own]).toEqual(['public, max-age=60, s-maxage=60', 'private, max-age=60, s-maxage=60']);
  });

  it('understand If-Modified-Since for single resources', async () => {
    const { github, token } = await setUp(5);
    const first = await get(github, '/user', token);
    const since = first.headers.get('last-modified') ?? '';
    expect((await get(github, '/user', token, { 'if-modified-since': since })).status).toBe(304);
  });
});
