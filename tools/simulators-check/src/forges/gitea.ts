import type { GiteaSimulatorOptions } from '@anyforge/forge-simulator';
import { createWorld, startGiteaSimulator } from '@anyforge/forge-simulator';
import { z } from 'zod';
import {
  levelWire,
  organizationPage,
  organizationWire,
  repositoryWire,
  searchPage,
  settingsWire,
  teamList,
  teamWire,
  tokenPage,
  userPage,
  userWire,
  versionWire,
} from '../../../../packages/provider-gitea/src/wire.js';
import type { Amendment, Exchange, Profile } from '../exchange.js';
import { oauthRefusalWire, tokenSetWire } from './oauth-wire.js';

const messageWire = z.object({ message: z.string() });
const repositoryPage = z.array(repositoryWire);

/** What Gitea writes beside what it describes. */
const amendments: readonly Amendment[] = [
  {
    see: 'https://github.com/go-gitea/gitea/blob/v1.26.3/modules/structs/user.go',
    at: '/components/schemas/User/properties',
    merge: { username: { type: 'string' } },
  },
  {
    // Of an organization without an address, it is an empty text.
    see: 'https://github.com/go-gitea/gitea/blob/v1.26.3/services/convert/user.go',
    at: '/components/schemas/User/properties/email',
    merge: { format: null },
  },
  {
    see: 'https://github.com/go-gitea/gitea/blob/v1.26.3/services/convert/convert.go',
    at: '/components/schemas/Team/properties',
    merge: { organization: { anyOf: [{ $ref: '#/components/schemas/Organization' }, { type: 'null' }] } },
  },
];

export const gitea: Profile = {
  name: 'Gitea',
  file: 'gitea.json',
  amendments,
  start: () => start({}),
};

export const forgejo: Profile = {
  name: 'Forgejo',
  file: 'gitea.json',
  amendments,
  start: () => start({ profile: 'forgejo', pathPrefix: '/git', invalidatesRefreshTokens: true }),
};

/** A company with teams of every sort, and repositories and people of every sort. */
function livedIn() {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada L.' });
  const grace = world.addPerson({ username: 'grace', name: null });
  const eve = world.addPerson({ username: 'eve', email: null });
  const robot = world.addPerson({ username: 'robot', kind: 'bot' });
  const acme = world.addOrganization({ slug: 'acme', description: 'Everything', owners: [grace] });
  const guild = world.addOrganization({ slug: 'guild', members: [ada], basePermission: 'read' });
  const platform = world.addTeam({ organization: acme, slug: 'platform', members: [ada, robot] });
  const helpers = world.addTeam({ organization: acme, slug: 'helpers', members: [eve] });
  const api = world.addRepository({ owner: acme, name: 'api', topics: ['http'], description: 'The API' });
  world.grant({ to: platform, on: api, level: 'write' });
  world.grant({ to: helpers, on: acme, level: 'none', role: 'issues' });
  world.grant({ to: eve, on: api, level: 'read' });
  world.addRepository({ owner: acme, name: 'old', archived: true });
  world.addRepository({ owner: acme, name: 'new', empty: true });
  world.addRepository({ owner: guild, name: 'inner', visibility: 'internal' });
  const site = world.addRepository({ owner: acme, name: 'site', visibility: 'public' });
  world.addRepository({ owner: ada, name: 'site', visibility: 'public', forkOf: site });
  world.addRepository({ owner: ada, name: 'notes', defaultBranch: 'trunk' });
  const moved = world.addRepository({ owner: acme, name: 'before' });
  world.renameRepository(moved, 'after');
  return { world, ada, grace, acme, api };
}

