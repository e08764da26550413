import { afterEach, describe, expect, it } from '@jest/globals';
import type { Page, Repository } from '@anyforge/core';
import type {
  GithubSimulator,
  Person,
  Repository as WorldRepository,
  World,
} from '@anyforge/forge-simulator';
import { createWorld, reachOf, startGithubSimulator } from '@anyforge/forge-simulator';
import { createMemoryResponses } from '@anyforge/provider-kit';
import { githubPlugin } from './index.js';

const running: GithubSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((github) => github.close()));
});

interface Scene {
  readonly world: World;
  readonly ada: Person;
  readonly github: GithubSimulator;
  /** By full name. */
  readonly repositories: readonly WorldRepository[];
}

const nameOf = (index: number): string => `m-${String(index).padStart(4, '0')}`;

async function setUp(count: number, now?: () => Date): Promise<Scene & { readonly signIn: SignIn }> {
  const world = createWorld({ now });
  const ada = world.addPerson({ username: 'ada' });
  const repositories = Array.from({ length: count }, (_, index) =>
    world.addRepository({ owner: ada, name: nameOf(index), visibility: 'private' }),
  );
  const github = await startGithubSimulator({ world });
  running.push(github);
  const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo', 'read:org'] });
  const responses = createMemoryResponses();
  const signIn = (key?: string) =>
    githubPlugin
      .create({ baseUrl: github.webUrl, apiUrl: github.apiUrl }, { responses })
      .signIn({ kind: 'token', token }, { key });
  return { world, ada, github, repositories, signIn };
}

type SignIn = (key?: string) => ReturnType<ReturnType<typeof githubPlugin.create>['signIn']>;

/** Changes the world when a page of the listing is asked for; once, or each time. */
function whenAskedFor(github: GithubSimulator, page: number, change: () => void, times = 1): void {
  let left = times;
  github.onRequest(({ path, query }) => {
    if (path !== '/user/repos' || query['per_page'] !== '100' || Number(query['page'] ?? 1) !== page) return;
    if (left > 0) change();
    left -= 1;
  });
}

async function pagesOf(signIn: SignIn, resume?: string): Promise<readonly Page<Repository>[]> {
  const pages: Page<Repository>[] = [];
  for await (const page of signIn().repositories({ resume }).pages()) pages.push(page);
  return pages;
}

/** As a process reads them that is stopped then. */
async function firstPagesOf(
  signIn: SignIn,
  count: number,
  resume?: string,
): Promise<readonly Page<Repository>[]> {
  const pages: Page<Repository>[] = [];
  for await (const page of signIn().repositories({ resume }).pages()) {
    pages.push(page);
    if (pages.length === count) break;
  }
  return pages;
}

const idsOf = (pages: readonly Page<Repository>[]): readonly string[] =>
  pages.flatMap(({ items }) => items.map(({ id }) => id));

/** What was there before and after has to be listed, each once; nothing that never was. */
function mustBeTrue(ids: readonly string[], before: ReadonlySet<string>, after: ReadonlySet<string>): void {
  expect(new Set(ids).size).toBe(ids.length);
  expect([...before].filter((id) => after.has(id) && !ids.includes(id))).toEqual([]);
  expect(ids.filter((id) => !before.has(id) && !after.has(id))).toEqual([]);
}

const reach = ({ world, ada }: Scene): ReadonlySet<string> =>
  new Set([...reachOf(world, ada).keys()].map(({ id }) => String(id)));

/** In listings of two pages and of more, with a last page that has room and one that has none. */
const sizes = [150, 250, 300, 430] as const;

