import { describe, expect, it } from '@jest/globals';
import type { Levels } from './project-api.fixture.js';
import { projectApi, projectRow } from './project-api.fixture.js';
import { readProjects } from './project-range.js';

const whole = { after: 0 };
/** Two readings of seven requests each, and one beyond. */
const mostRequests = 15;
const levelsOfGitlab = [10, 15, 20, 25, 30, 40, 50];
const bandFor = (level: number) => [50, 40, 30, 20].find((threshold) => level >= threshold) ?? 0;

async function bandsOf(levels: Levels, before?: (requestNumber: number) => void) {
  const { get } = projectApi(levels, { before });
  return new Map((await readProjects(get, whole, {})).map(({ project, band }) => [project.id, band]));
}

describe('reading a range of projects', () => {
  it('tells the band of every access level, those without a name of their own too', async () => {
    const levels = new Map(Array.from({ length: 60 }, (_, index) => [index + 1, index + 5]));
    const bands = await bandsOf(levels);
    expect([...bands]).toEqual([...levels].map(([id, level]) => [id, bandFor(level)]));
  });

  it('asks for the first page of what is left, and never for a further one', async () => {
    const levels = new Map(Array.from({ length: 250 }, (_, index) => [index + 1, 30]));
    const { get, queries } = projectApi(levels);
    expect(await readProjects(get, { after: 20, upTo: 240 }, {})).toHaveLength(220);
    expect(queries.every(({ page }) => page === undefined)).toBe(true);
    const unnarrowed = queries.filter(({ min_access_level: level }) => level === undefined);
    expect(unnarrowed.map(({ id_after: after, id_before: before }) => [after, before])).toEqual([
      [20, 241],
      [120, 241],
      [220, 241],
    ]);
  });

  it.each([
    [50, 4],
    [40, 5],
    [30, 5],
    [20, 5],
    [10, 4],
  ])('asks only what can matter: all on access level %d cost %d requests', async (level, requests) => {
    const { get, queries } = projectApi(new Map([1, 2, 3].map((id) => [id, level])));
    await readProjects(get, whole, {});
    expect(queries).toHaveLength(requests);
  });

  it('never tells a level that was not there, whatever single change comes at whatever moment', async () => {
    const states = [undefined, ...levelsOfGitlab];
    const outcomes = new Set<string>();
    for (const from of states) {
      for (const to of states) {
        for (let moment = 1; moment <= mostRequests; moment += 1) {
          // The other project has every pass read whatever becomes of the one that changes.
          const levels: Levels = new Map([
            [2, 30],
            [3, 40],
            [4, 20],
          ]);
          if (from !== undefined) levels.set(1, from);
          const bands = await bandsOf(levels, (request) => {
            if (request !== moment) return;
            if (to === undefined) levels.delete(1);
            else levels.set(1, to);
          });
          const band = bands.get(1);
          const truths: readonly unknown[] = [from, to].map((level) => level && bandFor(level));
          const isTrue = band === undefined || truths.includes(band);
          expect({ from, to, moment, band, isTrue }).toMatchObject({ isTrue: true });
          outcomes.add(String(band));
          expect([bands.get(2), bands.get(3), bands.get(4)]).toEqual([30, 40, 20]);
        }
      }
    }
    expect(outcomes).toEqual(new Set(['undefined', '0', '20', '30', '40', '50']));
  });

  it('reads a range once more in which something changed, and says so when it changes again', async () => {
    const levels: Levels = new Map([
      [1, 20],
      [2, 30],
      [3, 40],
    ]);
    let next = 50;
    const { get, queries } = projectApi(levels, {
      // Whenever the rows themselves are asked for.
      before: (_, { min_access_level: threshold }) => {
        if (threshold !== undefined) return;
        levels.set(1, next);
        next = 70 - next;
      },
    });
    const rowsAsked = () =>
      queries.filter(({ min_access_level: threshold }) => threshold === undefined).length;
    expect((await readProjects(get, whole, {})).map(({ band }) => band)).toEqual(['changed', 30, 40]);
    expect(rowsAsked()).toBe(2);
  });

  it('does not believe a level below the one that the row itself tells', async () => {
    const row = (id: number) => ({
      ...projectRow(id),
      permissions: { project_access: { access_level: 40 }, group_access: null },
    });
    const { get } = projectApi(new Map([[1, 30]]), { row });
    expect((await readProjects(get, whole, {})).map(({ band }) => band)).toEqual(['changed']);
  });

  it.each([
    ['ignores the range', { 'x-next-page': '2' }, [1, 2]],
    ['goes backwards', { 'x-next-page': '' }, [12, 11]],
    ['goes on behind an empty page', { 'x-next-page': '2' }, []],
  ])('throws when GitLab %s', async (_, headers, ids) => {
    const get = () => Promise.resolve({ data: ids.map(projectRow), headers });
    await expect(readProjects(get, { after: 10, upTo: 20 }, {})).rejects.toMatchObject({
      kind: 'invalid_response',
    });
  });

  it('goes on to an empty page where a proxy has taken the word of GitLab away', async () => {
    const { get, queries } = projectApi(
      new Map([
        [1, 30],
        [2, 30],
      ]),
    );
    const stripped: typeof get = async (...request) => ({ ...(await get(...request)), headers: {} });
    expect(await readProjects(stripped, whole, {})).toHaveLength(2);
    expect(queries.length).toBeGreaterThan(5);
  });
});
