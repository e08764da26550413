import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { GitProvider } from '@anyforge/core';
import { HubError } from '../errors.js';
import { FakeForge } from '../testing/fake-forge.js';
import { catalogOf } from '../testing/test-hub.js';
import { openTestResources } from '../testing/test-store.js';
import type { GitAddressInput } from './git-address.js';
import { parseGitAddress } from './git-address.js';
import { GitPlaces } from './git-places.js';

interface Configured {
  readonly id: string;
  readonly webUrl: string;
  /** The web address and a slash, unless told otherwise. */
  readonly gitUrl?: string;
  /** The paths that each person's last listing has; those named are connected. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
}

const github: Configured = { id: 'GitHub', webUrl: 'https://github.com', lists: { ada: [] } };
const dataCenter: Configured = {
  id: 'Data Center',
  webUrl: 'https://git.example.com',
  gitUrl: 'https://git.example.com/scm/',
  lists: { ada: [] },
};
const underPath: Configured = {
  id: 'Under a path',
  webUrl: 'https://tools.example.com/gitlab',
  lists: { ada: [] },
};

describe('which git provider an address belongs to', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;
  let configured: readonly Configured[];
  let places: GitPlaces;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-places-'));
    resources = await openTestResources(folder);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true });
  });

  async function configure(...given: readonly Configured[]): Promise<void> {
    configured = given;
    places = new GitPlaces(resources, { get: ({ id }) => providerOf(id) });
    for (const { id, lists = {} } of given) {
      await addProvider(id);
      for (const [person, paths] of Object.entries(lists)) await connect(person, id, paths);
    }
  }

  function providerOf(id: string): GitProvider {
    const found = configured.find((one) => one.id === id);
    if (found === undefined) throw new HubError('unknown_provider_type', 'There is no such plugin.');
    const { webUrl, gitUrl = `${webUrl}/` } = found;
    const base = catalogOf(new FakeForge().plugin).get('fake')?.create({ baseUrl: webUrl });
    if (base === undefined) throw new Error('There is no fake plugin.');
    return { ...base, webUrl, gitUrls: [gitUrl] };
  }

  async function addProvider(id: string): Promise<void> {
    const now = resources.clock.now().getTime();
    await resources.store.database
      .insertInto('git_providers')
      .values({
        ...{ id, type: 'fake', name: id, name_key: id.toLowerCase(), config: '{}', secrets: null },
        ...{
          secret_paths: '[]',
          organizations: '[]',
          patterns: '[]',
          sync_policy: 'staged' as const,
          lock_version: 1,
          listing_version: 1,
          filtered_version: 1,
          revealed_version: 1,
        },
        ...{ version: 1, created_at: now, updated_at: now },
      })
      .execute();
  }

  async function connect(person: string, id: string, paths: readonly string[]): Promise<void> {
    const { database } = resources.store;
    const now = resources.clock.now().getTime();
    const generation = `generation of ${person} at ${id}`;
    await database
      .insertInto('connections')
      .values({
        ...{ id: `${person} at ${id}`, person_id: person, git_provider_id: id, credential: '' },
        ...{ credential_version: 1, credential_refused: 0, bound_to: '', kind: 'token' as const, epoch: 1 },
        ...{ account_id: person, account_username: person, account_kind: 'user' as const },
        ...{ visible_generation: generation, created_at: now, updated_at: now },
      })
      .execute();
    for (const path of paths) {
      await database
        .insertInto('permissions')
        .values({
          ...{ generation, forge_id: path, git_provider_id: id, path_key: path.toLowerCase() },
          ...{ level: 'read' as const, level_rank: 1, native: 'read' },
        })
        .execute();
    }
  }

  async function found(url: string, options: { person?: string; gitProviderId?: string } = {}) {
    const address = parseGitAddress(fieldsOf(url));
    const { provider, connection } = await places.find(
      options.person ?? 'ada',
      address,
      options.gitProviderId,
    );
    return `${provider.id}: ${connection.id}`;
  }

  async function refusal(url: string, options: { person?: string; gitProviderId?: string } = {}) {
    const error: unknown = await found(url, options).catch((reason: unknown) => reason);
    if (!(error instanceof HubError)) throw new Error(`It was not refused: ${String(error)}`);
    return { kind: error.kind, message: error.message };
  }

  it('is found by protocol, host, port and path, whatever the case of the host', async () => {
    await configure(github, dataCenter, underPath);
    expect(await found('https://github.com/acme/api.git')).toBe('GitHub: ada at GitHub');
    expect(await found('https://GitHub.com:443/acme/api.git')).toBe('GitHub: ada at GitHub');
    expect(await found('https://github.com')).toBe('GitHub: ada at GitHub');
    expect(await found('https://git.example.com/scm/acme/api.git')).toBe('Data Center: ada at Data Center');
    expect(await found('https://git.example.com')).toBe('Data Center: ada at Data Center');
    expect(await found('https://tools.example.com/gitlab/acme/api.git')).toBe(
      'Under a path: ada at Under a path',
    );
  });

  it.each([
    'https://github.com.evil.example/acme/api.git',
    'https://evilgithub.com/acme/api.git',
    'https://evil.github.com/acme/api.git',
    'https://github.com:8443/acme/api.git',
    'https://git.example.com/acme/api.git',
    'https://git.example.com/scmx/acme/api.git',
    'https://git.example.com/SCM/acme/api.git',
    'https://git.example.com/sc',
    'https://tools.example.com/gitlab-evil/acme/api.git',
    'https://tools.example.com/evil/gitlab/api.git',
    'https://tools.example.com/evil',
  ])('is nobody’s: %s', async (url) => {
    await configure(github, dataCenter, underPath);
    expect((await refusal(url)).kind).toBe('no_git_provider');
  });

  it('tells a loopback forge over http from one over https', async () => {
    await configure({ id: 'Local', webUrl: 'http://localhost:3000', lists: { ada: [] } });
    expect(await found('http://localhost:3000/acme/api.git')).toBe('Local: ada at Local');
    expect((await refusal('https://localhost:3000/acme/api.git')).kind).toBe('no_git_provider');
    expect((await refusal('http://127.0.0.1:3000/acme/api.git')).kind).toBe('no_git_provider');
  });

  it('wants the path where the forge has not the whole host, and tells how git sends it', async () => {
    await configure(underPath);
    expect(await refusal('https://tools.example.com')).toEqual({
      kind: 'ambiguous_git_provider',
      message: expect.stringContaining('credential.https://tools.example.com.useHttpPath true'),
    });
  });

  it('wants the path, too, where the forge has the whole of another host than git', async () => {
    await configure({
      id: 'Two hosts',
      webUrl: 'https://web.example.com',
      gitUrl: 'https://git.example.com/',
      lists: { ada: [] },
    });
    expect((await refusal('https://git.example.com')).kind).toBe('ambiguous_git_provider');
    expect(await found('https://git.example.com/acme/api.git')).toBe('Two hosts: ada at Two hosts');
  });

  it('goes to nobody who is not signed in there, and says where to sign in', async () => {
    await configure(github);
    expect(await refusal('https://github.com/acme/api.git', { person: 'grace' })).toEqual({
      kind: 'not_connected',
      message: 'You are not signed in to GitHub. Sign in there first.',
    });
  });

  it('leaves a forge under another to itself, signed in there or not', async () => {
    const outer: Configured = {
      id: 'Outer',
      webUrl: 'https://tools.example.com',
      lists: { ada: ['gitlab/a'] },
    };
    await configure(outer, { ...underPath, lists: {} });
    expect(await found('https://tools.example.com/gitlabx/a.git')).toBe('Outer: ada at Outer');
    expect((await refusal('https://tools.example.com/gitlab/a.git')).kind).toBe('not_connected');
    expect((await refusal('https://tools.example.com')).kind).toBe('ambiguous_git_provider');
  });

  describe('where several share one address', () => {
    const address = 'https://github.com';
    const first: Configured = {
      id: 'First',
      webUrl: address,
      lists: { ada: ['acme/api', 'acme/both', 'acme/Odd.wiki'], grace: [] },
    };
    const second: Configured = { id: 'Second', webUrl: address, lists: { ada: ['other/tool', 'acme/both'] } };

    beforeEach(() => configure(first, second));

    it.each([
      ['https://github.com/acme/api.git', 'First'],
      ['https://github.com/Acme/API', 'First'],
      ['https://github.com/acme/api.wiki.git', 'First'],
      ['https://github.com/acme/api.git/info/lfs', 'First'],
      ['https://github.com/acme/odd.wiki.git', 'First'],
      ['https://github.com/other/tool.git', 'Second'],
    ])('the one that lists the repository has it: %s', async (url, id) => {
      expect(await found(url)).toBe(`${id}: ada at ${id}`);
    });

    it.each([
      'https://github.com/acme/both.git',
      'https://github.com/acme/unknown.git',
      'https://github.com/acme/apis.git',
      'https://github.com/acme',
      'https://github.com',
    ])('it is refused when none or both do: %s', async (url) => {
      expect((await refusal(url)).kind).toBe('ambiguous_git_provider');
    });

    it('only the ones that the person is signed in to count, and only their own list', async () => {
      expect(await found('https://github.com/other/tool.git', { person: 'grace' })).toBe(
        'First: grace at First',
      );
    });

    it('the one that is named has it, if it is at that address', async () => {
      expect(await found('https://github.com/acme/both.git', { gitProviderId: 'Second' })).toBe(
        'Second: ada at Second',
      );
      expect(await found('https://github.com', { gitProviderId: 'First' })).toBe('First: ada at First');
      const elsewhere = await refusal('https://github.com/acme/api.git', { gitProviderId: 'Third' });
      expect(elsewhere.kind).toBe('no_git_provider');
    });
  });

  it('is found although another git provider can not be used', async () => {
    await configure(github);
    await addProvider('Without a plugin');
    expect(await found('https://github.com/acme/api.git')).toBe('GitHub: ada at GitHub');
  });
});

/** What git's credential protocol makes of an address. */
function fieldsOf(url: string): GitAddressInput {
  const [, protocol = '', host = '', path] = /^(\w+):\/\/([^/]+)(?:\/(.*))?$/.exec(url) ?? [];
  return { protocol, host, path };
}
