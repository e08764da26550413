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
import { GitProviderPool, secretsRecord } from './git-provider-pool.js';
import { ProposalChecker } from './proposal-checker.js';

const baseUrl = 'https://forge.test';

describe('settings that somebody has typed', () => {
  let folder: string;
  let resources: Resources;
  let checker: ProposalChecker;
  let stored: GitProviderRow;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    const types = new ProviderTypes(catalogOf(new FakeForge().plugin));
    checker = new ProposalChecker(types, new GitProviderPool(resources, types, {}));
    const secrets = JSON.stringify({ oauth: { clientSecret: 'canary' } });
    stored = {
      id: 'provider',
      type: 'fake',
      name: 'Ours',
      name_key: 'ours',
      config: toJson({ baseUrl, oauth: { clientId: 'client' } }),
      secrets: resources.vault.seal(secrets, secretsRecord('provider')),
      secret_paths: toJson(['oauth.clientSecret']),
      organizations: toJson([{ id: '1', path: 'acme' }]),
      patterns: toJson(['acme/**']),
      sync_policy: 'revoke-first',
      schedule_minutes: null,
      lock_version: 1,
      listing_version: 1,
      filtered_version: 1,
      revealed_version: 1,
      version: 1,
      created_at: 0,
      updated_at: 0,
    };
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are the stored ones where nothing is typed', () => {
    expect(checker.checkChange(stored, {})).toEqual({
      type: 'fake',
      name: 'Ours',
      config: { baseUrl, oauth: { clientId: 'client', clientSecret: 'canary' } },
      shown: { baseUrl, oauth: { clientId: 'client' } },
      secrets: { oauth: { clientSecret: 'canary' } },
      newSecrets: [],
      organizations: [{ id: '1', path: 'acme' }],
      patterns: ['acme/**'],
      syncPolicy: 'revoke-first',
      schedule: null,
    });
  });

  it.each([undefined, ''])('keep a secret that is %j', (clientSecret) => {
    const config = { baseUrl, oauth: { clientId: 'client', clientSecret } };
    expect(checker.checkChange(stored, { config })).toMatchObject({
      secrets: { oauth: { clientSecret: 'canary' } },
      newSecrets: [],
    });
  });

  it('lose a secret that is null, and one whose application is gone', () => {
    const removed = { baseUrl, oauth: { clientId: 'client', clientSecret: null } };
    expect(checker.checkChange(stored, { config: removed }).secrets).toBeUndefined();
    expect(checker.checkChange(stored, { config: { baseUrl } }).secrets).toBeUndefined();
  });

  it.each<[string, object]>([
    ['another address', { baseUrl: 'https://evil.test', oauth: { clientId: 'client' } }],
    ['an address more', { baseUrl, apiUrl: 'https://evil.test', oauth: { clientId: 'client' } }],
    ['no encryption', { baseUrl: 'http://forge.test', oauth: { clientId: 'client', clientSecret: '' } }],
    ['another client', { baseUrl, oauth: { clientId: 'other' } }],
  ])('have to bring the secret again for %s', (_, config) => {
    expect(() => checker.checkChange(stored, { config })).toThrow(
      expect.objectContaining({
        kind: 'invalid_input',
        issues: [{ path: 'config.oauth.clientSecret', message: expect.stringMatching(/^Type it again: /) }],
      }),
    );
  });

  it('may go elsewhere with a secret that was typed for it', () => {
    const config = { baseUrl: 'https://other.test', oauth: { clientId: 'other', clientSecret: 'new' } };
    expect(checker.checkChange(stored, { config })).toMatchObject({
      config,
      newSecrets: ['oauth.clientSecret'],
    });
  });

  it('may go elsewhere without the secret', () => {
    const config = { baseUrl: 'https://other.test', oauth: { clientId: 'client', clientSecret: null } };
    const checked = checker.checkChange(stored, { config });
    expect(JSON.stringify(checked)).not.toContain('canary');
  });

  it('tell everything that is wrong at once', () => {
    expect(() =>
      checker.checkChange(stored, {
        name: ' ',
        config: { baseUrl: '', oauth: { clientId: 'client' } },
        organizations: [
          { id: '', path: '' },
          { id: '2', path: 'b' },
          { id: '2', path: 'c' },
        ],
        patterns: ['acme/**', '!', '/acme'],
      }),
    ).toThrow(
      expect.objectContaining({
        issues: [
          'name',
          'config.baseUrl',
          'config.oauth.clientSecret',
          'organizations.0.id',
          'organizations.0.path',
          'organizations.2.id',
          'patterns.1',
          'patterns.2',
        ].map((path) => ({ path, message: expect.any(String) })),
      }),
    );
  });

  it('never have another type', () => {
    expect(checker.checkChange(stored, { type: 'fake' }).type).toBe('fake');
    expect(() => checker.checkChange(stored, { type: 'other' })).toThrow(
      expect.objectContaining({ kind: 'type_fixed', status: 422 }),
    );
  });

  it('replace a secret that can not be opened any more, and do not lose it unasked', () => {
    const broken = { ...stored, secrets: 'v1.unknown.unknown.unknown' };
    const withSecret = { baseUrl, oauth: { clientId: 'client', clientSecret: 'new' } };
    expect(checker.checkChange(broken, { config: withSecret }).newSecrets).toEqual(['oauth.clientSecret']);
    expect(() => checker.checkChange(broken, { name: 'Other' })).toThrow(
      expect.objectContaining({ kind: 'wrong_encryption_key' }),
    );
  });

  it('may have an empty secret when they are new: there is none', () => {
    const config = { baseUrl, oauth: { clientId: 'client', clientSecret: '' } };
    expect(checker.checkNew({ name: 'New', type: 'fake', config })).toMatchObject({
      shown: { baseUrl, oauth: { clientId: 'client' } },
      organizations: [],
      patterns: [],
      syncPolicy: 'staged',
    });
  });

  it('may be synchronized by a schedule, from every quarter of an hour to every week', () => {
    const config = { baseUrl };
    const withSchedule = (everyMinutes: number) =>
      checker.checkNew({ name: 'New', type: 'fake', config, schedule: { everyMinutes } });
    expect(withSchedule(15).schedule).toEqual({ everyMinutes: 15 });
    expect(withSchedule(10_080).schedule).toEqual({ everyMinutes: 10_080 });
    for (const everyMinutes of [14, 10_081, 20.5, Number.NaN]) {
      expect(() => withSchedule(everyMinutes)).toThrow(
        expect.objectContaining({
          kind: 'invalid_input',
          issues: [{ path: 'schedule.everyMinutes', message: expect.stringContaining('15 to 10080') }],
        }),
      );
    }
    expect(checker.checkNew({ name: 'New', type: 'fake', config }).schedule).toBeNull();
  });

  it('keep their schedule until another is given, or none', () => {
    const scheduled = { ...stored, schedule_minutes: 60 };
    expect(checker.checkChange(scheduled, {}).schedule).toEqual({ everyMinutes: 60 });
    expect(checker.checkChange(scheduled, { schedule: { everyMinutes: 90 } }).schedule).toEqual({
      everyMinutes: 90,
    });
    expect(checker.checkChange(scheduled, { schedule: null }).schedule).toBeNull();
  });

  it.each([101, 1000])('have few enough rules to be looked through for every repository: %i', (count) => {
    const organizations = Array.from({ length: count }, (_, index) => ({ id: `${index}`, path: `${index}` }));
    const patterns = organizations.map(({ path }) => `${path}/**`);
    expect(() =>
      checker.checkNew({ name: 'New', type: 'fake', config: { baseUrl }, organizations, patterns }),
    ).toThrow(
      expect.objectContaining({
        issues: [
          { path: 'organizations', message: 'Give 100 at most.' },
          { path: 'patterns', message: 'Give 100 at most.' },
        ],
      }),
    );
  });

  it('have no value too long to be looked through, at whatever place', () => {
    const slashes = `${baseUrl}${'/'.repeat(60_000)}x`;
    const config = { baseUrl: slashes, oauth: { clientId: 'client', clientSecret: slashes } };
    const refusal = expect.objectContaining({
      kind: 'invalid_input',
      issues: [
        { path: 'config.baseUrl', message: 'It may have 10000 characters at most.' },
        { path: 'config.oauth.clientSecret', message: 'It may have 10000 characters at most.' },
      ],
    });
    expect(() => checker.checkNew({ name: 'New', type: 'fake', config })).toThrow(refusal);
    expect(() => checker.checkChange(stored, { config })).toThrow(refusal);
  });
});
