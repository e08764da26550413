import { bitbucketCloudUuid } from '@anyforge/forge-simulator';
import { describe, expect, it } from '@jest/globals';
import { acmeStarter, oauthOf, signIn } from './acme.fixture.js';

const startAcme = acmeStarter();

describe('organizations()', () => {
  it('lists the workspaces by id and slug, in one request', async () => {
    const { session, bitbucket, acme } = await startAcme();
    const listed = [];
    for await (const organization of session.organizations()) listed.push(organization);
    expect(listed).toMatchObject([
      { path: 'acme', id: bitbucketCloudUuid('workspace', acme.id), webUrl: `${bitbucket.webUrl}/acme/` },
      { path: 'ada', name: 'ada' },
    ]);
    expect(bitbucket.log.entries).toHaveLength(1);
  });

  it('follows an address with curly braces in it as it is', async () => {
    const { session, bitbucket } = await startAcme();
    const url = `${bitbucket.apiUrl}/user/workspaces?pagelen=100&after={acme}`;
    bitbucket.faults.add({ effect: { kind: 'next-link', url } });
    for await (const { path } of session.organizations()) expect(path).toEqual(expect.any(String));
    expect(bitbucket.log.entries.map(({ query }) => query['after'])).toEqual([undefined, '{acme}']);
  });
});

describe('repository()', () => {
  it('is found by id and by path, with the effective permission', async () => {
    const { session, api, bitbucket } = await startAcme();
    const id = bitbucketCloudUuid('repository', api.id);
    const expected = {
      id,
      path: 'acme/api',
      name: 'api',
      namespace: 'acme',
      description: 'The API',
      webUrl: `${bitbucket.webUrl}/acme/api`,
      httpsCloneUrl: `${bitbucket.webUrl}/acme/api.git`,
      defaultBranch: 'main',
      visibility: 'private',
      archived: false,
      fork: false,
      permission: { level: 'write', native: 'write' },
    };
    expect(await session.repository({ path: 'acme/api' })).toMatchObject(expected);
    expect(await session.repository({ id, path: 'acme/of-another' })).toMatchObject(expected);
  });

  it('has no default branch while it is empty', async () => {
    const { session } = await startAcme();
    const { defaultBranch, fork } = await session.repository({ path: 'acme/bare' });
    expect({ defaultBranch, fork }).toEqual({ defaultBranch: undefined, fork: true });
  });

  it('that is public and nobody granted can be read, in a workspace of strangers too', async () => {
    const { session, world, grace } = await startAcme();
    const strangers = world.addOrganization({ slug: 'strangers', owners: [grace] });
    world.addRepository({ owner: strangers, name: 'seen', visibility: 'public' });
    for (const path of ['acme/open', 'strangers/seen'])
      expect((await session.repository({ path })).permission).toEqual({ level: 'read', native: 'public' });
  });

  it('says unknown where the credential may not ask for permissions', async () => {
    const { bitbucket, ada } = await startAcme();
    const accessToken = bitbucket.tokens.issue({ kind: 'oauth', person: ada, scopes: ['repository'] });
    const session = signIn(bitbucket, { kind: 'oauth', accessToken });
    for (const path of ['acme/api', 'acme/open'])
      expect((await session.repository({ path })).permission).toMatchObject({ level: 'unknown' });
  });

  it('that is public says unknown where Bitbucket does not tell, in a workspace of its own', async () => {
    const { session, bitbucket } = await startAcme();
    bitbucket.faults.add({
      match: { path: /permissions\/repositories$/ },
      effect: { kind: 'respond', status: 403, body: { type: 'error', error: { message: 'No.' } } },
    });
    expect((await session.repository({ path: 'acme/lib' })).permission).toMatchObject({
      level: 'unknown',
      reason: expect.stringContaining('No.'),
    });
  });
});

describe('permissions()', () => {
  it('tells administrators of a repository what everybody may do, by id or path', async () => {
    const { bitbucket, grace, ada, api } = await startAcme();
    const session = signIn(bitbucket, oauthOf(bitbucket, grace));
    for (const reference of [{ path: 'acme/api' }, { id: bitbucketCloudUuid('repository', api.id) }]) {
      const lines = [];
      for await (const { account, permission } of session.permissions(reference))
        lines.push([account.id, account.username, permission.level]);
      expect(lines).toEqual([
        [bitbucketCloudUuid('user', ada.id), 'ada', 'write'],
        [bitbucketCloudUuid('user', grace.id), 'grace', 'admin'],
      ]);
    }
  });

  it('tells whoever is no administrator why not', async () => {
    const { session } = await startAcme();
    await expect(
      session.permissions({ path: 'acme/api' })[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('to its administrators only'),
    });
  });
});

