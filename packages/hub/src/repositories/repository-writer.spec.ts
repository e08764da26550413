import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Repository } from '@anyforge/core';
import type { Resources } from '../resources.js';
import { fakeRepository } from '../testing/fake-forge.js';
import { openTestResources } from '../testing/test-store.js';
import { writePermissions } from './permission-writer.js';
import { toPermissionRow } from './repository-rows.js';
import {
  MovedRepositoryError,
  moveRepositories,
  StoredRepositoryError,
  writeRepositories,
} from './repository-writer.js';

/** The git provider of each generation. */
const gitProviderOf = { ours: 'provider', theirs: 'provider', elsewhere: 'other' };

describe('writing what a forge listed', () => {
  let folder: string;
  let resources: Resources;
  let now: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    now = 100;
    await resources.store.database
      .insertInto('generations')
      .values(
        Object.entries(gitProviderOf).map(([id, git_provider_id]) => ({
          id,
          connection_id: id,
          git_provider_id,
          listing_version: 1,
          base: null,
          stage: 'own' as const,
          pages: 0,
          copied_pages: 0,
          created_at: 0,
        })),
      )
      .execute();
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function write(
    generation: keyof typeof gitProviderOf,
    at: number,
    ...repositories: readonly Repository[]
  ): Promise<void> {
    const observed = {
      gitProviderId: gitProviderOf[generation],
      settingsVersion: 1,
      now: new Date(now),
      observations: repositories.map((repository) => ({ repository, observedAt: new Date(at) })),
    };
    const writeWith = (writing: typeof writeRepositories | typeof moveRepositories) =>
      resources.store.database.transaction().execute(async (transaction) => {
        await writing(resources.store, transaction, observed);
        await writePermissions(resources.store, transaction, {
          gitProviderId: observed.gitProviderId,
          generation,
          permissions: [...new Map(repositories.map((each) => [each.id, each])).values()].map(
            toPermissionRow,
          ),
        });
      });
    await writeWith(writeRepositories).catch((error: unknown) => {
      if (!(error instanceof MovedRepositoryError)) throw error;
      return writeWith(moveRepositories);
    });
  }

  const stored = () =>
    resources.store.database
      .selectFrom('repositories')
      .select(['path', 'path_key', 'description', 'observed_at'])
      .execute();
  const keys = () =>
    resources.store.database
      .selectFrom('permissions')
      .select(['generation', 'path_key'])
      .orderBy('generation')
      .execute();

  const before = fakeRepository('1', { path: 'acme/Before', description: 'old' });
  const after = fakeRepository('1', { path: 'acme/After', description: 'new' });

  it('takes over a newer observation, for all who list the repository', async () => {
    await write('ours', 1, before);
    await write('theirs', 2, after);
    expect(await stored()).toEqual([
      { path: 'acme/After', path_key: 'acme/after', description: 'new', observed_at: 2 },
    ]);
    expect(await keys()).toEqual([
      { generation: 'ours', path_key: 'acme/after' },
      { generation: 'theirs', path_key: 'acme/after' },
    ]);
  });

  it('does not go back to an older observation that arrives late', async () => {
    await write('theirs', 2, after);
    await write('ours', 1, before);
    expect(await stored()).toEqual([
      { path: 'acme/After', path_key: 'acme/after', description: 'new', observed_at: 2 },
    ]);
    expect(await keys()).toEqual([
      { generation: 'ours', path_key: 'acme/after' },
      { generation: 'theirs', path_key: 'acme/after' },
    ]);
  });

  it('takes over an observation when the stored one is from the future, where a clock once was', async () => {
    now = 1000;
    await write('theirs', 1000, before);
    now = 10;
    await write('ours', 10, after);
    expect(await stored()).toEqual([
      { path: 'acme/After', path_key: 'acme/after', description: 'new', observed_at: 10 },
    ]);
    expect(await keys()).toEqual([
      { generation: 'ours', path_key: 'acme/after' },
      { generation: 'theirs', path_key: 'acme/after' },
    ]);
  });

  it('moves nothing on another git provider, whose ids may be the same', async () => {
    await write('elsewhere', 1, fakeRepository('1', { path: 'other/Repository' }));
    await write('ours', 1, before);
    await write('ours', 2, after);
    expect(await keys()).toEqual([
      { generation: 'elsewhere', path_key: 'other/repository' },
      { generation: 'ours', path_key: 'acme/after' },
    ]);
  });

  it('takes the last of one that comes twice', async () => {
    await write('ours', 1, before, fakeRepository('2'), after);
    expect((await stored()).map(({ path }) => path).sort()).toEqual(['acme/After', 'acme/repository-2']);
  });

  it('writes nothing for an empty page', async () => {
    await write('ours', 1);
    expect(await stored()).toEqual([]);
  });

  describe('of what is likely new', () => {
    const writeAll = (...ids: readonly string[]) =>
      resources.store.database.transaction().execute((transaction) =>
        writeRepositories(
          resources.store,
          transaction,
          {
            gitProviderId: 'provider',
            settingsVersion: 1,
            now: new Date(now),
            observations: ids.map((id) => ({
              repository: fakeRepository(id, { path: `acme/${id}` }),
              observedAt: new Date(1),
            })),
          },
          true,
        ),
      );
    const paths = async () => (await stored()).map(({ path }) => path).sort();

    it('stores it at once', async () => {
      expect(await writeAll('1', '2')).toBe(true);
      expect(await paths()).toEqual(['acme/1', 'acme/2']);
    });

    it('stores nothing when some of it is stored already', async () => {
      await writeAll('1');
      await expect(writeAll('1', '2')).rejects.toThrow(StoredRepositoryError);
      expect(await paths()).toEqual(['acme/1']);
    });
  });
});
