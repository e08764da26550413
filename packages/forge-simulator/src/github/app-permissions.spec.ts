import { afterEach, describe, expect, it } from '@jest/globals';
import { pluck } from '../http/asking.fixture.js';
import { acmeWorld, get, Simulators } from './acme.fixture.js';
import type { TokenPermissions } from './permissions.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const integration = 'Resource not accessible by integration';
const personal = 'Resource not accessible by personal access token';

/** A token of every kind that has permissions, with these, in acme. */
async function setUp(permissions: TokenPermissions) {
  const { world, ada, acme } = acmeWorld();
  const github = await simulators.start({ world });
  const installation = github.installations.add({ application: 'app', account: acme, permissions });
  const tokens = {
    'fine-grained': github.tokens.issue({
      kind: 'fine-grained',
      person: ada,
      resourceOwner: acme,
      permissions,
    }),
    'app-user': github.tokens.issue({ kind: 'app-user', person: ada, application: 'app' }),
    installation: github.tokens.issue({ kind: 'installation', installation }),
  };
  return { github, tokens };
}

const cases = [
  ['fine-grained', personal, '/user/memberships/orgs', 'members'],
  ['app-user', integration, '/user/memberships/orgs', 'members'],
  ['fine-grained', personal, '/repos/acme/api/collaborators', 'members'],
  ['app-user', integration, '/repos/acme/api/collaborators', 'members'],
  ['installation', integration, '/repos/acme/api/collaborators', 'members'],
  ['fine-grained', personal, '/repos/acme/api/teams', 'administration'],
  ['app-user', integration, '/repos/acme/api/teams', 'administration'],
  ['installation', integration, '/repos/acme/api/teams', 'administration'],
] as const;

describe.each(cases)('%s tokens (%s)', (kind, message, path, permission) => {
  it(`need the permission ${permission} for ${path}`, async () => {
    const without = await setUp({});
    const refused = await get(without.github, path, without.tokens[kind]);
    expect([refused.status, refused.body]).toMatchObject([403, { message }]);
    const permitted = await setUp({ [permission]: 'read' });
    const reply = await get(permitted.github, path, permitted.tokens[kind]);
    expect(reply.status).toBe(200);
    expect(pluck(reply.body, 'url')).not.toEqual([]);
  });
});

describe('a permission', () => {
  it('counts where the app is installed alone', async () => {
    const { world, ada } = acmeWorld();
    const other = world.addOrganization({ slug: 'other', members: [ada] });
    const acme = world.organization('acme') ?? other;
    const github = await simulators.start({ world });
    github.installations.add({ application: 'app', account: acme, permissions: { members: 'read' } });
    github.installations.add({ application: 'app', account: other });
    const token = github.tokens.issue({ kind: 'app-user', person: ada, application: 'app' });
    const { body } = await get(github, '/user/memberships/orgs', token);
    expect(pluck(body, 'organization')).toMatchObject([{ login: 'acme' }]);
  });

  it("of a fine-grained token counts on its resource owner's repositories alone", async () => {
    const { world, ada, open } = acmeWorld();
    world.grant({ to: ada, on: open, level: 'write' });
    const github = await simulators.start({ world });
    const permissions = { members: 'read' } as const;
    const own = github.tokens.issue({ kind: 'fine-grained', person: ada, permissions });
    const reply = await get(github, '/repos/acme/open/collaborators', own);
    expect([reply.status, reply.body]).toMatchObject([403, { message: personal }]);
  });
});
