import type { GitlabSimulatorOptions } from '@anyforge/forge-simulator';
import { createWorld, startGitlabSimulator } from '@anyforge/forge-simulator';
import { z } from 'zod';
import {
  groupPage,
  groupWire,
  memberPage,
  memberWire,
  projectDetailWire,
  projectIdPage,
  projectPage,
  tokenInfoWire,
  tokenWire,
  userWire,
  versionWire,
} from '../../../../packages/provider-gitlab/src/wire.js';
import type { Exchange, Profile } from '../exchange.js';
import { deviceWire, oauthRefusalWire, tokenSetWire } from './oauth-wire.js';

/** What endpoints say. What stands before them says it under `error`. */
const messageWire = z.object({ message: z.string() });

export const gitlabCom: Profile = {
  name: 'GitLab.com',
  file: 'gitlab.json',
  start: () => start({ profile: 'com' }),
};

export const gitlabSelfManaged: Profile = {
  name: 'GitLab Self-Managed',
  file: 'gitlab.json',
  start: () => start({ profile: 'self-managed', pathPrefix: '/gitlab' }),
};

/** Few enough to be used up, and nothing is given back meanwhile. */
const limits = {
  anonymous: { requests: 2, seconds: 1e9 },
  groupProjects: { requests: 2, seconds: 1e9 },
};

/** A company with nested groups, an invited one, and projects and people of every sort. */
function livedIn() {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada L.' });
  const grace = world.addPerson({ username: 'grace', email: null });
  const eve = world.addPerson({ username: 'eve' });
  const robot = world.addPerson({ username: 'robot', kind: 'bot' });
  const acme = world.addOrganization({ slug: 'acme', name: 'Acme', owners: [grace] });
  const platform = world.addOrganization({ slug: 'platform', parent: acme });
  const partners = world.addOrganization({ slug: 'partners' });
  world.setMember({ organization: acme, person: ada, level: 'write' });
  world.setMember({ organization: platform, person: robot, level: 'maintain' });
  world.setMember({ organization: partners, person: ada, level: 'maintain' });
  world.setMember({ organization: acme, person: eve, level: 'read', roleName: 'auditor' });
  const api = world.addRepository({ owner: acme, name: 'api', description: 'The API', topics: ['http'] });
  const infra = world.addRepository({ owner: platform, name: 'infra', defaultBranch: 'trunk' });
  world.grant({ to: partners, on: infra, level: 'write' });
  world.addRepository({ owner: acme, name: 'old', archived: true });
  world.addRepository({ owner: acme, name: 'new', empty: true });
  world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' });
  const fork = world.addRepository({ owner: ada, name: 'api', forkOf: api, visibility: 'public' });
  const moved = world.addRepository({ owner: acme, name: 'before' });
  world.renameRepository(moved, 'after');
  return { world, ada, grace, eve, acme, api, infra, fork };
}

