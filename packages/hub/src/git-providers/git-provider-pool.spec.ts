import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ProviderTypes } from '../provider-types.js';
import type { Resources } from '../resources.js';
import { toJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import { FakeForge } from '../testing/fake-forge.js';
import { catalogOf } from '../testing/test-hub.js';
import { openTestResources } from '../testing/test-store.js';
import { GitProviderPool } from './git-provider-pool.js';

describe('the pool of git providers', () => {
  let folder: string;
  let resources: Resources;
  let pool: GitProviderPool;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    pool = new GitProviderPool(resources, new ProviderTypes(catalogOf(new FakeForge().plugin)), {});
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const row: GitProviderRow = {
    id: 'provider',
    type: 'fake',
    name: 'Fake',
    name_key: 'fake',
    config: toJson({ baseUrl: 'https://before.test' }),
    secrets: null,
    secret_paths: toJson([]),
    organizations: toJson([]),
    patterns: toJson([]),
    sync_policy: 'staged',
    schedule_minutes: null,
    lock_version: 1,
    listing_version: 1,
    filtered_version: 1,
    revealed_version: 1,
    version: 1,
    created_at: 0,
    updated_at: 0,
  };

  it('makes one adapter for the same settings, so that its budgets are shared', () => {
    expect(pool.get({ ...row })).toBe(pool.get({ ...row }));
  });

  it('makes another one when the settings have changed', () => {
    expect(pool.get(row).webUrl).toBe('https://before.test');
    const changed = { ...row, version: 2, config: toJson({ baseUrl: 'https://after.test' }) };
    expect(pool.get(changed).webUrl).toBe('https://after.test');
    expect(pool.get(changed)).toBe(pool.get(changed));
  });
});
