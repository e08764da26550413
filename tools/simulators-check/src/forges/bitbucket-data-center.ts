import { createWorld, startBitbucketDataCenterSimulator } from '@anyforge/forge-simulator';
import { z } from 'zod';
import {
  branchWire,
  idsWire,
  pageWire,
  projectsWire,
  projectWire,
  propertiesWire,
  repositoryWire,
  usersWire,
  userWire,
} from '../../../../packages/provider-bitbucket/src/data-center/wire.js';
import type { Exchange, Profile } from '../exchange.js';
import { oauthRefusalWire, tokenSetWire } from './oauth-wire.js';

export const bitbucketDataCenter: Profile = {
  name: 'Bitbucket Data Center',
  file: 'bitbucket-data-center-9.2.json',
  amendments: [
    {
      // Null where it is no field that is wrong.
      at: '/components/schemas/RestErrorMessage/properties/context',
      merge: { nullable: true },
      see: 'https://developer.atlassian.com/server/bitbucket/rest/latest/intro/#errors--validation',
    },
    {
      // A page of users, and described as one of them.
      at: '/paths/~1api~1latest~1users/get/responses/200/content/application~1json/schema',
      merge: {
        $ref: null,
        type: 'object',
        properties: {
          size: { type: 'number' },
          limit: { type: 'number' },
          isLastPage: { type: 'boolean' },
          start: { type: 'integer' },
          nextPageStart: { type: 'integer' },
          values: { type: 'array', items: { $ref: '#/components/schemas/RestApplicationUser' } },
        },
      },
      see: 'https://developer.atlassian.com/server/bitbucket/rest/latest/intro/#paged-apis',
    },
  ],
  start,
};

/** Projects, a personal one among them, groups of the whole forge, and repositories and people of every sort. */
function livedIn() {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada L.' });
  const grace = world.addPerson({ username: 'grace' });
  const eve = world.addPerson({ username: 'eve' });
  const acme = world.addOrganization({
    slug: 'ACME',
    name: 'Acme',
    description: 'Everything',
    owners: [grace],
  });
  world.addOrganization({ slug: 'BARE', owners: [grace] });
  const developers = world.addTeam({ slug: 'developers', members: [ada] });
  world.grant({ to: developers, on: acme, level: 'read' });
  const api = world.addRepository({ owner: acme, name: 'api', description: 'The API' });
  world.grant({ to: developers, on: api, level: 'write' });
  world.grant({ to: eve, on: api, level: 'read' });
  world.addRepository({ owner: acme, name: 'web', forkOf: api });
  world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
  world.addRepository({ owner: acme, name: 'old', archived: true });
  world.addRepository({ owner: acme, name: 'bare', empty: true });
  world.addRepository({ owner: ada, name: 'notes' });
  return { world, ada, grace };
}

