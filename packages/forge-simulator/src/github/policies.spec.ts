import { afterEach, describe, expect, it } from '@jest/globals';
import { acmeWorld, get, pluck, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function setUp() {
  const company = acmeWorld();
  const github = await simulators.start({ world: company.world });
  return { ...company, github };
}

describe('single sign-on', () => {
  it('leaves an organization out of a good listing and names it until the token is authorized', async () => {
    const { github, ada, acme } = await setUp();
    github.policies.set(acme, { singleSignOn: true });
    const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo', 'read:org'] });
    for (const path of ['/user/repos', '/user/orgs', '/user/memberships/orgs']) {
      const reply = await get(github, path, token);
      expect(reply.status).toBe(200);
      expect(reply.headers.get('x-github-sso')).toBe(`partial-results; organizations=${acme.id}`);
      expect(reply.body).toHaveLength(path === '/user/repos' ? 1 : 0);
    }
    github.tokens.authorizeSingleSignOn(token, acme);
    const reply = await get(github, '/user/repos', token);
    expect(reply.headers.has('x-github-sso')).toBe(false);
    expect(reply.body).toHaveLength(4);
  });

  it.each([
    ['classic', 'Personal Access token'],
    ['oauth', 'OAuth token'],
  ] as const)('refuses a single resource to a %s token and says where to sign on', async (kind, name) => {
    const { github, ada, acme } = await setUp();
    github.policies.set(acme, { singleSignOn: true });
    const token = github.tokens.issue({ kind, person: ada, scopes: ['repo', 'read:org'] });
    for (const path of ['/repos/acme/api', '/repos/acme/open', '/orgs/acme', '/orgs/acme/repos']) {
      const reply = await get(github, path, token);
      expect(reply.status).toBe(403);
      expect(reply.headers.get('x-github-sso')).toMatch(
        `required; url=${github.webUrl}/orgs/acme/sso?authorization_request=`,
      );
      expect(reply.body).toMatchObject({
        message: `Resource protected by organization SAML enforcement. You must grant your ${name} access to this organization.`,
      });
    }
  });

  it('does not concern outside collaborators nor fine-grained tokens', async () => {
    const { github, ada, eve, acme } = await setUp();
    github.policies.set(acme, { singleSignOn: true });
    const outside = github.tokens.issue({ kind: 'classic', person: eve, scopes: ['repo'] });
    const fine = github.tokens.issue({ kind: 'fine-grained', person: ada, resourceOwner: acme });
    expect((await get(github, '/repos/acme/api', outside)).status).toBe(200);
    expect((await get(github, '/repos/acme/api', fine)).status).toBe(200);
  });
});

describe("organizations' rules about applications and tokens", () => {
  it('keep an OAuth App that is not approved from what is not public', async () => {
    const { github, ada, acme } = await setUp();
    github.policies.set(acme, { oauthApps: ['approved'] });
    const scopes = ['repo', 'read:org'];
    const stranger = github.tokens.issue({ kind: 'oauth', person: ada, application: 'stranger', scopes });
    const approved = github.tokens.issue({ kind: 'oauth', person: ada, application: 'approved', scopes });
    const reply = await get(github, '/repos/acme/api', stranger);
    expect(reply.status).toBe(403);
    expect(reply.body).toMatchObject({
      message: expect.stringMatching(
        /^Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions/,
      ),
    });
    expect(reply.headers.has('x-github-sso')).toBe(false);
    expect((await get(github, '/repos/acme/open', stranger)).status).toBe(200);
    expect(pluck((await get(github, '/user/repos', stranger)).body, 'name')).toEqual(['open', 'notes']);
    expect((await get(github, '/user/orgs', stranger)).body).toEqual([]);
    expect((await get(github, '/repos/acme/api', approved)).status).toBe(200);
  });

  it.each([
    [
      'classic',
      { classicTokens: 'forbidden' },
      /^`acme` forbids access via a personal access token \(classic\)\./,
    ],
    ['fine-grained', { fineGrainedTokens: 'forbidden' }, /^`acme` forbids access via a fine-grained/],
  ] as const)('keep %s tokens out', async (kind, policy, message) => {
    const { github, ada, acme } = await setUp();
    github.policies.set(acme, policy);
    const token = github.tokens.issue({ kind, person: ada, scopes: ['repo'], resourceOwner: acme });
    const reply = await get(github, '/repos/acme/api', token);
    expect(reply.status).toBe(403);
    expect(reply.body).toMatchObject({ message: expect.stringMatching(message) });
    expect(pluck((await get(github, '/user/repos', token)).body, 'name')).not.toContain('api');
  });
});

describe('fine-grained tokens', () => {
  it('need the permission an endpoint names', async () => {
    const { github, ada, acme } = await setUp();
    const without = github.tokens.issue({ kind: 'fine-grained', person: ada, resourceOwner: acme });
    const permitted = github.tokens.issue({
      kind: 'fine-grained',
      person: ada,
      resourceOwner: acme,
      permissions: { administration: 'read', members: 'read' },
    });
    for (const [path, permission] of [
      ['/repos/acme/api/teams', 'administration=read'],
      ['/user/memberships/orgs', 'members=read'],
    ] as const) {
      const refused = await get(github, path, without);
      expect(refused.status).toBe(403);
      expect(refused.headers.get('x-accepted-github-permissions')).toBe(permission);
      expect(refused.body).toMatchObject({ message: 'Resource not accessible by personal access token' });
      expect((await get(github, path, permitted)).body).toHaveLength(1);
    }
  });
});