async function start(options: Omit<GiteaSimulatorOptions, 'world'>) {
  const { world, ada, grace, acme, api } = livedIn();
  const simulator = await startGiteaSimulator({ ...options, world });
  const { tokens, oauth, apiUrl, webUrl } = simulator;
  const as = (token: string) => ({ authorization: `token ${token}` });
  const scopes = ['read:user', 'read:organization', 'read:repository'];
  const member = as(tokens.issue({ kind: 'personal', person: ada, scopes }));
  const owner = as(tokens.issue({ kind: 'personal', person: grace, scopes }));
  const narrow = as(tokens.issue({ kind: 'personal', person: ada, scopes: ['read:user'] }));
  const password = Buffer.from(`ada:${tokens.passwordOf(ada)}`).toString('base64');
  const signedIn = { authorization: `Basic ${password}` };

  const redirectUri = 'https://app.test/callback';
  const client = oauth.registerClient({ name: 'anyforge', redirectUris: [redirectUri] });
  const granted = oauth.issue({ client, person: ada, scopes });
  const get = (
    operation: string,
    path: string,
    headers: Record<string, string>,
    rest: Partial<Exchange> = {},
  ): Exchange => ({
    operation: `GET /api/v1${operation}`,
    url: apiUrl + path,
    headers,
    status: 200,
    ...rest,
  });
  const refused = (operation: string, path: string, headers: Record<string, string>, status: number) =>
    get(operation, path, headers, { status, reads: messageWire });
  const oauthRow = (form: Record<string, string>, status: number, reads: z.ZodType): Exchange => ({
    operation: 'POST /login/oauth/access_token',
    url: `${webUrl}/login/oauth/access_token`,
    body: new URLSearchParams({
      client_id: client.clientId,
      client_secret: client.clientSecret ?? '',
      ...form,
    }),
    status,
    // What was granted is not told.
    ...(reads === tokenSetWire ? { reads, withheld: ['scope'] } : { reads }),
  });

  const [repository, search] = ['/repos/{owner}/{repo}', '/repos/search'];
  const collaborators = `${repository}/collaborators`;
  const permission = `${collaborators}/{collaborator}/permission`;
  const members = '/teams/{id}/members';
  const teams = await fetch(`${apiUrl}/orgs/acme/teams`, { headers: owner });
  const owners = teamList.parse(await teams.json()).find(({ name }) => name === 'Owners');
  const ownersPath = `/teams/${owners?.id ?? 0}`;
  const refresh = { grant_type: 'refresh_token', refresh_token: granted.refreshToken ?? '' };
  const exchanges: readonly Exchange[] = [
    get('/version', '/version', {}, { reads: versionWire }),
    get('/settings/api', '/settings/api', {}, { reads: settingsWire }),
    ...[member, owner, as(granted.accessToken)].map((headers) =>
      get('/user', '/user', headers, { reads: userWire }),
    ),
    refused('/user', '/user', as('unknown'), 401),
    refused('/user', '/user', {}, 401),
    ...[member, owner].map((headers) =>
      get('/user/orgs', '/user/orgs', headers, { reads: organizationPage }),
    ),
    refused('/user/orgs', '/user/orgs', narrow, 403),
    get('/user/repos', '/user/repos', member, { reads: repositoryPage }),
    get('/user/teams', '/user/teams', member, { reads: teamList }),
    get('/users/{username}/orgs', '/users/ada/orgs', member, { reads: organizationPage }),
    refused('/users/{username}/orgs', '/users/nobody/orgs', member, 404),
    get('/users/{username}/repos', '/users/ada/repos', owner, { reads: repositoryPage }),
    refused('/users/{username}/repos', '/users/nobody/repos', owner, 404),
    get('/users/{username}/tokens', '/users/ada/tokens', signedIn, { reads: tokenPage }),
    refused('/users/{username}/tokens', '/users/grace/tokens', signedIn, 403),
    ...[member, owner].map((headers) =>
      get(search, `${search}?sort=id&order=asc&limit=50`, headers, { reads: searchPage }),
    ),
    get(search, `${search}?uid=${ada.id}&sort=id`, member, { reads: searchPage }),
    get(search, `${search}?uid=${acme.id}&exclusive=true`, {}, { reads: searchPage }),
    refused(search, `${search}?sort=bogus`, member, 422),
    ...['api', 'old', 'new', 'site', 'after'].map((name) =>
      get(repository, `/repos/acme/${name}`, owner, { reads: repositoryWire }),
    ),
    ...['ada/site', 'ada/notes', 'guild/inner'].map((path) =>
      get(repository, `/repos/${path}`, member, { reads: repositoryWire }),
    ),
    get(repository, '/repos/acme/site', {}, { reads: repositoryWire }),
    get(repository, '/repos/acme/before', owner, { status: 301 }),
    refused(repository, '/repos/acme/old', member, 404),
    get('/repositories/{id}', `/repositories/${api.id}`, member, { reads: repositoryWire }),
    refused('/repositories/{id}', '/repositories/1', member, 404),
    get(collaborators, '/repos/acme/api/collaborators', member, { reads: userPage }),
    refused(collaborators, '/repos/acme/nothing/collaborators', member, 404),
    get(permission, '/repos/acme/api/collaborators/eve/permission', owner, { reads: levelWire }),
    refused(permission, '/repos/acme/api/collaborators/eve/permission', member, 403),
    refused(permission, '/repos/acme/api/collaborators/nobody/permission', owner, 404),
    get(`${repository}/teams`, '/repos/acme/api/teams', member, { reads: teamList }),
    refused(`${repository}/teams`, '/repos/acme/nothing/teams', member, 404),
    refused(`${repository}/teams`, '/repos/ada/notes/teams', member, 405),
    get('/orgs/{org}', '/orgs/acme', member, { reads: organizationWire }),
    refused('/orgs/{org}', '/orgs/nobody', member, 404),
    get('/orgs/{org}/repos', '/orgs/acme/repos', owner, { reads: repositoryPage }),
    refused('/orgs/{org}/repos', '/orgs/nobody/repos', owner, 404),
    get('/orgs/{org}/members', '/orgs/acme/members', member, { reads: userPage }),
    refused('/orgs/{org}/members', '/orgs/nobody/members', member, 404),
    get('/orgs/{org}/teams', '/orgs/acme/teams', member, { reads: [teamList, z.array(teamWire)] }),
    refused('/orgs/{org}/teams', '/orgs/nobody/teams', member, 404),
    get(members, `${ownersPath}/members`, owner, { reads: userPage }),
    refused(members, `${ownersPath}/members`, member, 403),
    refused(members, '/teams/1/members', owner, 404),
    get('/teams/{id}/repos', `${ownersPath}/repos`, owner, { reads: repositoryPage }),
    refused('/teams/{id}/repos', '/teams/1/repos', owner, 404),
    oauthRow({ grant_type: 'authorization_code', code: 'unknown' }, 400, oauthRefusalWire),
    oauthRow(refresh, 200, tokenSetWire),
    oauthRow({ ...refresh, client_secret: 'unknown' }, 400, oauthRefusalWire),
    oauthRow({ grant_type: 'password' }, 400, oauthRefusalWire),
  ];
  return { exchanges, close: () => simulator.close() };
}