const changes: Readonly<Record<string, (scene: Scene) => void>> = {
  'one of the first page is deleted': ({ world, repositories }) => {
    world.deleteRepository(at(repositories, 5));
  },
  'one of the last page is deleted': ({ world, repositories }) => {
    world.deleteRepository(at(repositories, -1));
  },
  'one moves from the first page to the last': ({ world, repositories }) => {
    world.renameRepository(at(repositories, 5), 'zzz');
  },
  'one moves from the last page to the first': ({ world, repositories }) => {
    world.renameRepository(at(repositories, -1), 'aaa');
  },
  'one moves within the second page': ({ world, repositories }) => {
    world.renameRepository(at(repositories, 110), `${nameOf(140)}-b`);
  },
  'one moves from the second page to the first': ({ world, repositories }) => {
    world.renameRepository(at(repositories, 120), `${nameOf(40)}-b`);
  },
  'one moves from the second page to the last': ({ world, repositories }) => {
    world.renameRepository(at(repositories, 110), 'zzz');
  },
  'several are deleted': ({ world, repositories }) => {
    for (const index of [0, 1, 2, 104, 105]) world.deleteRepository(at(repositories, index));
  },
  'one is created before all others': ({ world, ada }) => {
    world.addRepository({ owner: ada, name: 'aaa', visibility: 'private' });
  },
  'one is created in the second page': ({ world, ada }) => {
    world.addRepository({ owner: ada, name: `${nameOf(110)}-b`, visibility: 'private' });
  },
  'one is created after all others': ({ world, ada }) => {
    world.addRepository({ owner: ada, name: 'zzz', visibility: 'private' });
  },
};

function at<T>(items: readonly T[], index: number): T {
  const item = items.at(index);
  if (item === undefined) throw new Error(`There is no item ${index}.`);
  return item;
}

describe.each(sizes)('a listing of %i repositories, though it is the first', (count) => {
  const lastPage = Math.ceil(count / 100);
  const moments = [...new Set([2, 3, lastPage])].filter((page) => page <= lastPage);

  describe.each(Object.keys(changes))('when %s', (name) => {
    it.each(moments)('as page %i is asked for, lacks nothing', async (page) => {
      const scene = await setUp(count);
      const before = reach(scene);
      whenAskedFor(scene.github, page, () => changes[name]?.(scene));
      mustBeTrue(idsOf(await pagesOf(scene.signIn)), before, reach(scene));
    });
  });
});

