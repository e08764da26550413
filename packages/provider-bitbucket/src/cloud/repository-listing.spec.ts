import type { Credential, Repository } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type {
  BitbucketCloudSimulator,
  BitbucketCloudSimulatorOptions,
  Person,
  World,
} from '@anyforge/forge-simulator';
import { bitbucketCloudUuid, createWorld, startBitbucketCloudSimulator } from '@anyforge/forge-simulator';
import { afterEach, describe, expect, it } from '@jest/globals';
import { bitbucketPlugin } from './plugin.js';
import type { BitbucketSession } from './session.js';

let running: BitbucketCloudSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.map((simulator) => simulator.close()));
  running = [];
});

/** Ada's two workspaces: acme, which grace owns and where ada was granted something, and her own. */
async function startAcme(options: Omit<BitbucketCloudSimulatorOptions, 'world'> = {}) {
  const company = acmeWorld();
  const bitbucket = await startBitbucketCloudSimulator({ limits: 'off', ...options, world: company.world });
  running.push(bitbucket);
  return { ...company, bitbucket, session: signIn(bitbucket, oauthOf(bitbucket, company.ada)) };
}

function acmeWorld() {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada Lovelace' });
  const grace = world.addPerson({ username: 'grace' });
  const acme = world.addOrganization({ slug: 'acme', name: 'Acme Inc.', owners: [grace], members: [ada] });
  const core = world.addProject({ organization: acme, key: 'CORE' });
  const platform = world.addTeam({ organization: acme, slug: 'platform', members: [ada] });
  const api = world.addRepository({ owner: acme, name: 'api', project: core, description: 'The API' });
  const bare = world.addRepository({ owner: acme, name: 'bare', empty: true, forkOf: api });
  const lib = world.addRepository({ owner: acme, name: 'lib', project: core, visibility: 'public' });
  const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
  const secret = world.addRepository({ owner: acme, name: 'secret' });
  const notes = world.addRepository({ owner: ada, name: 'notes' });
  world.grant({ to: platform, on: api, level: 'write' });
  world.grant({ to: ada, on: core, level: 'read' });
  world.grant({ to: ada, on: bare, level: 'read' });
  return { world, ada, grace, acme, api, bare, lib, open, secret, notes };
}

function signIn(bitbucket: BitbucketCloudSimulator, credential: Credential): BitbucketSession {
  const { webUrl, apiUrl } = bitbucket;
  return bitbucketPlugin.create({ baseUrl: webUrl, apiUrl }).signIn(credential);
}

function oauthOf(bitbucket: BitbucketCloudSimulator, person: Person): Credential {
  const scopes = ['account', 'email', 'repository'];
  return { kind: 'oauth', accessToken: bitbucket.tokens.issue({ kind: 'oauth', person, scopes }) };
}

/** 'acme/api write', in the order of the listing. */
async function describeAll(listing: AsyncIterable<Repository>): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { path, permission } of listing) lines.push(`${path} ${permission.level}`);
  return lines;
}

/** So many private repositories that a person may read, 'acme/r000' and on. */
function addReadable(world: World, person: Person, slug: string, count: number): void {
  const owner = world.organization(slug);
  if (owner === undefined) throw new Error(`there is no ${slug}`);
  for (let index = 0; index < count; index += 1) {
    const on = world.addRepository({ owner, name: `r${String(index).padStart(3, '0')}` });
    world.grant({ to: person, on, level: 'read' });
  }
}

const readable = ['acme/api write', 'acme/bare read', 'acme/lib read', 'ada/notes admin'];

