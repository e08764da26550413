import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fakeRepositories, fakeRepository } from '../testing/fake-forge.js';
import { visiblePaths } from '../testing/test-hub.js';
import { administrator, ChangesBench } from './changes-bench.fixture.js';

const acme = { id: 'organization-1', path: 'acme' };
const nothing = { organizations: [], patterns: [] };

describe('organization settings', () => {
  let bench: ChangesBench;
  let id: string;

  beforeEach(async () => {
    bench = await ChangesBench.open();
    id = await bench.add();
  });

  afterEach(() => bench.close());

  const lock = (organizations = [acme], patterns: readonly string[] = []) =>
    bench.hub.gitProviders.update(administrator, id, { organizations, patterns });

  it('decide by the stable id what a sync lists, subtree and patterns included', async () => {
    await lock([acme], ['**', '!acme/web']);
    await bench.signIn('ada', id);
    expect(await visiblePaths(bench.hub, 'ada')).toEqual(['acme/platform/api']);
  });

  describe('and the organizations to choose from', () => {
    it('are those that my own account sees, by path, with what the forge left out', async () => {
      bench.ada.organizations = [
        { id: '2', path: 'b', name: 'B' },
        { id: '1', path: 'a', name: 'A' },
      ];
      bench.ada.omitted = [{ organization: { id: '3' }, reason: 'organization_restricted' }];
      await bench.signIn('ada', id);
      expect(await bench.hub.organizationSettings.organizations('ada', id)).toEqual({
        items: [
          { id: '1', path: 'a', name: 'A' },
          { id: '2', path: 'b', name: 'B' },
        ],
        omitted: [{ organization: { id: '3' }, reason: 'organization_restricted' }],
      });
    });

    it('are not to be had by somebody who is not signed in, whoever else is', async () => {
      await bench.signIn('ada', id);
      await expect(bench.hub.organizationSettings.organizations('bob', id)).rejects.toMatchObject({
        kind: 'not_connected',
        status: 409,
        message: expect.stringContaining('Forge'),
      });
    });

    it('are not asked of an address that my sign-in was not for', async () => {
      await bench.signIn('ada', id);
      await bench.hub.gitProviders.update(
        administrator,
        id,
        { config: { baseUrl: 'https://evil.test' } },
        { parks: 1 },
      );
      await expect(bench.hub.organizationSettings.organizations('ada', id)).rejects.toMatchObject({
        kind: 'grant_expired',
      });
      expect(bench.forge.sent.map(({ baseUrl }) => baseUrl)).not.toContain('https://evil.test');
    });

    it('are given up when whoever asked goes away', async () => {
      await bench.signIn('ada', id);
      const leaving = new AbortController();
      bench.forge.before = () => {
        leaving.abort(new Error('gone'));
      };
      await expect(bench.hub.organizationSettings.organizations('ada', id, leaving.signal)).rejects.toThrow(
        'gone',
      );
    });
  });

  describe('in a preview', () => {
    beforeEach(async () => {
      await bench.signIn('ada', id);
      await bench.signIn('bob', id);
    });

    it('count over everything that is stored, rule by rule', async () => {
      const preview = await bench.hub.organizationSettings.preview('ada', id, {
        organizations: [acme, { id: 'organization-2', path: 'bob' }],
        patterns: ['acme/**', '!acme/web', 'nothing/**'],
      });
      expect(preview).toMatchObject({
        total: 4,
        kept: 1,
        hidden: 3,
        organizations: [
          { id: 'organization-1', path: 'acme', kept: 1, hidden: 1 },
          { id: 'organization-2', path: 'bob', kept: 0, hidden: 1 },
        ],
        patterns: [
          { pattern: 'acme/**', kept: 1, hidden: 0 },
          { pattern: '!acme/web', kept: 0, hidden: 1 },
          { pattern: 'nothing/**', kept: 0, hidden: 0 },
        ],
        outside: 1,
        unmatched: 1,
        knownOnlyAfterSync: false,
        personalRepositories: false,
      });
    });

    it('show samples of my own list alone', async () => {
      const settings = { organizations: [acme], patterns: [] };
      const { samples } = await bench.hub.organizationSettings.preview('ada', id, settings);
      expect(samples).toEqual({ kept: ['acme/platform/api', 'acme/web'], hidden: ['ada/notes'] });
      const stranger = await bench.hub.organizationSettings.preview('administrator', id, settings);
      expect(stranger).toMatchObject({ total: 4, hidden: 2, samples: { kept: [], hidden: [] } });
    });

    it('warn where personal repositories are listed, and where more may come', async () => {
      await lock();
      expect(await bench.hub.organizationSettings.preview('ada', id, nothing)).toMatchObject({
        personalRepositories: true,
        knownOnlyAfterSync: true,
      });
    });

    it('change nothing', async () => {
      const before = await bench.rows('repositories');
      await bench.hub.organizationSettings.preview('ada', id, { organizations: [acme], patterns: [] });
      expect(await bench.rows('repositories')).toBe(before);
      expect((await bench.hub.gitProviders.get('ada', id)).version).toBe(1);
    });

    it('are refused like when they are saved', async () => {
      await expect(
        bench.hub.organizationSettings.preview('ada', id, { organizations: [], patterns: ['/acme'] }),
      ).rejects.toMatchObject({ kind: 'invalid_input', issues: [{ path: 'patterns.0' }] });
    });

    it('are refused at once when a path is slashes without end', async () => {
      const path = `a${'/'.repeat(1_000_000)}a`;
      await expect(
        bench.hub.organizationSettings.preview('ada', id, {
          organizations: [{ id: '1', path }],
          patterns: [],
        }),
      ).rejects.toMatchObject({ kind: 'invalid_input', issues: [{ path: 'organizations.0.path' }] });
    });

    it('are given up when whoever asked has gone', async () => {
      const gone = AbortSignal.abort(new Error('gone'));
      await expect(bench.hub.organizationSettings.preview('ada', id, nothing, gone)).rejects.toThrow('gone');
      await expect(bench.hub.organizationSettings.outside(id, gone)).rejects.toThrow('gone');
    });

    it('look through more than one batch, and few samples of each kind', async () => {
      bench.ada.repositories = fakeRepositories(2100);
      bench.forge.pageSize = 1000;
      await bench.sync('ada');
      const preview = await bench.hub.organizationSettings.preview('ada', id, {
        organizations: [],
        patterns: ['!acme/repository-00150*'],
      });
      expect(preview).toMatchObject({ total: 2104, hidden: 10 });
      expect(preview.samples.kept).toHaveLength(10);
      expect(preview.samples.hidden).toHaveLength(10);
    });
  });

  describe('cleaned up after', () => {
    beforeEach(async () => {
      await bench.signIn('ada', id);
      await bench.signIn('bob', id);
      await lock();
    });

    it('take away what lies outside, from everybody, and nothing else', async () => {
      expect(await bench.hub.organizationSettings.outside(id)).toBe(2);
      await bench.hub.organizationSettings.cleanUp(administrator, id, 2);
      expect(await visiblePaths(bench.hub, 'ada')).toEqual(['acme/platform/api', 'acme/web']);
      expect(await visiblePaths(bench.hub, 'bob')).toEqual(['acme/web']);
      expect(await bench.rows('repositories')).not.toMatch(/notes|secret-plans/);
      expect(await bench.hub.organizationSettings.outside(id)).toBe(0);
    });

    it.each([0, 1, 3])('ask again when there are not as many as confirmed: %i', async (count) => {
      await expect(bench.hub.organizationSettings.cleanUp(administrator, id, count)).rejects.toMatchObject({
        kind: 'clean_up_changed',
        status: 409,
        count: 2,
      });
      expect(await bench.rows('repositories')).toMatch(/notes.*secret-plans/);
    });

    it('leave what was listed by the organization’s id under another name', async () => {
      bench.ada.organizations = [{ ...acme, path: 'acme-renamed', name: 'Acme' }];
      bench.ada.repositories = [
        fakeRepository('1', { path: 'acme-renamed/web' }),
        fakeRepository('2', { path: 'acme-renamed/platform/api' }),
      ];
      await bench.sync('ada');
      expect(await bench.hub.organizationSettings.outside(id)).toBe(2);
      await bench.hub.organizationSettings.cleanUp(administrator, id, 2);
      expect(await visiblePaths(bench.hub, 'ada')).toEqual(['acme-renamed/platform/api', 'acme-renamed/web']);
    });

    it('are written down, with the number', async () => {
      await bench.hub.organizationSettings.cleanUp(administrator, id, 2);
      const { details } = await bench.store.database
        .selectFrom('audit_events')
        .select('details')
        .where('action', '=', 'git_provider.repositories_cleaned_up')
        .executeTakeFirstOrThrow();
      expect(JSON.parse(details)).toEqual({ name: 'Forge', repositories: 2 });
    });

    it('touch nothing of another git provider', async () => {
      const other = await bench.add(undefined, 'Other');
      await bench.signIn('ada', other);
      await bench.hub.organizationSettings.cleanUp(administrator, id, 2);
      expect(await visiblePaths(bench.hub, 'ada')).toHaveLength(5);
      expect(await bench.hub.organizationSettings.outside(other)).toBe(0);
    });
  });
});
