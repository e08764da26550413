import type { GithubProfileName, GithubSimulator } from '@anyforge/forge-simulator';
import { createWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { z } from 'zod';
import {
  collaboratorPage,
  installationPage,
  installationWire,
  membershipPage,
  metaWire,
  repositoryPage,
  repositoryWire,
  userWire,
} from '../../../../packages/provider-github/src/wire.js';
import type { Exchange, Profile } from '../exchange.js';
import { deviceGrantType, deviceWire, oauthRefusalWire, tokenSetWire } from './oauth-wire.js';

const breakingChanges = 'https://docs.github.com/en/rest/about-the-rest-api/breaking-changes';

/** The description says of some fields that they are required which the version it describes took away. */
export const githubCloud: Profile = {
  name: 'GitHub',
  file: 'github.json',
  amendments: [
    { optional: 'has_downloads', see: breakingChanges },
    { optional: 'rate', see: breakingChanges },
  ],
  start: () => start('cloud', '2026-03-10'),
};

export const githubCloudBefore: Profile = {
  name: 'GitHub, API 2022-11-28',
  file: 'github.json',
  start: () => start('cloud', '2022-11-28'),
};

export const githubEnterpriseServer: Profile = {
  name: 'GitHub Enterprise Server',
  file: 'github-enterprise-server-3.19.json',
  start: () => start('enterprise-server', '2022-11-28'),
};

async function start(profile: GithubProfileName, apiVersion: string) {
  const world = livedIn();
  const github = await startGithubSimulator({ world, profile, limits: 'on' });
  return {
    exchanges: [
      ...exchanges(github, apiVersion),
      ...oauthExchanges(github),
      ...(profile === 'cloud' ? cloudExchanges(github) : []),
    ],
    close: () => github.close(),
  };
}

/** A company with repositories and people of every sort. */
function livedIn() {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada L.' });
  const grace = world.addPerson({ username: 'grace', name: null, email: null });
  const eve = world.addPerson({ username: 'eve' });
  const robot = world.addPerson({ username: 'robot', kind: 'bot' });
  const acme = world.addOrganization({
    slug: 'acme',
    description: 'Everything',
    basePermission: 'read',
    owners: [ada],
    members: [grace, robot],
  });
  const club = world.addOrganization({ slug: 'club', members: [eve] });
  world.setMember({ organization: club, person: ada, state: 'pending' });
  const platform = world.addTeam({ organization: acme, slug: 'platform', members: [grace] });
  const runtime = world.addTeam({ organization: acme, slug: 'runtime', parent: platform, members: [robot] });
  const api = world.addRepository({ owner: acme, name: 'api', topics: ['http'], description: 'The API' });
  world.grant({ to: platform, on: api, level: 'write' });
  world.grant({ to: runtime, on: api, level: 'maintain' });
  world.grant({ to: eve, on: api, level: 'write', role: 'release-manager' });
  world.addRepository({ owner: acme, name: 'old', archived: true });
  world.addRepository({ owner: acme, name: 'new', empty: true });
  world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' });
  const site = world.addRepository({ owner: acme, name: 'site', visibility: 'public' });
  world.addRepository({ owner: ada, name: 'site', visibility: 'public', forkOf: site });
  world.addRepository({ owner: ada, name: 'notes', defaultBranch: 'trunk' });
  const moved = world.addRepository({ owner: acme, name: 'before' });
  world.renameRepository(moved, 'after');
  return world;
}

function exchanges(github: GithubSimulator, apiVersion: string): readonly Exchange[] {
  const { world, apiUrl, tokens, installations, oauth } = github;
  const [ada, grace] = [world.person('ada'), world.person('grace')];
  const [acme, api] = [world.organization('acme'), world.repository('acme/api')];
  if (ada === undefined || grace === undefined || acme === undefined || api === undefined)
    throw new Error('the world is another one');

  const common = {
    accept: 'application/vnd.github+json',
    'user-agent': 'check',
    'x-github-api-version': apiVersion,
  };
  const as = (token: string) => ({ ...common, authorization: `Bearer ${token}` });
  const scopes = ['repo', 'read:org', 'read:user', 'user:email'];
  const owner = as(tokens.issue({ kind: 'classic', person: ada, scopes }));
  const member = as(tokens.issue({ kind: 'classic', person: grace, scopes }));
  const unscoped = as(tokens.issue({ kind: 'oauth', person: ada, scopes: [] }));
  const stranger = as('ghp_unknown');
  const installation = installations.add({ application: 'anyforge', account: acme });
  const appUser = as(tokens.issue({ kind: 'app-user', person: ada, application: 'anyforge' }));
  const app = as(tokens.issue({ kind: 'installation', installation }));
  const client = oauth.registerClient({ name: 'anyforge', redirectUris: ['https://app.test/'], scopes });
  const granted = (): string =>
    JSON.stringify({ access_token: oauth.issue({ client, person: ada }).accessToken });
  const { clientId, clientSecret = '' } = client;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const own = { ...common, authorization: `Basic ${basic}` };

  const get = (
    operation: string,
    path: string,
    headers: Record<string, string>,
    rest: Partial<Exchange> = {},
  ): Exchange => ({ operation: `GET ${operation}`, url: apiUrl + path, headers, status: 200, ...rest });
  const application = (method: string, name: string, status: number, body: string): Exchange => ({
    operation: `${method} /applications/{client_id}/${name}`,
    url: `${apiUrl}/applications/${clientId}/${name}`,
    headers: own,
    body,
    status,
  });
  const [repository, collaborators] = ['/repos/{owner}/{repo}', '/repos/{owner}/{repo}/collaborators'];
  const permission = `${collaborators}/{username}/permission`;
  // GitHub describes role names of collaborators and of the repositories in short listings, which nobody asks for here.
  const whole = { reads: repositoryWire, withheld: ['role_name'] };

  return [
    get('/user', '/user', owner, { reads: userWire }),
    get('/user', '/user', member, { reads: userWire }),
    get('/user', '/user', unscoped, { reads: userWire }),
    get('/user', '/user', stranger, { status: 401 }),
    get('/user', '/user', app, { status: 403 }),
    ...[owner, member].map((headers) =>
      get('/user/repos', '/user/repos?per_page=100', headers, {
        reads: repositoryPage,
        withheld: ['[].role_name'],
      }),
    ),
    get('/user/repos', '/user/repos?type=all&visibility=all', owner, { status: 422 }),
    get('/user/repos', '/user/repos', common, { status: 401 }),
    get('/user/orgs', '/user/orgs', owner),
    get('/user/orgs', '/user/orgs', unscoped, { status: 403 }),
    get('/user/memberships/orgs', '/user/memberships/orgs', owner, { reads: membershipPage }),
    get('/user/memberships/orgs', '/user/memberships/orgs', unscoped, { status: 403 }),
    get('/orgs/{org}', '/orgs/acme', owner),
    get('/orgs/{org}', '/orgs/acme', common),
    get('/orgs/{org}', '/orgs/nobody', owner, { status: 404 }),
    get('/orgs/{org}/repos', '/orgs/acme/repos', owner),
    get('/orgs/{org}/repos', '/orgs/acme/repos', common),
    ...['api', 'old', 'new', 'inner', 'site'].map((name) =>
      get(repository, `/repos/acme/${name}`, owner, whole),
    ),
    get(repository, '/repos/ada/site', member, whole),
    // Without a credential there is nobody to have permissions.
    get(repository, '/repos/ada/site', common, {
      reads: repositoryWire,
      withheld: ['permissions', ...whole.withheld],
    }),
    get('/repositories/{id}', `/repositories/${api.id}`, owner, whole),
    get('/repositories/{id}', '/repositories/1', owner, { status: 404 }),
    get(repository, '/repos/ada/notes', member, { status: 404 }),
    get(repository, '/repos/acme/before', owner, { status: 301 }),
    // Lists of people come without their names.
    get(collaborators, '/repos/acme/api/collaborators', owner, {
      reads: collaboratorPage,
      withheld: ['[].name'],
    }),
    get(collaborators, '/repos/acme/nothing/collaborators', owner, { status: 404 }),
    get(permission, '/repos/acme/api/collaborators/eve/permission', owner),
    get(permission, '/repos/acme/api/collaborators/nobody/permission', owner, { status: 404 }),
    get('/repos/{owner}/{repo}/teams', '/repos/acme/api/teams', owner),
    get('/user/installations', '/user/installations', appUser),
    get('/user/installations', '/user/installations', owner, { status: 403 }),
    get(
      '/user/installations/{installation_id}/repositories',
      `/user/installations/${installation.id}/repositories`,
      appUser,
    ),
    get('/user/installations/{installation_id}/repositories', '/user/installations/1/repositories', appUser, {
      status: 404,
    }),
    get('/installation/repositories', '/installation/repositories', app, {
      reads: [installationPage, installationWire, z.object({ repositories: repositoryPage })],
      // An owner in a listing comes without a name.
      withheld: ['repositories[].owner.name', 'repositories[].role_name'],
    }),
    get('/installation/repositories', '/installation/repositories', owner, { status: 403 }),
    get('/rate_limit', '/rate_limit', owner),
    get('/meta', '/meta', owner, {
      reads: metaWire,
      // Only a server of one's own has a version.
      withheld: github.profile === 'cloud' ? ['installed_version'] : [],
    }),
    application('POST', 'token', 200, granted()),
    application('POST', 'token', 404, JSON.stringify({ access_token: 'unknown' })),
    application('POST', 'token', 422, '{}'),
    application('PATCH', 'token', 200, granted()),
    application('DELETE', 'token', 204, granted()),
    application('DELETE', 'token', 422, '{}'),
    application('DELETE', 'grant', 204, granted()),
    application('DELETE', 'grant', 422, '{}'),
  ];
}

/** Answers are JSON for those who accept that, and refusals come with a 200. */
function oauthExchanges({ world, webUrl, oauth }: GithubSimulator): readonly Exchange[] {
  const ada = world.person('ada');
  if (ada === undefined) throw new Error('the world is another one');
  const registration = { name: 'anyforge', redirectUris: ['https://app.test/'] };
  const classic = oauth.registerClient(registration);
  const app = oauth.registerClient({ ...registration, kind: 'github-app' });
  const rigid = oauth.registerClient({ ...registration, deviceFlow: false });
  const { refreshToken = '' } = oauth.issue({ client: app, person: ada });
  const post = (path: string, { clientId, clientSecret = '' }: typeof app, form: Record<string, string>) => ({
    operation: `POST ${path}`,
    url: webUrl + path,
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form }),
    status: 200,
  });
  const [token, device] = ['/login/oauth/access_token', '/login/device/code'];
  const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken };
  return [
    { ...post(token, app, refresh), reads: tokenSetWire },
    { ...post(token, app, refresh), reads: oauthRefusalWire },
    { ...post(token, classic, { code: 'unknown' }), reads: oauthRefusalWire },
    { ...post(token, classic, { client_secret: 'unknown', code: 'unknown' }), reads: oauthRefusalWire },
    { ...post(device, classic, { scope: 'repo' }), reads: deviceWire },
    // Refusals of devices bear no words.
    ...[
      post(token, classic, { grant_type: deviceGrantType, device_code: 'unknown' }),
      post(device, rigid, {}),
    ].map((exchange) => ({ ...exchange, reads: oauthRefusalWire, withheld: ['error_description'] })),
  ];
}

/** What GitHub.com has and an Enterprise Server has not. */
function cloudExchanges({ apiUrl }: GithubSimulator): readonly Exchange[] {
  const headers = { 'user-agent': 'check' };
  return [{ operation: 'GET /versions', url: `${apiUrl}/versions`, headers, status: 200 }];
}
