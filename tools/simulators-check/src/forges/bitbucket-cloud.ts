import { createWorld, startBitbucketCloudSimulator } from '@anyforge/forge-simulator';
import { z } from 'zod';
import {
  accountWire,
  emailPage,
  othersPermissionPage,
  ownPermissionPage,
  repositoryPage,
  repositoryWire,
  workspacePage,
} from '../../../../packages/provider-bitbucket/src/cloud/wire.js';
import type { Exchange, Profile } from '../exchange.js';
import { oauthRefusalWire, tokenSetWire } from './oauth-wire.js';

const refusalWire = z.object({ error: z.object({ message: z.string() }) });

const text = { type: 'string' };
const users = 'https://developer.atlassian.com/cloud/bitbucket/rest/api-group-users/#api-user-get';
const workspaces = 'https://developer.atlassian.com/cloud/bitbucket/rest/api-group-workspaces/';

export const bitbucketCloud: Profile = {
  name: 'Bitbucket Cloud',
  file: 'bitbucket-cloud.json',
  amendments: [
    {
      // The description has what people and teams share; people have this besides.
      at: '/components/schemas/account/allOf/1/properties',
      merge: {
        account_id: text,
        account_status: text,
        has_2fa_enabled: { type: 'boolean', nullable: true },
        is_staff: { type: 'boolean' },
        nickname: text,
      },
      see: users,
    },
    {
      // Its examples have it.
      at: '/components/schemas/workspace_membership/allOf/1/properties',
      merge: { permission: text },
      see: workspaces,
    },
    {
      // An object with the scopes, where scopes are missing.
      at: '/components/schemas/error/properties/error/properties/detail',
      merge: { type: ['string', 'object'] },
      see: 'https://github.com/backstage/backstage/issues/22383',
    },
    {
      // The address for SSH is as git takes it: 'git@bitbucket.org:acme/api.git'.
      at: '/components/schemas/repository/allOf/1/properties/links/properties/clone/items/properties/href',
      merge: { format: null },
      see: 'https://github.com/atlassian-api/atlassian-python-api/issues/1071',
    },
    {
      // A repository without commits has none.
      at: '/components/schemas/repository/allOf/1/properties/mainbranch',
      merge: { nullable: true },
      see: 'https://github.com/readthedocs/readthedocs.org/pull/7725',
    },
  ],
  start,
};

/** A workspace with projects, groups and repositories of every sort, and somebody's own. */
function livedIn() {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada L.' });
  const grace = world.addPerson({ username: 'grace' });
  const eve = world.addPerson({ username: 'eve' });
  const acme = world.addOrganization({ slug: 'acme', name: 'Acme Inc.', owners: [grace], members: [ada] });
  const platform = world.addTeam({ organization: acme, slug: 'platform', members: [ada] });
  const core = world.addProject({ organization: acme, key: 'CORE', name: 'Core' });
  const api = world.addRepository({ owner: acme, name: 'api', project: core, description: 'The API' });
  world.grant({ to: platform, on: api, level: 'write' });
  world.grant({ to: eve, on: api, level: 'read' });
  world.grant({ to: ada, on: core, level: 'read' });
  world.addRepository({ owner: acme, name: 'lib', project: core, forkOf: api });
  world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
  const bare = world.addRepository({ owner: acme, name: 'bare', empty: true });
  world.grant({ to: ada, on: bare, level: 'read' });
  world.addRepository({ owner: ada, name: 'notes' });
  return { world, ada, grace };
}

