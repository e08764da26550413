import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Repository } from '@anyforge/core';
import type { Hub } from '../hub.js';
import { callerOf } from '../testing/callers.js';
import { fakeRepositories, fakeRepository, FakeForge } from '../testing/fake-forge.js';
import { addProvider, syncEnd, TestHubs, visiblePaths } from '../testing/test-hub.js';
import type { RepositoryListRequest } from './repositories.js';
import type { ListedRepository } from './repository-rows.js';

describe('the list of repositories', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let hub: Hub;

  beforeEach(async () => {
    hubs = new TestHubs();
    forge = new FakeForge();
    forge.pageSize = 100;
    hub = await hubs.open(forge);
  });

  afterEach(() => hubs.cleanUp());

  /** Signs a person in to the git provider of a name, whose forge then lists these. */
  async function list(
    repositories: readonly Repository[],
    { person = 'person', provider = 'Forge' } = {},
  ): Promise<string> {
    const known = (await hub.gitProviders.list(person)).find(({ name }) => name === provider);
    const id = known?.id ?? (await addProvider(hub, provider));
    const token = `${person}-${id}`;
    forge.addAccount(token, person, repositories);
    const { syncId } = await hub.connections.putToken(callerOf(person), id, { token });
    expect((await syncEnd(hub, person, syncId)).state).toBe('succeeded');
    return id;
  }

  async function allPages(
    request: Partial<RepositoryListRequest> = {},
  ): Promise<readonly ListedRepository[]> {
    const items: ListedRepository[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await hub.repositories.list('person', { limit: 3, ...request, cursor });
      expect(page.items.length).toBeLessThanOrEqual(3);
      items.push(...page.items);
      cursor = page.nextCursor;
      if (cursor === undefined) {
        expect(page.total).toBe(items.length);
        return items;
      }
    }
  }

  const full: Repository = fakeRepository('1', {
    path: 'Acme/Platform/API',
    description: 'Half a 🦀 and \u0000 nothing',
    sshCloneUrl: 'ssh://git@forge.test/Acme/Platform/API.git',
    visibility: 'internal',
    archived: true,
    fork: false,
    updatedAt: new Date('2026-01-02T03:04:05.678Z'),
    permission: { level: 'unknown', native: 'odd', reason: 'This token may not ask.' },
  });

  it('gives back all that the forge said of a repository', async () => {
    const gitProviderId = await list([full]);
    const expected = {
      ...full,
      description: 'Half a 🦀 and \uFFFD nothing',
      gitProviderId,
      observedAt: hubs.clock.now(),
    };
    expect(await hub.repositories.get('person', gitProviderId, '1')).toEqual(expected);
    expect((await hub.repositories.list('person', { limit: 1 })).items).toEqual([expected]);
  });

  it('is in the order of paths whatever their case, page after page, over all git providers', async () => {
    const first = ['b/z', 'A/b', 'a/c', 'é/x', '🦀/crab', '￥/wide', 'a/B2'].map((path, index) =>
      fakeRepository(String(index), { path }),
    );
    const second = ['a/b', 'a/b1', 'zz/top'].map((path, index) => fakeRepository(String(index), { path }));
    await list(first, { provider: 'First' });
    await list(second, { provider: 'Second' });

    const paged = await allPages();
    const atOnce = (await hub.repositories.list('person', { limit: 200 })).items;
    expect(paged).toEqual(atOnce);
    expect(new Set(paged.map(({ gitProviderId, id }) => `${gitProviderId} ${id}`)).size).toBe(10);
    const keys = paged.map(({ path }) => Buffer.from(path.normalize('NFKC').toLowerCase()));
    expect(keys.map(String)).toEqual(
      [...keys].sort((left, right) => Buffer.compare(left, right)).map(String),
    );
  });

  it('can be narrowed in every way, and in all at once', async () => {
    const levels = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
    const ours = await list([
      ...levels.map((level) =>
        fakeRepository(level, { path: `acme/${level}`, permission: { level, native: level } }),
      ),
      full,
      fakeRepository('public', { path: 'Open/100%_sure\\API', visibility: 'public' }),
    ]);
    const theirs = await list([fakeRepository('other', { path: 'other/api' })], { provider: 'Second' });
    const paths = async (request: Partial<RepositoryListRequest>) =>
      (await allPages(request)).map(({ path }) => path);

    expect(await paths({ search: 'aPi' })).toEqual(['Acme/Platform/API', 'Open/100%_sure\\API', 'other/api']);
    expect(await paths({ search: '100%_s' })).toEqual(['Open/100%_sure\\API']);
    expect(await paths({ search: '%' })).toEqual(['Open/100%_sure\\API']);
    expect(await paths({ search: '\\' })).toEqual(['Open/100%_sure\\API']);
    expect(await paths({ search: 'nothing like it' })).toEqual([]);
    expect(await paths({ gitProviderId: theirs })).toEqual(['other/api']);
    expect(await paths({ gitProviderId: 'nobody' })).toEqual([]);
    expect(await paths({ level: 'maintain' })).toEqual(['acme/admin', 'acme/maintain']);
    expect(await paths({ level: 'unknown' })).toEqual(['Acme/Platform/API']);
    expect(await paths({ level: 'none' })).toHaveLength(8);
    expect(await paths({ visibility: 'public' })).toEqual(['Open/100%_sure\\API']);
    expect(await paths({ archived: true })).toEqual(['Acme/Platform/API']);
    expect(await paths({ archived: false })).toHaveLength(8);
    expect(
      await paths({
        search: 'acme',
        gitProviderId: ours,
        level: 'read',
        visibility: 'private',
        archived: false,
      }),
    ).toEqual(['acme/admin', 'acme/maintain', 'acme/read', 'acme/triage', 'acme/write']);
  });

  it.each([0, -1, 1.5, 201, Number.NaN])('refuses a limit of %p', async (limit) => {
    await expect(hub.repositories.list('person', { limit })).rejects.toMatchObject({
      kind: 'invalid_input',
      issues: [{ path: 'limit' }],
    });
  });

  it.each([
    '',
    'nonsense',
    Buffer.from('[1,2,3]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ])('refuses a cursor that it did not give: %j', async (cursor) => {
    await expect(hub.repositories.list('person', { limit: 1, cursor })).rejects.toMatchObject({
      kind: 'invalid_input',
      issues: [{ path: 'cursor' }],
    });
  });

  it('shows a renamed repository at its new place to everybody who may see it, under the same id', async () => {
    await list(fakeRepositories(3));
    await list(fakeRepositories(3), { person: 'colleague' });
    hubs.clock.advance(1000);
    const renamed = fakeRepository('000001', { path: 'zebra/renamed' });
    await list([...fakeRepositories(3).slice(1), renamed], { person: 'colleague' });

    expect(await visiblePaths(hub, 'person')).toEqual([
      'acme/repository-000002',
      'acme/repository-000003',
      'zebra/renamed',
    ]);
    expect((await allPages({ search: 'zebra' })).map(({ id }) => id)).toEqual(['000001']);
    expect(await allPages({ search: 'repository-000001' })).toEqual([]);
  });

  it('shows what one person may do, not what another may', async () => {
    await list([fakeRepository('1', { permission: { level: 'admin', native: 'admin' } })]);
    await list([fakeRepository('1', { permission: { level: 'read', native: 'pull' } })], {
      person: 'colleague',
    });
    expect((await allPages())[0]?.permission.level).toBe('admin');
  });

  it('keeps repositories of one id on two git providers apart', async () => {
    const first = await list([fakeRepository('1', { path: 'first/one' })], { provider: 'First' });
    const second = await list([fakeRepository('1', { path: 'second/one' })], { provider: 'Second' });
    expect((await hub.repositories.get('person', first, '1')).path).toBe('first/one');
    expect((await hub.repositories.get('person', second, '1')).path).toBe('second/one');
  });
});