describe('an access token', () => {
  async function setUp() {
    const started = await startAcme();
    const { bitbucket, acme } = started;
    const token = bitbucket.tokens.issue({ kind: 'access', target: acme, scopes: ['repository'] });
    return { ...started, session: signIn(bitbucket, { kind: 'token', token }), token };
  }

  it('is an account of its own, which tells nothing of the token', async () => {
    const { session, token } = await setUp();
    const { account, scopes } = await session.identity();
    expect(account).toMatchObject({
      kind: 'token',
      id: expect.stringMatching(/^access-token:[0-9a-f]{32}$/),
    });
    expect(scopes).toBeUndefined();
    expect(JSON.stringify(account)).not.toContain(token);
    expect((await session.identity()).account.id).toBe(account.id);
  });

  it('lists the workspace that it is asked for, and says that permissions are unknown', async () => {
    const { session, acme, bitbucket } = await setUp();
    for (const organization of [{ path: 'acme' }, { id: bitbucketCloudUuid('workspace', acme.id) }]) {
      const repositories = [];
      for await (const repository of session.repositories({ organizations: [organization] }))
        repositories.push(repository);
      expect(repositories.map(({ path }) => path)).toEqual([
        'acme/api',
        'acme/bare',
        'acme/lib',
        'acme/open',
        'acme/secret',
      ]);
      expect(repositories[0]?.permission).toMatchObject({
        level: 'unknown',
        reason: 'Bitbucket tells no access token what it may do on a repository.',
      });
    }
    expect(bitbucket.log.entries.map(({ query }) => query['role'])).toEqual([undefined, undefined]);
    expect((await session.repository({ path: 'acme/api' })).permission.level).toBe('unknown');
  });

  it('goes through the workspaces that it is asked for in the order of their slugs', async () => {
    const { session, bitbucket } = await setUp();
    bitbucket.faults.add({
      match: { path: /^\/repositories\// },
      times: Infinity,
      effect: { kind: 'respond', status: 403, body: { type: 'error', error: { message: 'No.' } } },
    });
    const omitted = [];
    const organizations = ['initech', 'acme', 'hooli'].map((path) => ({ path }));
    for await (const page of session.repositories({ organizations }).pages())
      omitted.push(...(page.omitted ?? []).map(({ organization }) => organization.path));
    expect(omitted).toEqual(['acme', 'hooli', 'initech']);
  });

  it('that is asked for everything says that its workspace has to be named', async () => {
    const { session } = await setUp();
    for (const listing of [session.organizations(), session.repositories()])
      await expect(listing[Symbol.asyncIterator]().next()).rejects.toMatchObject({
        kind: 'forbidden',
        message: 'An access token cannot find out which workspace it is for.',
        details: { repair: { text: expect.stringContaining('Name its workspace') } },
      });
  });
});

describe('identity()', () => {
  it('tells the account, its address and what the credential lacks', async () => {
    const { session, bitbucket, ada } = await startAcme();
    expect(await session.identity()).toMatchObject({
      account: {
        id: bitbucketCloudUuid('user', ada.id),
        username: 'ada',
        kind: 'user',
        displayName: 'Ada Lovelace',
      },
      email: 'ada@example.com',
      scopes: ['account', 'email', 'repository'],
      missingScopes: [],
    });
    const accessToken = bitbucket.tokens.issue({ kind: 'oauth', person: ada, scopes: ['account'] });
    const lesser = signIn(bitbucket, { kind: 'oauth', accessToken });
    const { email, missingScopes } = await lesser.identity();
    expect({ email, missingScopes }).toEqual({ email: undefined, missingScopes: ['repository'] });
  });

  it('of an API token has the address that it was used with, and scopes only where Bitbucket tells them', async () => {
    const { bitbucket, ada } = await startAcme();
    const scopes = ['read:user:bitbucket', 'read:workspace:bitbucket'];
    const token = bitbucket.tokens.issue({ kind: 'api', person: ada, scopes });
    const credential = { kind: 'token', token, username: 'ada@example.com' } as const;
    const session = signIn(bitbucket, credential);
    const { email, scopes: told } = await session.identity();
    expect({ email, told }).toEqual({ email: 'ada@example.com', told: undefined });
    bitbucket.faults.add({
      effect: { kind: 'add-headers', headers: { 'x-oauth-scopes': scopes.join(', ') } },
    });
    expect((await session.identity()).missingScopes).toEqual(['read:repository:bitbucket']);
    expect(await session.gitCredential()).toMatchObject({
      username: 'x-bitbucket-api-token-auth',
      password: token,
    });
  });
});

describe('the SDK of a session', () => {
  it('asks whatever endpoint is named, with what it is given', async () => {
    const { session, bitbucket } = await startAcme();
    const { data, status, headers } = await session.bitbucket.request(
      'GET /workspaces/{workspace}/permissions',
      {
        workspace: 'acme',
        q: 'permission="owner"',
      },
    );
    expect({ data, status }).toMatchObject({ status: 200, data: { values: [{ permission: 'owner' }] } });
    expect(headers['x-credential-type']).toBe('oauth2');
    expect(bitbucket.log.entries).toMatchObject([{ query: { q: 'permission="owner"' } }]);
  });

  it('throws what the transport throws, as it was', async () => {
    const { session, bitbucket } = await startAcme();
    await expect(session.bitbucket.request('GET /workspaces')).rejects.toMatchObject({
      kind: 'endpoint_removed',
      details: { status: 410 },
    });
    bitbucket.faults.add({ times: 9, effect: { kind: 'reset' } });
    await expect(session.bitbucket.request('POST /workspaces')).rejects.toMatchObject({ kind: 'network' });
  });

  it('rejects with the reason of a signal', async () => {
    const { session } = await startAcme();
    const request = { signal: AbortSignal.abort(new Error('enough')) };
    await expect(session.bitbucket.request('GET /user', { request })).rejects.toThrow('enough');
  });

  it('takes an answer without a body for what it is', async () => {
    const { session, bitbucket } = await startAcme();
    bitbucket.faults.add({ effect: { kind: 'respond', status: 204 } });
    expect(await session.bitbucket.request('DELETE /user/something')).toMatchObject({
      status: 204,
      data: '',
    });
  });

  it('says invalid_response to an answer that is none', async () => {
    const { session, bitbucket } = await startAcme();
    bitbucket.faults.add({ effect: { kind: 'cut-json' } });
    await expect(session.bitbucket.request('GET /user')).rejects.toMatchObject({ kind: 'invalid_response' });
  });

  it('carries the credential to no other origin', async () => {
    const { session } = await startAcme();
    await expect(session.bitbucket.request('GET https://elsewhere.example/')).rejects.toMatchObject({
      details: { provider: 'bitbucket' },
    });
  });
});
