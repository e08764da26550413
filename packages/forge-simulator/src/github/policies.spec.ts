import { afterEach, describe, expect, it } from '@jest/globals';
import { pluck } from '../http/asking.fixture.js';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { acmeWorld, get, Simulators } from './acme.fixture.js';

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

  it('hides single resources as if they did not exist, where it is set so', async () => {
    const { github, ada, acme } = await setUp();
    github.policies.set(acme, { singleSignOn: 'hidden' });
    const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo', 'read:org'] });
    for (const path of ['/repos/acme/api', '/repos/acme/open', '/orgs/acme', '/orgs/acme/repos']) {
      const reply = await get(github, path, token);
      expect([reply.status, reply.headers.has('x-github-sso')]).toEqual([404, false]);
      expect(reply.body).toMatchObject({ message: 'Not Found' });
    }
    const listing = await get(github, '/user/repos', token);
    expect(listing.headers.get('x-github-sso')).toBe(`partial-results; organizations=${acme.id}`);
    expect(listing.body).toHaveLength(1);
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
    [
      'fine-grained',
      { fineGrainedTokens: 'forbidden' },
      /^`acme` forbids access via a personal access token with fine-grained permissions\./,
    ],
    [
      'fine-grained',
      { maximumTokenLifetimeDays: 30 },
      /^The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 30 days\. Please adjust your token's lifetime at the following URL: http:\/\/\S+\/settings\/personal-access-tokens\/\d+$/,
    ],
    [
      'classic',
      { ipAllowList: ['203.0.113.7'] },
      /^Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled/,
    ],
  ] as const)('keep %s tokens of members from everything (%p)', async (kind, policy, message) => {
    const { github, ada, acme } = await setUp();
    github.policies.set(acme, policy);
    const token = github.tokens.issue({ kind, person: ada, scopes: ['repo'], resourceOwner: acme });
    for (const path of ['/repos/acme/api', '/repos/acme/open', '/orgs/acme', '/orgs/acme/repos']) {
      const reply = await get(github, path, token);
      expect([path, reply.status]).toEqual([path, 403]);
      expect(reply.body).toMatchObject({ message: expect.stringMatching(message) });
    }
    const listed = pluck((await get(github, '/user/repos', token)).body, 'full_name');
    expect(listed.filter((name) => String(name).startsWith('acme/'))).toEqual([]);
    expect((await get(github, '/repos/acme/open')).status).toBe(200);
  });

  it('leave what is public to those who are not members', async () => {
    const { github, eve, acme } = await setUp();
    github.policies.set(acme, { classicTokens: 'forbidden', ipAllowList: [] });
    const token = github.tokens.issue({ kind: 'classic', person: eve, scopes: ['repo'] });
    expect((await get(github, '/repos/acme/open', token)).status).toBe(200);
    expect((await get(github, '/repos/acme/api', token)).status).toBe(403);
  });

  it('keep applications from addresses that are not on the list, and let in those that are', async () => {
    const { github, acme } = await setUp();
    const installation = github.installations.add({ application: 'app', account: acme });
    const token = github.tokens.issue({ kind: 'installation', installation });
    github.policies.set(acme, { ipAllowList: ['203.0.113.7'] });
    expect((await get(github, '/repos/acme/api', token)).status).toBe(403);
    github.policies.set(acme, { ipAllowList: ['127.0.0.1'] });
    expect((await get(github, '/repos/acme/api', token)).status).toBe(200);
  });

  it('let in fine-grained tokens that live no longer than they may', async () => {
    const { world, ada, acme } = acmeWorld();
    const clock = new ManualClock();
    const github = await simulators.start({ world, clock });
    github.policies.set(acme, { maximumTokenLifetimeDays: 30 });
    const status = async (days: number) => {
      const expiresAt = new Date(clock.now().getTime() + days * 86_400_000);
      const token = github.tokens.issue({
        kind: 'fine-grained',
        person: ada,
        resourceOwner: acme,
        expiresAt,
      });
      return (await get(github, '/repos/acme/api', token)).status;
    };
    expect([await status(30), await status(31)]).toEqual([200, 403]);
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