async function start(options: Omit<GitlabSimulatorOptions, 'world'>) {
  const { world, ada, grace, eve, acme, api, infra, fork } = livedIn();
  const gitlab = await startGitlabSimulator({ ...options, world, limits });
  const { tokens, oauth, apiUrl, webUrl } = gitlab;
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  const scopes = ['read_api', 'read_user'];
  const developer = as(tokens.issue({ kind: 'personal', person: ada, scopes, expiresOn: '2027-01-31' }));
  const owner = as(tokens.issue({ kind: 'personal', person: grace, scopes }));
  const project = as(tokens.issue({ kind: 'project', project: api, level: 'read', scopes }));

  const redirectUri = 'https://app.test/callback';
  const client = oauth.registerClient({ name: 'anyforge', redirectUris: [redirectUri], scopes });
  const granted = oauth.issue({ client, person: ada });
  const oauthRow = (
    endpoint: 'token' | 'revoke' | 'authorize_device',
    form: Record<string, string>,
    status: number,
    reads?: z.ZodType,
  ): Exchange => ({
    operation: `POST /oauth/${endpoint}`,
    url: `${webUrl}/oauth/${endpoint}`,
    body: new URLSearchParams({
      client_id: client.clientId,
      client_secret: client.clientSecret ?? '',
      redirect_uri: redirectUri,
      ...form,
    }),
    status,
    ...(reads === undefined ? {} : { reads }),
  });
  const unknownCode = { grant_type: 'authorization_code', code: 'unknown' };
  const refresh = { grant_type: 'refresh_token', refresh_token: granted.refreshToken ?? '' };
  const tokenInfo = (value: string, rest: Pick<Exchange, 'status' | 'reads'>): Exchange => ({
    operation: 'GET /oauth/token/info',
    url: `${webUrl}/oauth/token/info`,
    headers: as(value),
    ...rest,
  });
  const get = (
    operation: string,
    path: string,
    headers: Record<string, string>,
    rest: Partial<Exchange> = {},
  ) => ({
    operation: `GET /api/v4${operation}`,
    url: apiUrl + path,
    headers,
    status: 200,
    ...rest,
  });

  const refused = (operation: string, path: string, headers: Record<string, string>, status: number) =>
    get(operation, path, headers, { status, reads: messageWire });
  const [projects, members] = ['/projects?membership=true&per_page=100', '/projects/{id}/members/all'];
  // Only a fork tells what it was forked from.
  const source = 'forked_from_project';
  // Of people in lists it is not said whether they are bots, and only some have a role of their own making.
  const memberRows = { reads: memberPage, withheld: ['[].bot'], inSome: ['[].member_role'] };
  const scopeless = as(tokens.issue({ kind: 'personal', person: ada, scopes: ['read_user'] }));
  const revoked = tokens.issue({ kind: 'personal', person: ada, scopes });
  tokens.revoke(revoked);

  const exchanges: readonly Exchange[] = [
    ...[developer, owner, project, as(granted.accessToken)].map((headers) =>
      get('/user', '/user', headers, { reads: userWire }),
    ),
    refused('/user', '/user', as('unknown'), 401),
    get('/user', '/user', as(revoked), { status: 401, reads: oauthRefusalWire }),
    // Nobody's requests are limited first, and in plain text.
    get('/user', '/user', {}, { status: 429 }),
    get('/projects', projects, developer, { reads: projectPage, inSome: [`[].${source}`] }),
    get('/projects', projects, owner, { reads: projectPage, withheld: [`[].${source}`] }),
    get('/projects', '/projects?simple=true', developer, { reads: projectIdPage }),
    get('/projects', '/projects', scopeless, { status: 403, reads: oauthRefusalWire }),
    get('/projects', '/projects?order_by=name&pagination=keyset', developer, {
      status: 405,
      reads: z.object({ error: z.string() }),
    }),
    get('/projects/{id}', `/projects/${api.id}`, developer, {
      reads: projectDetailWire,
      withheld: [source],
    }),
    get('/projects/{id}', `/projects/${encodeURIComponent(infra.path)}`, owner, {
      reads: projectDetailWire,
      withheld: [source],
    }),
    get('/projects/{id}', `/projects/${fork.id}`, developer, { reads: projectDetailWire }),
    refused('/projects/{id}', '/projects/1', developer, 404),
    get('/projects/{id}', '/projects/acme%2Fbefore', owner, { status: 301 }),
    get(members, `/projects/${api.id}/members/all`, developer, memberRows),
    get(members, `/projects/${infra.id}/members/all`, owner, memberRows),
    refused(members, '/projects/1/members/all', developer, 404),
    get(`${members}/{user_id}`, `/projects/${api.id}/members/all/${eve.id}`, developer, {
      reads: memberWire,
      withheld: ['bot'],
    }),
    refused(`${members}/{user_id}`, `/projects/${api.id}/members/all/1`, developer, 404),
    get('/projects/{id}/members', `/projects/${fork.id}/members`, developer, {
      reads: memberPage,
      withheld: ['[].bot', '[].member_role'],
    }),
    get('/groups', '/groups?all_available=false&order_by=id&sort=asc', developer, { reads: groupPage }),
    get('/groups/{id}', `/groups/${acme.id}`, developer, { reads: groupWire }),
    refused('/groups/{id}', '/groups/1', developer, 404),
    get('/groups/{id}/members', `/groups/${acme.id}/members`, developer, memberRows),
    get('/groups/{id}/projects', `/groups/${acme.id}/projects?include_subgroups=true`, developer, {
      reads: projectPage,
      // A group's listing does not tell permissions, and this one has no fork.
      withheld: ['[].permissions', `[].${source}`],
    }),
    get('/personal_access_tokens/self', '/personal_access_tokens/self', developer, { reads: tokenWire }),
    get('/personal_access_tokens/self', '/personal_access_tokens/self', owner, { reads: tokenWire }),
    refused('/personal_access_tokens/self', '/personal_access_tokens/self', as(granted.accessToken), 400),
    get('/version', '/version', developer, { reads: versionWire }),
    tokenInfo(granted.accessToken, { status: 200, reads: tokenInfoWire }),
    tokenInfo('unknown', { status: 401, reads: oauthRefusalWire }),
    oauthRow('token', unknownCode, 400, oauthRefusalWire),
    oauthRow('token', refresh, 200, tokenSetWire),
    oauthRow('token', refresh, 400, oauthRefusalWire),
    oauthRow('token', { ...unknownCode, client_secret: 'unknown' }, 401, oauthRefusalWire),
    oauthRow('revoke', { token: granted.accessToken }, 200),
    oauthRow('revoke', { token: granted.accessToken, client_secret: 'unknown' }, 403, oauthRefusalWire),
    oauthRow('authorize_device', { scope: 'read_api' }, 200, deviceWire),
  ];
  return { exchanges, close: () => gitlab.close() };
}
