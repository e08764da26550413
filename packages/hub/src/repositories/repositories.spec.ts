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

  it('was seen when its listing last ended, though that told nothing new', async () => {
    const gitProviderId = await list([full]);
    hubs.clock.advance(60_000);
    expect((await syncEnd(hub, 'person', (await hub.syncs.start('person')).id)).state).toBe('succeeded');
    const observedAt = hubs.clock.now();
    expect(await hub.repositories.get('person', gitProviderId, '1')).toMatchObject({ observedAt });
    expect((await hub.repositories.list('person', { limit: 1 })).items).toMatchObject([{ observedAt }]);
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

  it('can be narrowed to an organization and all that is below it, and not to one that begins alike', async () => {
    await list(
      ['Acme/api', 'acme/Platform/api', 'acme/platform/tools/x', 'acme-2/api', 'acme.x/api', 'acme0/api'].map(
        (path, index) => fakeRepository(String(index), { path }),
      ),
    );
    const paths = async (organization: string) => (await allPages({ organization })).map(({ path }) => path);
    expect(await paths('ACME')).toEqual(['Acme/api', 'acme/Platform/api', 'acme/platform/tools/x']);
    expect(await paths('acme/')).toHaveLength(3);
    expect(await paths('acme/platform')).toEqual(['acme/Platform/api', 'acme/platform/tools/x']);
    expect(await paths('acme/plat')).toEqual([]);
    expect(await paths('acme/api')).toEqual([]);
    expect(await paths('%')).toEqual([]);
  });

  describe('in another order', () => {
    const level = (name: 'none' | 'read' | 'write' | 'admin') => ({
      permission: { level: name, native: name },
    });
    const at = (day: number) => ({ updatedAt: new Date(Date.UTC(2026, 0, day)) });
    const unknown = { permission: { level: 'unknown' as const, native: '', reason: 'Nobody knows.' } };
    const scattered = [
      fakeRepository('1', { path: 'e/1', name: 'Zebra', ...at(3), ...level('read') }),
      fakeRepository('2', { path: 'd/2', name: 'apple', ...at(1), ...level('admin') }),
      fakeRepository('3', { path: 'c/3', name: 'Apple', ...level('none') }),
      fakeRepository('4', { path: 'b/4', name: 'mango', ...at(3), ...unknown }),
      fakeRepository('5', { path: 'a/5', name: 'APPLE', ...level('admin') }),
      fakeRepository('6', { path: 'a/6', name: 'é', ...at(2), ...level('write') }),
      fakeRepository('7', { path: 'a/7', name: '\uFFE5', ...at(-40_000), ...level('write') }),
      fakeRepository('8', { path: 'a/8', name: '🦀', ...at(2), ...unknown }),
    ];

    it.each([
      ['path', 'asc', '5 6 7 8 4 3 2 1'],
      ['path', 'desc', '1 2 3 4 8 7 6 5'],
      ['name', 'asc', '5 3 2 4 1 7 6 8'],
      ['name', 'desc', '8 6 7 1 4 5 3 2'],
      ['updatedAt', 'asc', '7 2 6 8 4 1 5 3'],
      ['updatedAt', 'desc', '4 1 6 8 2 7 5 3'],
      ['level', 'asc', '3 1 6 7 5 2 8 4'],
      ['level', 'desc', '5 2 6 7 1 3 8 4'],
    ] as const)(
      'is %s %s: equals by path, what is not known last, page after page',
      async (sort, direction, ids) => {
        await list(scattered.slice(0, 4), { provider: 'First' });
        await list(scattered.slice(4), { provider: 'Second' });
        for (const limit of [1, 3]) {
          const found = await allPages({ sort, direction, limit });
          expect(found.map(({ id }) => id).join(' ')).toBe(ids);
        }
      },
    );

    it('is narrowed as the order of paths is', async () => {
      await list(scattered);
      const found = await allPages({ sort: 'updatedAt', direction: 'desc', search: 'a/', level: 'write' });
      expect(found.map(({ id }) => id).join(' ')).toBe('6 7 5');
    });

    it('goes on where it was when the list is written again meanwhile', async () => {
      await list(scattered);
      const first = await hub.repositories.list('person', { limit: 3, sort: 'level', direction: 'desc' });
      hubs.clock.advance(1000);
      await list([...scattered, fakeRepository('9', { path: 'a/0', ...level('admin') })]);
      const second = await hub.repositories.list('person', {
        ...{ limit: 200, sort: 'level', direction: 'desc', cursor: first.nextCursor },
      });
      expect([...first.items, ...second.items].map(({ id }) => id).join(' ')).toBe('5 2 6 7 1 3 8 4');
    });

    it.each([
      ['path', 'desc'],
      ['name', 'asc'],
      ['level', 'desc'],
    ] as const)('refuses the cursor of another: %s %s', async (sort, direction) => {
      await list(scattered);
      const orders = [{ sort: 'path' }, { sort: 'updatedAt' }, { sort: 'level' }] as const;
      for (const order of orders) {
        const { nextCursor } = await hub.repositories.list('person', { limit: 1, ...order });
        expect(nextCursor).toBeDefined();
        const request = { limit: 1, sort, direction, cursor: nextCursor };
        await expect(hub.repositories.list('person', request)).rejects.toMatchObject({
          kind: 'invalid_input',
          issues: [{ path: 'cursor' }],
        });
      }
    });
  });

  it('shows no link that leads away from the forge, and no clone address that is more than one', async () => {
    await list([
      fakeRepository('1', {
        webUrl: 'https://evil.test/acme/api',
        httpsCloneUrl: 'javascript:alert(1)',
        sshCloneUrl: 'ssh://-oProxyCommand=evil/acme',
      }),
    ]);
    const [shown] = await allPages();
    expect(shown).toMatchObject({ webUrl: undefined, httpsCloneUrl: undefined, sshCloneUrl: undefined });
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

  describe('everybody’s permissions on one', () => {
    const grace = {
      account: {
        id: '7',
        username: 'grace',
        kind: 'user' as const,
        webUrl: 'https://forge.test/grace',
        avatarUrl: 'https://elsewhere.test/grace.png',
      },
      permission: { level: 'admin' as const, native: 'owner' },
      via: ['direct' as const],
    };

    it('are asked of the forge now, all pages of them, with links that lead to it', async () => {
      const id = await list([fakeRepository('1')]);
      const account = forge.accounts.get(`person-${id}`);
      if (account !== undefined) account.permissions = [[grace], [], [grace, grace]];
      const { items, omitted } = await hub.repositories.permissions('person', id, '1');
      expect(items).toHaveLength(3);
      expect(items[0]).toEqual({ ...grace, account: { ...grace.account, avatarUrl: undefined } });
      expect(omitted).toEqual([]);
    });

    it('are told of no repository that is not in the person’s own list', async () => {
      const id = await list([fakeRepository('1')]);
      await list([fakeRepository('2')], { person: 'colleague' });
      await expect(hub.repositories.permissions('person', id, '2')).rejects.toMatchObject({
        kind: 'not_found',
      });
      await expect(hub.repositories.permissions('stranger', id, '1')).rejects.toMatchObject({
        kind: 'not_found',
      });
      expect(forge.requests.map(({ kind }) => kind)).not.toContain('permissions');
    });

    it('are refused in the forge’s words', async () => {
      const id = await list([fakeRepository('1')]);
      forge.before = ({ kind }) => {
        if (kind === 'permissions') throw forge.error('forbidden', 'Only administrators may look at that.');
      };
      await expect(hub.repositories.permissions('person', id, '1')).rejects.toMatchObject({
        kind: 'forbidden',
        message: 'Only administrators may look at that.',
      });
    });

    it('are waited for no longer than whoever asks does', async () => {
      const id = await list([fakeRepository('1')]);
      const reason = new Error('gone');
      const options = { signal: AbortSignal.abort(reason) };
      await expect(hub.repositories.permissions('person', id, '1', options)).rejects.toBe(reason);
    });
  });
});
