import { describe, expect, it } from '@jest/globals';
import type { Page, Repository } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Get } from './api.js';
import { projectApi, projectRow } from './project-api.fixture.js';
import { listProjects } from './project-listing.js';

const apiUrl = 'https://gitlab.example/api/v4';
const count = 250;
const query = { organizations: [{ id: '1' }] };

/** A group of 250 projects, which are read in three ranges: the first, then the others at once. */
function setUp(before: (requestNumber: number, path: string) => void | Promise<void>) {
  let groupPath = 'acme';
  const { get: projects } = projectApi(
    new Map(Array.from({ length: count }, (_, index) => [index + 1, 50])),
    {
      row: (id) => ({ ...projectRow(id), path_with_namespace: `${groupPath}/project-${id}` }),
    },
  );
  let requests = 0;
  const get: Get = async (path, parameters) => {
    requests += 1;
    await before(requests, path);
    if (path === '/projects') return projects(path, parameters);
    return { data: { id: 1, name: 'Acme', full_path: groupPath }, headers: {} };
  };
  return {
    get,
    requests: () => requests,
    move: () => {
      groupPath = 'moved';
    },
  };
}

/** Adds up to so many pages to `listed`. @returns where to go on, if anywhere */
async function read(
  pages: AsyncIterable<Page<Repository>>,
  listed: string[],
  from: string | undefined,
  most: number,
) {
  let resume = from;
  let left = most;
  try {
    for await (const page of pages) {
      listed.push(...page.items.map(({ id }) => id));
      resume = page.resume;
      left -= 1;
      if (left === 0 || resume === undefined) break;
    }
    return { resume };
  } catch (error) {
    if (ProviderError.is(error) && error.kind === 'unavailable') return { resume, refused: true };
    throw error;
  }
}

describe('a listing narrowed to a group that moves meanwhile', () => {
  it('is refused where a range is read behind the move, though the others have been confirmed', async () => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const scene = setUp(() => undefined);
    let isLastRead = false;
    const get: Get = async (path, parameters, call) => {
      // The second range is held back until the last one was read and the group was found where it had been.
      if (parameters?.['id_before'] === 201) await released;
      const answer = await scene.get(path, parameters, call);
      if (parameters?.['id_after'] === 200) isLastRead = true;
      if (isLastRead && path !== '/projects') {
        scene.move();
        release();
      }
      return answer;
    };
    const listed: string[] = [];
    expect(await read(listProjects({ get, apiUrl }, query, {}), listed, undefined, 9)).toMatchObject({
      refused: true,
    });
    expect(listed).toHaveLength(100);
  });

  it('lacks nothing at its end, whenever that is, though every page is read by another process', async () => {
    const still = setUp(() => undefined);
    await read(listProjects({ get: still.get, apiUrl }, query, {}), [], undefined, Number.POSITIVE_INFINITY);
    const everything = Array.from({ length: count }, (_, index) => String(index + 1));
    for (let moment = 1; moment <= still.requests() + 4; moment += 1) {
      const scene = setUp((request) => {
        if (request === moment) scene.move();
      });
      const listed: string[] = [];
      let refusals = 0;
      let resume: string | undefined;
      for (;;) {
        const run = await read(
          listProjects({ get: scene.get, apiUrl }, { ...query, resume }, {}),
          listed,
          resume,
          1,
        );
        resume = run.resume;
        if (run.refused) refusals += 1;
        else if (resume === undefined) break;
      }
      expect({ moment, listed }).toEqual({ moment, listed: everything });
      expect(refusals).toBeLessThanOrEqual(1);
    }
  });
});

describe('a listing narrowed to a group that GitLab does not show', () => {
  it('says so on every page', async () => {
    const scene = setUp((_, path) => {
      if (path === '/groups/2') throw new ProviderError('not_found', 'Not found', { provider: 'gitlab' });
    });
    const both = { organizations: [{ id: '1' }, { id: '2' }] };
    const pages: Page<Repository>[] = [];
    for await (const page of listProjects({ get: scene.get, apiUrl }, both, {})) pages.push(page);
    expect(pages.flatMap(({ items }) => items)).toHaveLength(count);
    for (const { omitted } of pages)
      expect(omitted).toEqual([{ organization: { id: '2' }, reason: 'forbidden' }]);
  });
});
