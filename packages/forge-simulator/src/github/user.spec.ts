import { afterEach, describe, expect, it } from '@jest/globals';
import { pluck } from '../http/asking.fixture.js';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { acmeWorld, get, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const setUp = () => simulators.startAcme();

describe('authentication', () => {
  it('refuses a request without a User-Agent before anything else', async () => {
    const { github, token } = await setUp();
    const reply = await get(github, '/user', token, { 'user-agent': '' });
    expect(reply.status).toBe(403);
    expect(reply.headers.get('content-type')).toMatch('text/html');
    expect(reply.text).toMatch('Please make sure your request has a User-Agent header');
  });

  it.each([
    ['Bearer', (token: string) => `Bearer ${token}`],
    ['token', (token: string) => `token ${token}`],
    ['Basic with the token as password', (token: string) => `Basic ${btoa(`x-access-token:${token}`)}`],
    ['Basic with the token as user name', (token: string) => `Basic ${btoa(`${token}:x-oauth-basic`)}`],
  ])('accepts %s', async (_name, authorization) => {
    const { github, token } = await setUp();
    const reply = await get(github, '/user', undefined, { authorization: authorization(token) });
    expect(reply.body).toMatchObject({ login: 'ada', type: 'User' });
  });

  it('answers Bad credentials to an unknown, a revoked and an expired token', async () => {
    const { world, ada } = acmeWorld();
    const clock = new ManualClock();
    const github = await simulators.start({ world, clock });
    const expiresAt = new Date(clock.now().getTime() + 1000);
    const token = github.tokens.issue({ kind: 'classic', person: ada, expiresAt });
    expect((await get(github, '/user', token)).status).toBe(200);
    clock.advance(1000);
    const revoked = github.tokens.issue({ kind: 'oauth', person: ada });
    github.tokens.revoke(revoked);
    for (const bad of ['ghp_nonsense', token, revoked]) {
      const reply = await get(github, '/zen', bad);
      expect(reply.status).toBe(401);
      for (const name of [
        'x-ratelimit-limit',
        'x-ratelimit-remaining',
        'x-github-api-version-selected',
        'link',
      ])
        expect([name, reply.headers.has(name)]).toEqual([name, false]);
      expect(reply.headers.has('x-github-request-id')).toBe(true);
      expect(reply.body).toEqual({
        message: 'Bad credentials',
        documentation_url: 'https://docs.github.com/rest',
        status: '401',
      });
    }
  });

  it('asks for authentication where there is nothing to say without', async () => {
    const { github } = await setUp();
    const reply = await get(github, '/user');
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ message: 'Requires authentication' });
  });

  it('turns a suspended account away', async () => {
    const { world, github, ada, token } = await setUp();
    world.setSuspended(ada, true);
    const reply = await get(github, '/user', token);
    expect(reply.status).toBe(403);
    expect(reply.body).toMatchObject({ message: 'Sorry. Your account was suspended.' });
  });
});

describe('GET /user/repos', () => {
  it('lists what the account reaches, by full name, with its effective permissions', async () => {
    const { github, token } = await setUp();
    const { body } = await get(github, '/user/repos', token);
    expect(pluck(body, 'full_name')).toEqual(['acme/api', 'acme/inner', 'acme/open', 'ada/notes']);
    expect(pluck(body, 'visibility')).toEqual(['private', 'internal', 'public', 'private']);
    expect(pluck(body, 'permissions')).toEqual([
      { admin: false, maintain: false, push: true, triage: true, pull: true },
      { admin: false, maintain: false, push: false, triage: false, pull: true },
      { admin: false, maintain: false, push: false, triage: false, pull: true },
      { admin: true, maintain: true, push: true, triage: true, pull: true },
    ]);
  });

  it('shows only what is public to a token without the repo scope', async () => {
    const { github, ada } = await setUp();
    const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['public_repo'] });
    expect(pluck((await get(github, '/user/repos', token)).body, 'full_name')).toEqual(['acme/open']);
  });

  it.each([
    ['affiliation=owner', ['ada/notes']],
    ['affiliation=collaborator', []],
    ['affiliation=organization_member', ['acme/api', 'acme/inner', 'acme/open']],
    ['visibility=public', ['acme/open']],
    ['visibility=private&affiliation=owner,organization_member', ['acme/api', 'acme/inner', 'ada/notes']],
    ['type=member', ['acme/api', 'acme/inner', 'acme/open']],
    ['sort=created', ['ada/notes', 'acme/open', 'acme/inner', 'acme/api']],
    ['sort=full_name&direction=desc', ['ada/notes', 'acme/open', 'acme/inner', 'acme/api']],
    ['since=2090-01-01T00:00:00Z', []],
    ['before=2090-01-01T00:00:00Z&type=owner', ['ada/notes']],
  ])('understands %s', async (query, expected) => {
    const { github, token } = await setUp();
    expect(pluck((await get(github, `/user/repos?${query}`, token)).body, 'full_name')).toEqual(expected);
  });

  it('takes since and before as times that an update must be after and before', async () => {
    const { world, github, token, api } = await setUp();
    world.updateRepository(api, { description: 'changed' });
    const at = api.updatedAt.toISOString();
    const earlier = new Date(api.updatedAt.getTime() - 1).toISOString();
    const names = async (query: string) =>
      pluck((await get(github, `/user/repos?${query}`, token)).body, 'name');
    expect([await names(`since=${at}`), await names(`since=${earlier}`)]).toEqual([[], ['api']]);
    expect(await names(`before=${at}`)).not.toContain('api');
  });

  it('calls an outside collaborator a collaborator', async () => {
    const { github, eve } = await setUp();
    const token = github.tokens.issue({ kind: 'classic', person: eve, scopes: ['repo'] });
    const { body } = await get(github, '/user/repos?affiliation=collaborator', token);
    expect(pluck(body, 'full_name')).toEqual(['acme/api']);
    const asMember = await get(github, '/user/repos?affiliation=organization_member', token);
    expect(asMember.body).toEqual([]);
  });

  it('refuses type together with visibility or affiliation', async () => {
    const { github, token } = await setUp();
    const reply = await get(github, '/user/repos?type=all&affiliation=owner', token);
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({
      message: 'If you specify visibility or affiliation, you cannot specify type.',
    });
  });

  it('follows a change of the world in the middle of a listing', async () => {
    const { world, github, ada, token } = await setUp();
    github.onRequest(({ query }) => {
      if (query['page'] === '2') world.addRepository({ owner: ada, name: 'aaa' });
    });
    await get(github, '/user/repos?per_page=2', token);
    const { body } = await get(github, '/user/repos?per_page=2&page=2', token);
    expect(pluck(body, 'full_name')).toEqual(['acme/open', 'ada/aaa']);
  });

  it('shows a fine-grained token its resource owner alone, beside what is public', async () => {
    const { github, ada, acme, api } = await setUp();
    const own = github.tokens.issue({ kind: 'fine-grained', person: ada });
    const selected = github.tokens.issue({
      kind: 'fine-grained',
      person: ada,
      resourceOwner: acme,
      repositories: [api],
    });
    expect(pluck((await get(github, '/user/repos', own)).body, 'full_name')).toEqual([
      'acme/open',
      'ada/notes',
    ]);
    expect(pluck((await get(github, '/user/repos', selected)).body, 'full_name')).toEqual([
      'acme/api',
      'acme/open',
    ]);
  });
});