describe('a listing that moves', () => {
  it.each([3, 5, 7])('as page %i is asked for is whole, though the last answers come first', async (page) => {
    const scene = await setUp(730);
    const before = reach(scene);
    scene.github.setLatency(({ query }) => Math.max(0, 60 - 8 * Number(query['page'] ?? 1)));
    whenAskedFor(scene.github, page, () => changes['one is created in the second page']?.(scene));
    mustBeTrue(idsOf(await pagesOf(scene.signIn)), before, reach(scene));
  });

  it('is read once more from what is kept, at no cost but for what has changed', async () => {
    const scene = await setUp(1050);
    whenAskedFor(scene.github, 2, () => {
      scene.world.deleteRepository(at(scene.repositories, 1049));
    });
    const statuses: number[] = [];
    const session = scene.signIn('ada');
    const onEvent = (event: { readonly kind: string; readonly status?: number }): void => {
      if (event.status !== undefined) statuses.push(event.status);
    };
    for await (const repository of session.repositories({}, { onEvent })) expect(repository.id).not.toBe('');
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(13);
    expect(statuses.filter((status) => status === 304).length).toBeGreaterThanOrEqual(10);
  });

  it('ends, though something is created at every request, and has all that was there before', async () => {
    let minutes = 0;
    const scene = await setUp(350, () => new Date(Date.now() + minutes * 60_000));
    const before = reach(scene);
    let created = 0;
    scene.github.onRequest(() => {
      minutes = 1;
      scene.world.addRepository({ owner: scene.ada, name: `a-${(created += 1)}`, visibility: 'private' });
    });
    const ids = idsOf(await pagesOf(scene.signIn));
    expect([...before].filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('is unavailable when something else turns up in each of four readings', async () => {
    const scene = await setUp(250);
    const { ada, github, world } = scene;
    let turn = 0;
    const addOne = () => {
      world.addRepository({ owner: ada, name: `zzz-${(turn += 1)}`, visibility: 'private' });
    };
    whenAskedFor(github, 2, addOne, 4);
    await expect(pagesOf(scene.signIn)).rejects.toMatchObject({
      kind: 'unavailable',
      retryable: true,
      message: 'The repositories kept changing while they were listed.',
    });
    expect(turn).toBe(4);
    expect(idsOf(await pagesOf(scene.signIn))).toHaveLength(254);
  });

  it('gives no empty pages while it is read again, and tells with each page how to go on', async () => {
    const scene = await setUp(450);
    whenAskedFor(scene.github, 2, () => {
      scene.world.deleteRepository(at(scene.repositories, 5));
    });
    const pages = await pagesOf(scene.signIn);
    expect(pages.slice(0, -1).every(({ items, resume }) => items.length > 0 && resume !== undefined)).toBe(
      true,
    );
    expect(pages.at(-1)?.resume).toBeUndefined();
  });

  describe.each(Object.keys(changes))('when %s', (name) => {
    it.each([1, 2, 3])('after page %i, lacks nothing when another process goes on', async (after) => {
      const scene = await setUp(450);
      const before = reach(scene);
      const begun = await firstPagesOf(scene.signIn, after);
      changes[name]?.(scene);
      const rest = await pagesOf(scene.signIn, begun.at(-1)?.resume);
      mustBeTrue([...new Set([...idsOf(begun), ...idsOf(rest)])], before, reach(scene));
    });

    it.each([1, 2, 3])(
      'as page 4 is asked for by one that went on after page %i, lacks nothing',
      async (after) => {
        const scene = await setUp(450);
        const before = reach(scene);
        const begun = await firstPagesOf(scene.signIn, after);
        whenAskedFor(scene.github, 4, () => changes[name]?.(scene));
        const rest = await pagesOf(scene.signIn, begun.at(-1)?.resume);
        mustBeTrue([...new Set([...idsOf(begun), ...idsOf(rest)])], before, reach(scene));
      },
    );
  });

  it('ends with two readings that found the same, though each was read in pieces', async () => {
    const { github, signIn, repositories } = await setUp(450);
    const ids: string[] = [];
    let resume: string | undefined;
    for (let turn = 0; turn < 8; turn += 1) {
      const pages = await firstPagesOf(signIn, 2, resume);
      ids.push(...idsOf(pages));
      resume = pages.at(-1)?.resume;
      if (resume === undefined) break;
    }
    expect(resume).toBeUndefined();
    expect(new Set(ids).size).toBe(repositories.length);
    expect(ids).toHaveLength(repositories.length);
    expect(github.log.entries.filter(({ path }) => path === '/user/repos').length).toBeLessThan(30);
  });

  it('is read again when two readings in pieces differ, and lacks nothing', async () => {
    const scene = await setUp(450);
    const before = reach(scene);
    const begun = await firstPagesOf(scene.signIn, 2);
    scene.world.deleteRepository(at(scene.repositories, 150));
    const second = await firstPagesOf(scene.signIn, 6, begun.at(-1)?.resume);
    changes['one moves from the second page to the last']?.(scene);
    const rest = await pagesOf(scene.signIn, second.at(-1)?.resume);
    const ids = [...new Set([begun, second, rest].flatMap(idsOf))];
    mustBeTrue(ids, before, reach(scene));
  });

  it('of an installation lacks nothing either, and takes no request more when it is at rest', async () => {
    const scene = await setUp(350);
    const installation = scene.github.installations.add({ application: 'deployer', account: scene.ada });
    const token = scene.github.tokens.issue({ kind: 'installation', installation });
    const { webUrl: baseUrl, apiUrl } = scene.github;
    const signIn = () => githubPlugin.create({ baseUrl, apiUrl }).signIn({ kind: 'token', token });
    expect(idsOf(await pagesOf(signIn))).toHaveLength(350);
    expect(scene.github.log.entries).toHaveLength(4);
    const before = reach(scene);
    let asked = 0;
    scene.github.onRequest(({ path }) => {
      if (path.startsWith('/installation') && (asked += 1) === 2)
        scene.world.deleteRepository(at(scene.repositories, 5));
    });
    mustBeTrue(idsOf(await pagesOf(signIn)), before, reach(scene));
  });

  it.each([
    [90, 1],
    [200, 2],
    [1000, 10],
    [250, 4],
  ])('of %i takes %i requests when it is at rest', async (count, requests) => {
    const { github, signIn } = await setUp(count);
    expect(idsOf(await pagesOf(signIn))).toHaveLength(count);
    expect(github.log.entries).toHaveLength(requests);
  });
});
