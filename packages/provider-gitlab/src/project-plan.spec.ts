import { describe, expect, it } from '@jest/globals';
import { ProviderError } from '@anyforge/core';
import { projectApi } from './project-api.fixture.js';
import { planRanges } from './project-plan.js';

const projects = (count: number, idOf = (index: number) => index * 3 + 1) =>
  new Map(Array.from({ length: count }, (_, index) => [idOf(index), 30]));

describe('planning what to read at once', () => {
  it('leaves a small listing whole', async () => {
    const { get, queries } = projectApi(projects(100));
    expect(await planRanges(get, 0, {})).toEqual({ ranges: [{ after: 0 }], total: 100 });
    expect(queries).toHaveLength(1);
  });

  it('cuts one of up to a thousand into hundreds', async () => {
    const { get, queries } = projectApi(projects(250));
    expect(await planRanges(get, 0, {})).toEqual({
      ranges: [{ after: 0, upTo: 300 }, { after: 300, upTo: 600 }, { after: 600 }],
      total: 250,
    });
    expect(queries).toHaveLength(2);
  });

  it('cuts a large one into larger pieces, up to a moderate offset, however few of them are told', async () => {
    const { get } = projectApi(projects(30_000));
    const { ranges, total } = await planRanges(get, 0, {});
    expect(total).toBeUndefined();
    expect(ranges).toHaveLength(42);
    expect(ranges.slice(0, 3)).toEqual([
      { after: 0, upTo: 300 },
      { after: 300, upTo: 1_500 },
      { after: 1_500, upTo: 3_000 },
    ]);
    expect(ranges.at(-1)).toEqual({ after: 60_000 });
    const rest = await planRanges(get, 60_000, {});
    expect(rest.total).toBe(10_000);
    expect(rest.ranges).toHaveLength(21);
  });

  it('leaves the end of a long listing whole', async () => {
    const { get, queries } = projectApi(projects(5_000));
    expect(await planRanges(get, 13_500, {})).toEqual({ ranges: [{ after: 13_500 }], total: 500 });
    expect(queries).toHaveLength(1);
  });

  it('ends the plan where an offset is refused', async () => {
    const { get } = projectApi(projects(3_000));
    const refusing: typeof get = async (path, query, call) => {
      if (Number(query?.['page']) > 1_200)
        throw new ProviderError('invalid_request', 'refused', { provider: 'gitlab', status: 405 });
      return get(path, query, call);
    };
    const { ranges } = await planRanges(refusing, 0, {});
    expect(ranges).toEqual([
      { after: 0, upTo: 300 },
      { after: 300, upTo: 1_500 },
      { after: 1_500, upTo: 3_000 },
      { after: 3_000 },
    ]);
  });

  it('leaves the listing whole where not even the first offset is granted', async () => {
    const refusing = () =>
      Promise.reject(new ProviderError('invalid_request', 'refused', { provider: 'gitlab', status: 405 }));
    expect(await planRanges(refusing, 7, {})).toEqual({ ranges: [{ after: 7 }] });
  });

  it('covers every id once though projects come and go while it looks', async () => {
    const levels = projects(900);
    const { get } = projectApi(levels, {
      before: (request) => {
        if (request > 1) for (let id = 1; id <= 400; id += 1) levels.delete(id);
      },
    });
    const { ranges } = await planRanges(get, 0, {});
    let end: number | undefined = 0;
    for (const { after, upTo } of ranges) {
      expect(after).toBe(end);
      if (upTo !== undefined) expect(upTo).toBeGreaterThan(after);
      end = upTo;
    }
    expect(end).toBeUndefined();
  });

  it('passes on any other failure', async () => {
    const { get } = projectApi(projects(900));
    const failing: typeof get = async (path, query, call) => {
      if (Number(query?.['page']) > 500)
        throw new ProviderError('unavailable', 'down', { provider: 'gitlab' });
      return get(path, query, call);
    };
    await expect(planRanges(failing, 0, {})).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
