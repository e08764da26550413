import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noMeasurements } from '../measurements.js';
import type { Resources } from '../resources.js';
import { toJson } from '../store/json.js';
import type { Store } from '../store/store.js';
import { fakeRepositories, fakeRepository } from '../testing/fake-forge.js';
import { gate, syncEnd, syncWhen, TestLogger, visiblePaths } from '../testing/test-hub.js';
import { Vault } from '../vault/vault.js';
import { administrator, ChangesBench } from './changes-bench.fixture.js';
import { ListNarrowing } from './list-narrowing.js';

const acme = { id: 'organization-1', path: 'acme' };

describe('people’s lists, when the organization settings change', () => {
  let bench: ChangesBench;
  let id: string;

  beforeEach(async () => {
    bench = await ChangesBench.open();
    id = await bench.add();
  });

  afterEach(() => bench.close());

  const update = (change: object) => bench.hub.gitProviders.update(administrator, id, change);
  const get = () => bench.hub.gitProviders.get('ada', id, 'administrator');

  async function signInAll(): Promise<void> {
    await bench.signIn('ada', id);
    await bench.signIn('bob', id);
  }

  it('lose at once what a lock excludes, everybody’s, and it stays stored', async () => {
    await signInAll();
    await update({ organizations: [acme] });
    expect(await visiblePaths(bench.hub, 'ada')).toEqual(['acme/platform/api', 'acme/web']);
    expect(await visiblePaths(bench.hub, 'bob')).toEqual(['acme/web']);
    expect(await bench.hub.organizationSettings.outside(id)).toBe(2);
  });

  it('lose at once what patterns exclude', async () => {
    await signInAll();
    await update({ patterns: ['**', '!acme/**'] });
    expect(await visiblePaths(bench.hub, 'ada')).toEqual(['ada/notes']);
    expect(await visiblePaths(bench.hub, 'bob')).toEqual(['bob/secret-plans']);
  });

  it('keep what was listed by the organization’s id, whatever it is called', async () => {
    await update({ organizations: [acme] });
    bench.ada.organizations = [{ ...acme, path: 'renamed', name: 'Acme' }];
    bench.ada.repositories = [fakeRepository('1', { path: 'renamed/web' })];
    await bench.signIn('ada', id);
    await update({ patterns: ['!acme/**', '**'] });
    expect(await visiblePaths(bench.hub, 'ada')).toEqual(['renamed/web']);
  });

  it('are told to need a sync when more is let through, until everybody has had one', async () => {
    await update({ organizations: [acme] });
    await signInAll();
    expect((await get()).syncNeeded).toBe(false);

    expect((await update({ organizations: [] })).syncNeeded).toBe(true);
    const preview = () =>
      bench.hub.organizationSettings.preview('ada', id, { organizations: [], patterns: [] });
    expect((await preview()).knownOnlyAfterSync).toBe(true);
    await bench.sync('ada');
    expect((await get()).syncNeeded).toBe(true);
    await bench.sync('bob');
    expect((await get()).syncNeeded).toBe(false);
    expect((await preview()).knownOnlyAfterSync).toBe(false);
  });

  it('need none when nothing more is let through, or when the next one finds nothing new', async () => {
    bench.bob.repositories = [fakeRepository('1', { path: 'acme/web' })];
    await signInAll();
    expect((await update({ organizations: [acme] })).syncNeeded).toBe(false);
    await update({ organizations: [] });
    await bench.sync('ada');
    await bench.sync('bob');
    expect((await get()).syncNeeded).toBe(false);
  });

  it('stay as they are when only the name does, and so does a sync that runs', async () => {
    await signInAll();
    const held = gate();
    bench.forge.before = ({ kind, page }) => (kind === 'page' && page === 1 ? held.opened : undefined);
    const { id: syncId } = await bench.hub.syncs.start('ada');
    const running = await syncWhen(bench.hub, 'ada', syncId, (sync) => sync.tasks[0]?.pages === 1);
    await update({ name: 'Renamed' });
    expect(await bench.hub.syncs.get('ada', syncId)).toEqual(running);
    held.open();
    expect((await syncEnd(bench.hub, 'ada', syncId)).state).toBe('succeeded');
  });

  describe('and the process is killed before it has narrowed them', () => {
    const patterns = toJson(['**', '!acme/repository-000*']);

    beforeEach(async () => {
      bench.ada.repositories = fakeRepositories(1200);
      bench.forge.pageSize = 1000;
      await bench.signIn('ada', id);
      await bench.store.database
        .updateTable('git_providers')
        .set({ patterns, listing_version: 2, version: 2 })
        .execute();
    });

    function narrowing(changes: Partial<Store> = {}): ListNarrowing {
      const resources: Resources = {
        store: { ...bench.store, ...changes },
        vault: new Vault(createSecretKey(randomBytes(32))),
        clock: bench.clock,
        logger: new TestLogger(),
        newId: randomUUID,
        measurements: noMeasurements,
      };
      return new ListNarrowing(resources);
    }

    it('show nothing until that is done', async () => {
      expect(await visiblePaths(bench.hub, 'ada')).toEqual([]);
      await expect(bench.hub.repositories.get('ada', id, '000500')).rejects.toMatchObject({
        kind: 'not_found',
      });
      const path = 'acme/repository-000500';
      expect(await bench.hub.explanations.explain('ada', { provider: id, path })).toMatchObject({
        listed: false,
      });
      await narrowing().narrowAll();
      expect((await bench.hub.repositories.list('ada', { limit: 1 })).total).toBe(201);
    });

    it('are narrowed from where they are, however far that had come', async () => {
      const killed = narrowing({
        lock: async (...lock) => {
          await bench.store.lock(...lock);
          void killed.close();
        },
      });
      await expect(killed.narrow(id)).rejects.toMatchObject({ kind: 'closed' });
      expect(await visiblePaths(bench.hub, 'ada')).toEqual([]);
      await narrowing().narrowAll();
      expect((await bench.hub.repositories.list('ada', { limit: 1 })).total).toBe(201);
    });

    it('are not waited for any longer than some seconds by whoever changes the settings', async () => {
      const reached = gate();
      const held = gate();
      const slow = narrowing({
        lock: async (...lock) => {
          await bench.store.lock(...lock);
          reached.open();
          await held.opened;
        },
      });
      const waiting = slow.narrowSoon(id);
      await reached.opened;
      bench.clock.advance(5_000);
      await waiting;
      held.open();
      await slow.narrow(id);
      expect((await bench.hub.repositories.list('ada', { limit: 1 })).total).toBe(201);
    });

    it('keep what a sync has found meanwhile to be let through', async () => {
      const found = narrowing({
        lock: async (transaction, ...lock) => {
          await bench.store.lock(transaction, ...lock);
          await transaction
            .updateTable('repositories')
            .set({ path: 'other/place', path_key: 'other/place', listed_under: 2 })
            .where('forge_id', '=', '000001')
            .execute();
        },
      });
      await found.narrowAll();
      expect((await bench.hub.repositories.list('ada', { limit: 1 })).total).toBe(202);
    });

    it('keep what was listed by the new settings, though another’s newer word is from before', async () => {
      let isListed = false;
      const listed = narrowing({
        lock: async (transaction, ...lock) => {
          await bench.store.lock(transaction, ...lock);
          if (isListed) return;
          isListed = true;
          const [row] = await transaction.selectFrom('generations').selectAll().execute();
          const [permission] = await transaction
            .selectFrom('permissions')
            .selectAll()
            .where('forge_id', '=', '000001')
            .execute();
          if (row === undefined || permission === undefined) throw new Error('Nothing is listed.');
          await transaction
            .insertInto('generations')
            .values({ ...row, id: 'new', listing_version: 2 })
            .execute();
          await transaction
            .insertInto('permissions')
            .values({ ...permission, generation: 'new' })
            .execute();
        },
      });
      await listed.narrow(id);
      const kept = bench.store.database
        .selectFrom('permissions')
        .select('generation')
        .where('forge_id', '=', '000001');
      expect(await kept.execute()).toEqual([{ generation: 'new' }]);
    });

    it('are nothing any more once the git provider is removed meanwhile', async () => {
      let removed: Promise<void> | undefined;
      const removing = narrowing({
        jsonRows: (...rows) => {
          removed ??= bench.hub.gitProviders.remove(administrator, id, { name: 'Forge' });
          return bench.store.jsonRows(...rows);
        },
      });
      await removing.narrow(id);
      await removed;
      await expect(bench.hub.gitProviders.get('ada', id)).rejects.toMatchObject({ kind: 'not_found' });
    });

    it('are narrowed to the newest settings, when these change meanwhile', async () => {
      let changed = false;
      const overtaken = narrowing({
        lock: async (transaction, ...lock) => {
          await bench.store.lock(transaction, ...lock);
          if (changed) return;
          changed = true;
          await transaction
            .updateTable('git_providers')
            .set({ patterns: toJson(['!**']), listing_version: 3, version: 3 })
            .execute();
        },
      });
      await overtaken.narrowAll();
      expect(await visiblePaths(bench.hub, 'ada')).toEqual([]);
      expect(
        await bench.store.database.selectFrom('git_providers').select('filtered_version').execute(),
      ).toEqual([{ filtered_version: 3 }]);
    });
  });
});