async function start() {
  const { world, ada, grace } = livedIn();
  const bitbucket = await startBitbucketDataCenterSimulator({ world });
  const { tokens, oauth, apiUrl, webUrl } = bitbucket;
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  const member = as(tokens.issue({ kind: 'personal', person: ada }));
  const owner = as(tokens.issue({ kind: 'personal', person: grace }));

  const get = (
    operation: string,
    path: string,
    headers: Record<string, string>,
    rest: Partial<Exchange> = {},
  ): Exchange => ({
    operation: `GET /api/latest${operation}`,
    url: apiUrl + path,
    headers,
    status: 200,
    ...rest,
  });
  // Refusals are the standard's, and no words of theirs are known.
  const unworded = { reads: oauthRefusalWire, withheld: ['error_description'] };
  const redirectUri = 'https://app.test/';
  const client = oauth.registerClient({
    name: 'anyforge',
    redirectUris: [redirectUri],
    scopes: ['REPO_ADMIN'],
  });
  const granted = oauth.issue({ client, person: ada });
  const refresh = {
    grant_type: 'refresh_token',
    refresh_token: granted.refreshToken ?? '',
    redirect_uri: redirectUri,
  };
  const oauthRow = (
    endpoint: 'token' | 'revoke',
    form: Record<string, string>,
    status: number,
    rest: Partial<Exchange> = {},
  ): Exchange => ({
    operation: `POST /rest/oauth2/latest/${endpoint}`,
    url: `${webUrl}/rest/oauth2/latest/${endpoint}`,
    body: new URLSearchParams({
      client_id: client.clientId,
      client_secret: client.clientSecret ?? '',
      ...form,
    }),
    status,
    ...rest,
  });
  const [project, repository] = ['/projects/{projectKey}', '/projects/{projectKey}/repos/{repositorySlug}'];
  // A page is read as such first, then the ids on it, and its items once all are there.
  const pageOf = (items: z.ZodArray<typeof repositoryWire> | typeof projectsWire | typeof usersWire) => [
    pageWire,
    z.object({ values: idsWire }),
    z.object({ values: items }),
  ];
  const repositories = pageOf(z.array(repositoryWire));
  // The last page names no next one.
  const lastPage = ['nextPageStart'];
  // Only a fork has an origin, and only who wrote a description has one.
  const inSome = ['values[].origin', 'values[].description'];

  const exchanges: readonly Exchange[] = [
    get('/application-properties', '/application-properties', {}, { reads: propertiesWire }),
    get('/repos', '/repos?permission=REPO_READ&archived=ALL&limit=1000', owner, {
      reads: repositories,
      withheld: lastPage,
      inSome,
    }),
    get('/repos', '/repos?limit=2', member, {
      reads: repositories,
      withheld: ['values[].origin'],
      inSome: ['values[].description'],
    }),
    get('/repos', '/repos', {}, { reads: repositories, withheld: [...lastPage, ...inSome] }),
    get('/profile/recent/repos', '/profile/recent/repos', member),
    get('/projects', '/projects', owner, { reads: pageOf(projectsWire), withheld: lastPage }),
    get(project, '/projects/ACME', member, { reads: projectWire }),
    // Whether they are public is said of shared projects alone.
    get(project, '/projects/~ada', member, { reads: projectWire, withheld: ['public'] }),
    get(project, '/projects/NOTHING', member, { status: 404 }),
    get(project, '/projects/~ada', owner, { status: 401 }),
    get(`${project}/repos`, '/projects/ACME/repos', member, {
      reads: repositories,
      withheld: lastPage,
      inSome,
    }),
    get(`${project}/repos`, '/projects/NOTHING/repos', member, { status: 404 }),
    get(repository, '/projects/ACME/repos/api', member, { reads: repositoryWire, withheld: ['origin'] }),
    get(repository, '/projects/ACME/repos/web', member, { reads: repositoryWire, withheld: ['description'] }),
    get(repository, '/projects/ACME/repos/nothing', member, { status: 404 }),
    get(repository, '/projects/~ada/repos/notes', owner, { status: 401 }),
    get(`${repository}/default-branch`, '/projects/ACME/repos/api/default-branch', member, {
      reads: branchWire,
    }),
    get(`${repository}/default-branch`, '/projects/ACME/repos/nothing/default-branch', member, {
      status: 404,
    }),
    ...['users', 'groups'].flatMap((subjects) => [
      get(`${project}/permissions/${subjects}`, `/projects/ACME/permissions/${subjects}`, owner),
      get(`${project}/permissions/${subjects}`, `/projects/ACME/permissions/${subjects}`, member, {
        status: 401,
      }),
      get(`${repository}/permissions/${subjects}`, `/projects/ACME/repos/api/permissions/${subjects}`, owner),
      get(
        `${repository}/permissions/${subjects}`,
        `/projects/ACME/repos/api/permissions/${subjects}`,
        member,
        {
          status: 401,
        },
      ),
    ]),
    get(`${project}/permissions/{permission}/all`, '/projects/ACME/permissions/PROJECT_READ/all', owner),
    get('/users', '/users', member, { reads: pageOf(usersWire), withheld: lastPage }),
    get('/users/{userSlug}', '/users/ada', member, { reads: userWire }),
    get('/users/{userSlug}', '/users/nobody', member, { status: 404 }),
    oauthRow('token', refresh, 200, { reads: tokenSetWire }),
    oauthRow('token', refresh, 400, unworded),
    oauthRow('token', { ...refresh, client_secret: 'unknown' }, 401, unworded),
    oauthRow('revoke', { token: granted.accessToken }, 200),
    oauthRow('revoke', { token: 'unknown', client_secret: 'unknown' }, 401, unworded),
  ];
  return { exchanges, close: () => bitbucket.close() };
}