describe('repositories()', () => {
  it('lists what was granted in every workspace, with effective permissions, and nothing that is only public', async () => {
    const { session } = await startAcme();
    expect(await describeAll(session.repositories())).toEqual(readable);
  });

  it.each(['numbers', 'cursors'] as const)(
    'follows next to the end where pages are named by %s and no size is told',
    async (pageNaming) => {
      const { session, world, ada } = await startAcme({ pageNaming, tellsSize: false });
      addReadable(world, ada, 'acme', 250);
      expect(await describeAll(session.repositories())).toHaveLength(254);
    },
  );

  it('reads the pages of a workspace, and those of its permissions, beside one another', async () => {
    const { session, world, ada, bitbucket } = await startAcme({ latency: 5 });
    addReadable(world, ada, 'acme', 1_000);
    expect(await describeAll(session.repositories())).toHaveLength(1_004);
    expect(bitbucket.log.peakConcurrency).toBe(10);
    expect(bitbucket.log.entries).toHaveLength(1 + 2 * 11 + 2);
  });

  it('asks for no part of an answer that it does not read', async () => {
    const { session, bitbucket } = await startAcme();
    await describeAll(session.repositories());
    const listings = bitbucket.log.entries.filter(({ path }) => path.startsWith('/repositories/'));
    expect(listings.map(({ query }) => query['fields'])).toEqual(
      Array(2).fill(expect.stringMatching(/^next,page,pagelen,size,values\.uuid,/)),
    );
  });

  it('lists the chosen workspaces alone, by id or by slug in whatever case', async () => {
    const { session, bitbucket, acme } = await startAcme();
    const id = bitbucketCloudUuid('workspace', acme.id);
    for (const organization of [{ id }, { path: 'ACME' }, { id, path: 'renamed' }])
      expect(await describeAll(session.repositories({ organizations: [organization] }))).toEqual(
        readable.slice(0, 3),
      );
    bitbucket.log.clear();
    expect(await describeAll(session.repositories({ organizations: [{ path: 'none' }] }))).toEqual([]);
    expect(bitbucket.log.entries.map(({ path }) => path)).toEqual(['/user/workspaces']);
  });

  it('chooses by patterns on the path', async () => {
    const { session } = await startAcme();
    expect(await describeAll(session.repositories({ patterns: ['**', '!acme/{api,lib}'] }))).toEqual([
      'acme/bare read',
      'ada/notes admin',
    ]);
  });

  it('goes on with the next workspace when the one to resume in is gone', async () => {
    const { session, world, ada, acme, bitbucket } = await startAcme();
    addReadable(world, ada, 'acme', 120);
    let resume: string | undefined;
    for await (const page of session.repositories().pages()) {
      resume = page.resume;
      break;
    }
    for (const repository of [...world.repositoriesOf(acme)]) world.deleteRepository(repository);
    world.removeMember(acme, ada);
    expect(resume).toEqual(expect.any(String));
    const again = signIn(bitbucket, oauthOf(bitbucket, ada));
    expect(await describeAll(again.repositories({ resume }))).toEqual(['ada/notes admin']);
  });

  it('says unknown, with the reason, where Bitbucket does not tell the permissions', async () => {
    const { session, bitbucket } = await startAcme();
    bitbucket.faults.add({
      match: { path: /permissions\/repositories$/ },
      times: 9,
      effect: { kind: 'respond', status: 403, body: { type: 'error', error: { message: 'No.' } } },
    });
    for await (const { permission } of session.repositories())
      expect(permission).toMatchObject({ level: 'unknown', reason: expect.stringContaining('No.') });
  });

  it('says unknown of a permission that it has never heard of', async () => {
    const { session, bitbucket } = await startAcme();
    bitbucket.faults.add({
      match: { path: /permissions\/repositories$/ },
      effect: {
        kind: 'edit',
        edit: (response) => ({ ...response, body: response.body.replace('"write"', '"emperor"') }),
      },
    });
    const [first] = await describeAll(session.repositories({ organizations: [{ path: 'acme' }] }));
    expect(first).toBe('acme/api unknown');
  });

  it('names a workspace that refuses the account, and lists the others', async () => {
    const { session, bitbucket, acme } = await startAcme();
    const message = "Your IP address is not on this workspace's allowlist";
    bitbucket.faults.add({
      match: { path: `/repositories/${encodeURIComponent(bitbucketCloudUuid('workspace', acme.id))}` },
      effect: { kind: 'respond', status: 403, body: { type: 'error', error: { message } } },
    });
    const pages = [];
    for await (const page of session.repositories().pages()) pages.push(page);
    const organization = { id: bitbucketCloudUuid('workspace', acme.id), path: 'acme' };
    expect(pages.map(({ omitted }) => omitted)).toEqual([
      [{ organization, reason: 'organization_restricted' }],
      undefined,
    ]);
    expect(pages.flatMap(({ items }) => items.map(({ path }) => path))).toEqual(['ada/notes']);
  });
});

describe('repositories() while the workspace changes', () => {
  async function setUp() {
    const started = await startAcme({ tellsSize: false });
    addReadable(started.world, started.ada, 'acme', 250);
    return started;
  }

  it('finds what slipped to a page that was read before', async () => {
    const { session, world, bitbucket, api } = await setUp();
    // The permissions are read whole before the second page is asked for, and after that something goes away.
    bitbucket.faults.add({
      match: { path: /^\/repositories\//, query: { page: '2' } },
      effect: {
        kind: 'run',
        action: () => {
          world.deleteRepository(api);
        },
      },
    });
    const lines = await describeAll(session.repositories());
    const distinct = new Set(lines);
    expect(lines).toHaveLength(distinct.size);
    for (let index = 0; index < 250; index += 1)
      expect(distinct).toContain(`acme/r${String(index).padStart(3, '0')} read`);
  });

  it('lists what moved to a later page once', async () => {
    const { session, world, acme, ada, bitbucket } = await setUp();
    bitbucket.faults.add({
      match: { path: /^\/repositories\//, query: { page: '2' } },
      effect: {
        kind: 'run',
        action: () => {
          world.grant({ to: ada, on: world.addRepository({ owner: acme, name: 'a-new' }), level: 'write' });
        },
      },
    });
    const lines = await describeAll(session.repositories());
    expect(lines).toHaveLength(254);
    expect(new Set(lines).size).toBe(254);
  });

  it('asks once more for the permission on what came after the permissions were read', async () => {
    const { session, world, acme, ada, bitbucket } = await setUp();
    bitbucket.faults.add({
      match: { path: /^\/repositories\//, query: { page: '2' } },
      effect: {
        kind: 'run',
        action: () => {
          world.grant({ to: ada, on: world.addRepository({ owner: acme, name: 's-new' }), level: 'admin' });
        },
      },
    });
    expect(await describeAll(session.repositories())).toContain('acme/s-new admin');
  });

  it('throws what is to be tried again when too much slipped by', async () => {
    const { session, bitbucket } = await setUp();
    bitbucket.faults.add({
      match: { path: /^\/repositories\//, query: { page: '3' } },
      effect: {
        kind: 'edit',
        edit: (response) => ({ ...response, body: JSON.stringify({ values: [] }) }),
      },
    });
    const failure: unknown = await describeAll(session.repositories()).catch((error: unknown) => error);
    expect(ProviderError.is(failure) && [failure.kind, failure.retryable]).toEqual(['unavailable', true]);
  });
});
