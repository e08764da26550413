import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writePermissions } from '../repositories/permission-writer.js';
import { toPermissionRow } from '../repositories/repository-rows.js';
import { writeRepositories } from '../repositories/repository-writer.js';
import type { Queries } from '../store/store.js';
import { fakeRepositories } from '../testing/fake-forge.js';
import { gate } from '../testing/test-hub.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { UnreachedRepositories } from './unreached-repositories.js';

const dayMs = 24 * 3_600_000;
const [first, second, third] = ['000001', '000002', '000003'];

describe('repositories that nobody reaches', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    await addConnection(resources);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function list(generation: string, count: number, transaction?: Queries): Promise<void> {
    if (transaction === undefined) {
      const { database } = resources.store;
      await database.transaction().execute((transaction) => list(generation, count, transaction));
      return;
    }
    const now = resources.clock.now();
    const repositories = fakeRepositories(count);
    const of = { gitProviderId: 'provider', settingsVersion: 1, now };
    const observations = repositories.map((repository) => ({ repository, observedAt: now }));
    await writeRepositories(resources.store, transaction, { ...of, observations });
    const permissions = repositories.map(toPermissionRow);
    await writePermissions(resources.store, transaction, { ...of, generation, permissions });
  }

  /** A list that is shown, or being written. */
  async function addGeneration(id: string): Promise<void> {
    await resources.store.database
      .insertInto('generations')
      .values({
        ...{ id, connection_id: 'connection-of-person', git_provider_id: 'provider', listing_version: 1 },
        ...{ base: null, stage: 'own', pages: 0, copied_pages: 0, created_at: 0 },
      })
      .execute();
  }

  async function removeGeneration(id: string): Promise<void> {
    await resources.store.database.deleteFrom('permissions').where('generation', '=', id).execute();
    await resources.store.database.deleteFrom('generations').where('id', '=', id).execute();
  }

  async function sweep(days = 90): Promise<readonly string[]> {
    for await (const _ of new UnreachedRepositories(resources, days).batches());
    const rows = await resources.store.database
      .selectFrom('repositories')
      .select('forge_id')
      .orderBy('forge_id')
      .execute();
    return rows.map((row) => row.forge_id);
  }

  it('are deleted when they have been in nobody’s list for 90 days, a tenth of that and a day', async () => {
    await addGeneration('all');
    await list('all', 3);
    await removeGeneration('all');
    resources.clock.advance(100 * dayMs);
    expect(await sweep()).toEqual([first, second, third]);
    resources.clock.advance(1);
    expect(await sweep()).toEqual([]);
  });

  it('are not those in the list of somebody who has not synchronized for longer', async () => {
    await addGeneration('three');
    await addGeneration('two');
    await list('three', 3);
    await list('two', 2);
    await removeGeneration('three');
    resources.clock.advance(101 * dayMs);
    expect(await sweep()).toEqual([first, second]);
    resources.clock.advance(200 * dayMs);
    expect(await sweep()).toEqual([first, second]);
  });

  it('are kept for 90 days after the list is gone that they last stood in, and not much longer', async () => {
    await addGeneration('all');
    await list('all', 2);
    for (let day = 0; day < 400; day += 5) {
      resources.clock.advance(5 * dayMs);
      await sweep();
    }
    await removeGeneration('all');
    resources.clock.advance(90 * dayMs);
    expect(await sweep()).toEqual([first, second]);
    resources.clock.advance(11 * dayMs);
    expect(await sweep()).toEqual([]);
    expect(await resources.store.database.selectFrom('repository_reach').selectAll().execute()).toEqual([]);
  });

  it('are found beside any number of others', async () => {
    await addGeneration('all');
    await addGeneration('most');
    await list('all', 2500);
    await list('most', 2400);
    await removeGeneration('all');
    resources.clock.advance(101 * dayMs);
    expect(await sweep()).toHaveLength(2400);
  });

  it('leave no note behind, nor do those of git providers that are gone, a batch at a time', async () => {
    const { database } = resources.store;
    await database
      .insertInto('repository_reach')
      .values([
        { git_provider_id: 'gone', forge_id: 'a', reached_at: 0 },
        { git_provider_id: 'gone', forge_id: 'b', reached_at: resources.clock.now().getTime() },
        ...Array.from({ length: 1500 }, (_, index) => ({
          git_provider_id: 'provider',
          forge_id: String(index),
          reached_at: 0,
        })),
      ])
      .execute();
    let most = 0;
    let left = 1502;
    for await (const _ of new UnreachedRepositories(resources, 90).batches()) {
      const notes = await database.selectFrom('repository_reach').select('forge_id').execute();
      most = Math.max(most, left - notes.length);
      left = notes.length;
    }
    expect({ most, left }).toEqual({ most: 1000, left: 1 });
  });

  it('are kept for as long as the operator says, for ever with 0', async () => {
    await addGeneration('all');
    await list('all', 1);
    await removeGeneration('all');
    resources.clock.advance(1000 * dayMs);
    expect(await sweep(0)).toEqual([first]);
    expect(await sweep(1001)).toEqual([first]);
    expect(await sweep(900)).toEqual([]);
  });

  it('are not deleted under a sync that lists them again at this moment', async () => {
    await addGeneration('all');
    await list('all', 3);
    await removeGeneration('all');
    resources.clock.advance(101 * dayMs);
    await addGeneration('again');
    const goOn = gate();
    const listed = gate();
    const listing = resources.store.database.transaction().execute(async (transaction) => {
      await list('again', 2, transaction);
      listed.open();
      await goOn.opened;
    });
    await listed.opened;
    const sweeping = sweep();
    for (let turns = 0; turns < 50; turns += 1) await turn();
    goOn.open();
    await listing;
    expect(await sweeping).toEqual([first, second]);
  });

  it('are written anew by a sync that lists them after they were deleted', async () => {
    await addGeneration('all');
    await list('all', 2);
    await removeGeneration('all');
    resources.clock.advance(101 * dayMs);
    await addGeneration('again');
    await Promise.all([sweep(), list('again', 2)]);
    expect(await sweep()).toEqual([first, second]);
  });
});
