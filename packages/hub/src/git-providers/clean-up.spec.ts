import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Queries } from '../store/store.js';
import { callerOf } from '../testing/callers.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { CleanUp } from './clean-up.js';

const caller = callerOf('administrator');
/** More than is deleted in one transaction. */
const count = 1001;

describe('a clean-up of many repositories', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-clean-up-'));
    resources = await openTestResources(folder);
    await addConnection(resources);
    const { database } = resources.store;
    await database.updateTable('git_providers').set({ patterns: '["!**"]' }).execute();
    const rows = Array.from({ length: count }, (_, index) => repositoryRow(`acme/${String(index)}`));
    for (let start = 0; start < count; start += 100) {
      await database
        .insertInto('repositories')
        .values(rows.slice(start, start + 100))
        .execute();
    }
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true });
  });

  /** Something else happens when the first of them have been deleted. */
  function cleanUpWhile(happens: (transaction: Queries) => Promise<unknown>): CleanUp {
    const audit = new AuditTrail(resources);
    return new CleanUp(resources, {
      record: async (transaction, event) => {
        await audit.record(transaction, event);
        await happens(transaction);
      },
    });
  }

  async function left(): Promise<number> {
    return (await resources.store.database.selectFrom('repositories').select('forge_id').execute()).length;
  }

  it('ends with other settings, by which it has not decided', async () => {
    const cleanUp = cleanUpWhile((transaction) =>
      transaction.updateTable('git_providers').set({ version: 2 }).execute(),
    );
    await expect(cleanUp.run(caller, 'provider', count, {})).rejects.toMatchObject({
      kind: 'version_conflict',
    });
    expect(await left()).toBe(1);
  });

  it('ends when whoever asked has gone', async () => {
    const leaving = new AbortController();
    const cleanUp = cleanUpWhile(() => {
      leaving.abort(new Error('gone'));
      return Promise.resolve();
    });
    await expect(cleanUp.run(caller, 'provider', count, leaving)).rejects.toThrow('gone');
    expect(await left()).toBe(1);
    await expect(cleanUp.count('provider', leaving)).rejects.toThrow('gone');
  });
});

function repositoryRow(path: string) {
  return {
    git_provider_id: 'provider',
    forge_id: path,
    path,
    path_key: path,
    name: path,
    name_key: path,
    namespace: 'acme',
    description: null,
    web_url: '',
    https_clone_url: '',
    ssh_clone_url: null,
    default_branch: null,
    visibility: 'private' as const,
    archived: 0,
    fork: null,
    updated_at: null,
    observed_at: 0,
    listed_under: 1,
    digest: '',
  };
}
