import { afterEach, describe, expect, it } from '@jest/globals';
import { fieldOf } from '../http/asking.fixture.js';
import { DataCenters, get, pluck } from './company.fixture.js';

const dataCenters = new DataCenters();
afterEach(() => dataCenters.closeAll());

describe('a page', () => {
  it('leads to the next one by a start of its own, which jumps over what is not shown', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany({ starts: 'all' });
    const first = await get(bitbucket, '/repos?permission=REPO_READ&limit=1', tokens.ada);
    expect(first.body).toMatchObject({ size: 1, limit: 1, start: 0, isLastPage: false, nextPageStart: 3 });
    const second = await get(bitbucket, '/repos?permission=REPO_READ&limit=1&start=3', tokens.ada);
    expect(pluck(second, 'slug')).toEqual(['web']);
    const last = await get(bitbucket, '/repos?permission=REPO_READ&limit=1&start=4', tokens.ada);
    expect([pluck(last, 'slug'), fieldOf(last.body, 'isLastPage')]).toEqual([['notes'], true]);
    expect(fieldOf(last.body, 'nextPageStart')).toBeUndefined();
  });

  it('leads to the next one by counting what is shown, when told to', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany({ starts: 'shown' });
    const first = await get(bitbucket, '/repos?permission=REPO_READ&limit=2', tokens.ada);
    expect(first.body).toMatchObject({ size: 2, nextPageStart: 2 });
  });

  it.each([
    ['', 25],
    ['?limit=2', 2],
    ['?limit=0', 1],
    ['?limit=5000', 3],
  ])('holds as many as was asked for (%p), at most what the resource allows', async (query, limit) => {
    const { bitbucket, tokens } = await dataCenters.startCompany(
      query === '' ? {} : { pageCaps: { repositories: 3 } },
    );
    const page = await get(bitbucket, `/repos${query}`, tokens.ada);
    expect(fieldOf(page.body, 'limit')).toBe(limit);
  });

  it('is empty beyond the end', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const page = await get(bitbucket, '/repos?start=1000', tokens.ada);
    expect(page.body).toMatchObject({ size: 0, values: [], isLastPage: true, start: 1000 });
  });

  it('leads in a circle, or back to the beginning, by a fault', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    bitbucket.faults.add({ match: { path: '/repos' }, effect: { kind: 'link-loop' } });
    bitbucket.faults.add({ match: { path: '/repos' }, effect: { kind: 'next-link', url: 'http://x/' } });
    const circle = await get(bitbucket, '/repos?start=2', tokens.ada);
    const back = await get(bitbucket, '/repos', tokens.ada);
    expect(circle.body).toMatchObject({ isLastPage: false, nextPageStart: 2 });
    expect(back.body).toMatchObject({ isLastPage: false, nextPageStart: 0 });
  });
});
