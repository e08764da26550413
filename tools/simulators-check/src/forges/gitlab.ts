import type { GitlabSimulatorOptions } from '@anyforge/forge-simulator';
import { createWorld, startGitlabSimulator } from '@anyforge/forge-simulator';
import {
  groupPage,
  memberPage,
  memberWire,
  projectPage,
  projectWire,
  tokenInfoWire,
  tokenWire,
  userWire,
} from '../../../../packages/provider-gitlab/src/wire.js';
import type { Exchange, Profile } from '../exchange.js';

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

/** A company with nested groups, an invited one, and projects and people of every sort. */
function livedIn() {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada L.' });
  const grace = world.addPerson({ username: 'grace', email: null });
  const robot = world.addPerson({ username: 'robot', kind: 'bot' });
  const acme = world.addOrganization({ slug: 'acme', name: 'Acme', owners: [grace] });
  const platform = world.addOrganization({ slug: 'platform', parent: acme });
  const partners = world.addOrganization({ slug: 'partners' });
  world.setMember({ organization: acme, person: ada, level: 'write' });
  world.setMember({ organization: platform, person: robot, level: 'maintain' });
  world.setMember({ organization: partners, person: ada, level: 'maintain' });
  const api = world.addRepository({ owner: acme, name: 'api', description: 'The API', topics: ['http'] });
  const infra = world.addRepository({ owner: platform, name: 'infra', defaultBranch: 'trunk' });
  world.grant({ to: partners, on: infra, level: 'write' });
  world.addRepository({ owner: acme, name: 'old', archived: true });
  world.addRepository({ owner: acme, name: 'new', empty: true });
  world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' });
  world.addRepository({ owner: ada, name: 'api', forkOf: api, visibility: 'public' });
  return { world, ada, grace, acme, api, infra };
}

async function start(options: Omit<GitlabSimulatorOptions, 'world'>) {
  const { world, ada, grace, acme, api, infra } = livedIn();
  const gitlab = await startGitlabSimulator({ ...options, world });
  const { tokens, oauth, apiUrl, webUrl } = gitlab;
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  const scopes = ['read_api', 'read_user'];
  const developer = as(tokens.issue({ kind: 'personal', person: ada, scopes, expiresOn: '2027-01-31' }));
  const owner = as(tokens.issue({ kind: 'personal', person: grace, scopes }));
  const project = as(tokens.issue({ kind: 'project', project: api, level: 'read', scopes }));

  const redirectUri = 'https://app.test/callback';
  const client = oauth.registerClient({ name: 'anyforge', redirectUris: [redirectUri], scopes });
  const granted = oauth.issue({ client, person: ada });
  const token = (form: Record<string, string>, status: number): Exchange => ({
    operation: 'POST /oauth/token',
    url: `${webUrl}/oauth/token`,
    body: new URLSearchParams({
      client_id: client.clientId,
      client_secret: client.clientSecret ?? '',
      redirect_uri: redirectUri,
      ...form,
    }),
    status,
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

  const exchanges: readonly Exchange[] = [
    get('/user', '/user', developer, { reads: userWire }),
    get('/user', '/user', owner, { reads: userWire }),
    get('/user', '/user', project, { reads: userWire }),
    get('/user', '/user', as(granted.accessToken), { reads: userWire }),
    get('/projects', '/projects?membership=true&per_page=100', developer, { reads: projectPage }),
    get('/projects', '/projects?membership=true&per_page=100', owner, { reads: projectPage }),
    ...[api, infra].flatMap((each) => [
      get('/projects/{id}', `/projects/${each.id}`, developer, { reads: projectWire }),
      get('/projects/{id}', `/projects/${encodeURIComponent(each.path)}`, owner, { reads: projectWire }),
      get('/projects/{id}/members/all', `/projects/${each.id}/members/all`, developer, { reads: memberPage }),
    ]),
    get('/projects/{id}/members/all/{user_id}', `/projects/${api.id}/members/all/${ada.id}`, developer, {
      reads: memberWire,
    }),
    get('/groups', '/groups?min_access_level=10', developer, { reads: groupPage }),
    get('/groups/{id}/projects', `/groups/${acme.id}/projects?include_subgroups=true`, developer, {
      reads: projectPage,
      // A group's listing does not tell permissions.
      withheld: ['[].permissions'],
    }),
    get('/personal_access_tokens/self', '/personal_access_tokens/self', developer, { reads: tokenWire }),
    get('/personal_access_tokens/self', '/personal_access_tokens/self', owner, { reads: tokenWire }),
    get('/version', '/version', developer),
    {
      operation: 'GET /oauth/token/info',
      url: `${webUrl}/oauth/token/info`,
      headers: as(granted.accessToken),
      status: 200,
      reads: tokenInfoWire,
    },
    token({ grant_type: 'authorization_code', code: 'unknown' }, 400),
    token({ grant_type: 'refresh_token', refresh_token: granted.refreshToken ?? '' }, 200),
  ];
  return { exchanges, close: () => gitlab.close() };
}
