import { afterEach, describe, expect, it } from '@jest/globals';
import { pluck } from '../http/asking.fixture.js';
import { get, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const setUp = () => simulators.startAcme();

describe('organizations', () => {
  it('lists organizations and memberships for a token with read:org', async () => {
    const { world, github, token, ada } = await setUp();
    const invited = world.addOrganization({ slug: 'invited' });
    world.setMember({ organization: invited, person: ada, state: 'pending' });
    expect(pluck((await get(github, '/user/orgs', token)).body, 'login')).toEqual(['acme']);
    const memberships = (await get(github, '/user/memberships/orgs', token)).body;
    expect(pluck(memberships, 'state')).toEqual(['active', 'pending']);
    const active = (await get(github, '/user/memberships/orgs?state=active', token)).body;
    expect(pluck(active, 'role')).toEqual(['member']);
  });

  it('refuses both to a token without a scope for them', async () => {
    const { github, ada } = await setUp();
    const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo'] });
    for (const path of ['/user/orgs', '/user/memberships/orgs']) {
      const reply = await get(github, path, token);
      expect(reply.status).toBe(403);
      expect(reply.body).toMatchObject({
        message: 'You need at least read:org scope or user scope to list your organizations.',
      });
    }
  });

  it('gives a fine-grained token an empty list', async () => {
    const { github, ada } = await setUp();
    const token = github.tokens.issue({ kind: 'fine-grained', person: ada });
    const reply = await get(github, '/user/orgs', token);
    expect([reply.status, reply.body]).toEqual([200, []]);
  });

  it('lists an organization as anybody may see it, and its links by id', async () => {
    const { github, token, acme } = await setUp();
    expect(pluck((await get(github, '/orgs/acme/repos')).body, 'name')).toEqual(['open']);
    const reply = await get(github, '/orgs/acme/repos?per_page=2', token);
    expect(pluck(reply.body, 'name')).toEqual(['open', 'inner']);
    expect(reply.headers.get('link')).toContain(
      `/organizations/${acme.id}/repos?per_page=2&page=2>; rel="next"`,
    );
    const next = await get(github, `/organizations/${acme.id}/repos?per_page=2&page=2`, token);
    expect(pluck(next.body, 'name')).toEqual(['api']);
    expect((await get(github, '/orgs/nobody', token)).status).toBe(404);
  });

  it.each([
    ['public', ['open']],
    ['private', ['fork', 'inner', 'api']],
    ['forks', ['fork']],
    ['sources', ['open', 'inner', 'api']],
    ['member', ['fork', 'open', 'inner', 'api']],
    ['all', ['fork', 'open', 'inner', 'api']],
  ])("lists an organization's repositories of the type %s", async (type, expected) => {
    const { world, github, token, acme, api } = await setUp();
    world.addRepository({ owner: acme, name: 'fork', forkOf: api });
    const { body } = await get(github, `/orgs/acme/repos?type=${type}`, token);
    expect(pluck(body, 'name')).toEqual(expected);
    expect(pluck((await get(github, '/orgs/acme/repos')).body, 'name')).toEqual(['open']);
  });

  it('keeps listings of one organization of different types apart', async () => {
    const { github, token } = await setUp();
    const names = async (type: string) =>
      pluck((await get(github, `/orgs/acme/repos?type=${type}`, token)).body, 'name');
    expect([await names('public'), await names('private')]).toEqual([['open'], ['inner', 'api']]);
  });

  it('lists to an app-user token the organizations where its app is installed', async () => {
    const { world, github, ada, acme } = await setUp();
    world.addOrganization({ slug: 'other', members: [ada] });
    github.installations.add({ application: 'app', account: acme });
    const token = github.tokens.issue({ kind: 'app-user', person: ada, application: 'app' });
    expect(pluck((await get(github, '/user/orgs', token)).body, 'login')).toEqual(['acme']);
  });

  it('tells an organization whose owner asks its settings', async () => {
    const { github, grace, token } = await setUp();
    const owner = github.tokens.issue({ kind: 'classic', person: grace, scopes: ['read:org'] });
    expect((await get(github, '/orgs/acme', owner)).body).toMatchObject({
      default_repository_permission: 'read',
    });
    expect((await get(github, '/orgs/acme', token)).body).not.toHaveProperty('default_repository_permission');
  });
});