async function start() {
  const { world, ada, grace } = livedIn();
  const bitbucket = await startBitbucketCloudSimulator({ world });
  const { tokens, oauth, apiUrl, webUrl } = bitbucket;
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  const scopes = ['account', 'email', 'repository', 'repository:admin'];
  const member = as(tokens.issue({ kind: 'oauth', person: ada, scopes }));
  const owner = as(tokens.issue({ kind: 'oauth', person: grace, scopes }));
  const unscoped = as(tokens.issue({ kind: 'oauth', person: ada, scopes: ['email'] }));
  const stranger = as('unknown');

  const get = (
    operation: string,
    path: string,
    headers: Record<string, string>,
    rest: Partial<Exchange> = {},
  ): Exchange => ({ operation: `GET ${operation}`, url: apiUrl + path, headers, status: 200, ...rest });
  const client = oauth.registerClient({ name: 'anyforge', redirectUris: ['https://app.test/'], scopes });
  const { refreshToken = '' } = oauth.issue({ client, person: ada });
  const basic = (secret: string) => ({
    authorization: `Basic ${Buffer.from(`${client.clientId}:${secret}`).toString('base64')}`,
  });
  const token = (form: Record<string, string>, status: number, rest: Partial<Exchange>): Exchange => ({
    operation: 'POST /site/oauth2/access_token',
    url: `${webUrl}/site/oauth2/access_token`,
    headers: basic(client.clientSecret ?? ''),
    body: new URLSearchParams(form),
    status,
    ...rest,
  });
  const [listing, repository] = ['/repositories/{workspace}', '/repositories/{workspace}/{repo_slug}'];
  const [workspace, own] = ['/workspaces/{workspace}', '/user/workspaces/{workspace}'];
  const everyone = `${workspace}/permissions/repositories/{repo_slug}`;
  // The last page names no next one.
  const lastPage = ['next'];
  // Listed workspaces tell their slugs, and people have no usernames any more: only what is still called a team has.
  const unnamed = ['values[].workspace.name'];

  const exchanges: readonly Exchange[] = [
    get('/user', '/user', member, { reads: accountWire, withheld: ['username'] }),
    get('/user', '/user', stranger, { status: 401 }),
    get('/user/emails', '/user/emails', member, { reads: emailPage, withheld: lastPage }),
    get('/user/emails', '/user/emails', stranger, { status: 401 }),
    get('/user/workspaces', '/user/workspaces?pagelen=1', member, {
      reads: workspacePage,
      withheld: unnamed,
    }),
    get('/user/workspaces', '/user/workspaces', owner, {
      reads: workspacePage,
      withheld: [...unnamed, ...lastPage],
    }),
    get('/user/workspaces', '/user/workspaces', stranger, { status: 401 }),
    get(`${own}/permission`, '/user/workspaces/acme/permission', member),
    get(`${own}/permission`, '/user/workspaces/acme/permission', stranger, { status: 401 }),
    get(`${own}/permission`, '/user/workspaces/acme/permission', unscoped, { status: 403 }),
    get(`${own}/permissions/repositories`, '/user/workspaces/acme/permissions/repositories', member, {
      reads: ownPermissionPage,
      withheld: lastPage,
    }),
    get(`${own}/permissions/repositories`, '/user/workspaces/acme/permissions/repositories', stranger, {
      status: 401,
    }),
    get(`${own}/permissions/repositories`, '/user/workspaces/acme/permissions/repositories', unscoped, {
      status: 403,
    }),
    get(listing, '/repositories/acme?role=member&sort=full_name&pagelen=2', member, {
      reads: repositoryPage,
      // Only a fork has a parent.
      withheld: ['values[].parent'],
    }),
    get(listing, '/repositories/acme?role=member', member, {
      reads: repositoryPage,
      withheld: lastPage,
      inSome: ['values[].parent'],
    }),
    get(listing, '/repositories/ada', member, {
      reads: repositoryPage,
      withheld: [...lastPage, 'values[].parent'],
    }),
    get(listing, '/repositories/nobody', member, { status: 404 }),
    get(repository, '/repositories/acme/lib', member, { reads: repositoryWire }),
    ...['api', 'open', 'bare'].map((name) =>
      get(repository, `/repositories/acme/${name}`, owner, { reads: repositoryWire, withheld: ['parent'] }),
    ),
    get(repository, '/repositories/acme/nothing', member, { status: 404 }),
    get(repository, '/repositories/acme/api', unscoped, { status: 403 }),
    ...['users', 'groups'].flatMap((subjects) => {
      const [operation, path] = [
        `${repository}/permissions-config/${subjects}`,
        `/repositories/acme/api/permissions-config/${subjects}`,
      ];
      return [
        get(operation, path, owner),
        get(operation, path, stranger, { status: 401 }),
        get(operation, path, member, { status: 403 }),
      ];
    }),
    get(workspace, '/workspaces/acme', member),
    get(workspace, '/workspaces/nobody', member, { status: 404 }),
    get(`${workspace}/permissions`, '/workspaces/acme/permissions', owner),
    get(`${workspace}/permissions`, '/workspaces/acme/permissions', stranger, { status: 401 }),
    get(everyone, '/workspaces/acme/permissions/repositories/api', owner, {
      reads: othersPermissionPage,
      withheld: ['values[].user.username', ...lastPage],
    }),
    get(everyone, '/workspaces/acme/permissions/repositories/api', member, { status: 403 }),
    // What was taken away, and says so.
    ...[
      ['/workspaces', '/workspaces'],
      ['/repositories', '/repositories?role=member'],
      ['/user/permissions/workspaces', '/user/permissions/workspaces'],
      ['/user/permissions/repositories', '/user/permissions/repositories'],
    ].map(([operation = '', path = '']) => get(operation, path, member, { status: 410, reads: refusalWire })),
    token({ grant_type: 'refresh_token', refresh_token: refreshToken }, 200, {
      reads: tokenSetWire,
      // Scopes are told under the name of `scopes`.
      withheld: ['scope'],
    }),
    token({ grant_type: 'refresh_token', refresh_token: 'unknown' }, 400, { reads: oauthRefusalWire }),
    // Of codes no words are known.
    token({ grant_type: 'authorization_code', code: 'unknown' }, 400, {
      reads: oauthRefusalWire,
      withheld: ['error_description'],
    }),
    token({ grant_type: 'refresh_token', refresh_token: refreshToken }, 400, {
      headers: basic('unknown'),
      reads: oauthRefusalWire,
    }),
  ];
  return { exchanges, close: () => bitbucket.close() };
}
