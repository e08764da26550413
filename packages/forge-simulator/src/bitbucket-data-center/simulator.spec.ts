import { afterEach, describe, expect, it } from '@jest/globals';
import { createWorld } from '../world/world.js';
import { everybody } from '../world/model.js';
import type { World } from '../world/world.js';
import { fieldOf } from '../http/asking.fixture.js';
import { DataCenters, get } from './company.fixture.js';
import { bitbucketVersion } from './version.js';

const dataCenters = new DataCenters();
afterEach(() => dataCenters.closeAll());

describe('a simulated Bitbucket Data Center', () => {
  it('answers under a context path, as latest and as 1.0', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany({ pathPrefix: '/bitbucket' });
    expect(bitbucket.apiUrl).toBe(`${bitbucket.webUrl}/rest/api/latest`);
    expect(bitbucket.webUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/bitbucket$/);
    const older = await get(bitbucket, `${bitbucket.webUrl}/rest/api/1.0/users/ada`, tokens.ada);
    expect(older.body).toMatchObject({ name: 'ada' });
    const outside = new URL('/rest/api/latest/users/ada', bitbucket.webUrl).href;
    expect((await get(bitbucket, outside, tokens.ada)).status).toBe(404);
  });

  it('answers what it has no resource for as its web server does', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const reply = await get(bitbucket, '/nothing', tokens.ada);
    expect([reply.status, reply.body]).toEqual([
      404,
      { message: 'HTTP 404 Not Found', 'status-code': 404, 'sub-code': -1 },
    ]);
  });

  it('shows pages to people', async () => {
    const { bitbucket } = await dataCenters.startCompany();
    expect((await get(bitbucket, `${bitbucket.webUrl}/`)).text).toMatch('Bitbucket');
    expect((await get(bitbucket, `${bitbucket.webUrl}/nothing`)).status).toBe(404);
  });

  it('lets an application in, and refreshes and ends what it gave', async () => {
    const { bitbucket, ada } = await dataCenters.startCompany({ pathPrefix: '/bitbucket' });
    const redirectUri = 'https://app.example/callback';
    const client = bitbucket.oauth.registerClient({ name: 'app', redirectUris: [redirectUri] });
    const authorize = new URL(`${bitbucket.webUrl}/rest/oauth2/latest/authorize`);
    authorize.search = new URLSearchParams({
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: redirectUri,
      scope: 'REPO_READ',
      state: 's',
    }).toString();
    const callback = await bitbucket.oauth.approve(authorize.href, { person: ada });
    const ask = async (endpoint: string, fields: Record<string, string>) => {
      const response = await fetch(`${bitbucket.webUrl}/rest/oauth2/latest/${endpoint}`, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: client.clientId,
          client_secret: client.clientSecret ?? '',
          ...fields,
        }),
      });
      return { status: response.status, body: await response.json() };
    };
    const code = new URL(callback).searchParams.get('code') ?? '';
    const first = await ask('token', { grant_type: 'authorization_code', code, redirect_uri: redirectUri });
    expect(first.body).toMatchObject({ expires_in: 3600, scope: 'REPO_READ', token_type: 'bearer' });
    const access = String(fieldOf(first.body, 'access_token'));
    const refresh = String(fieldOf(first.body, 'refresh_token'));
    const whose = await get(bitbucket, '/application-properties', access);
    expect(whose.headers.get('x-ausername')).toBe('ada');
    const again = { grant_type: 'refresh_token', refresh_token: refresh };
    expect((await ask('token', again)).status).toBe(400);
    const second = await ask('token', { ...again, redirect_uri: redirectUri });
    expect(second.status).toBe(200);
    expect((await ask('token', { ...again, redirect_uri: redirectUri })).status).toBe(400);
    const token = String(fieldOf(second.body, 'access_token'));
    expect((await ask('revoke', { token })).status).toBe(200);
    const ended = await get(bitbucket, '/application-properties', token);
    expect(ended.headers.has('x-ausername')).toBe(false);
  });

  it('refuses what is no version', () => {
    expect(() => bitbucketVersion('9')).toThrow("'9' is no version of Bitbucket");
  });
});

describe('a world', () => {
  const bad: readonly (readonly [string, (world: World) => void])[] = [
    [
      'an organization within another',
      (world) => world.addOrganization({ slug: 'b', parent: world.addOrganization({ slug: 'a' }) }),
    ],
    ['the project key', (world) => world.addOrganization({ slug: '1a' })],
    ["'triage' for the members", (world) => world.addOrganization({ slug: 'a', basePermission: 'triage' })],
    ['the user', (world) => world.addPerson({ username: 'ada lovelace' })],
    [
      'a slug is made of',
      (world) => world.addRepository({ owner: world.addOrganization({ slug: 'a' }), name: 'größe' }),
    ],
    [
      'which is internal',
      (world) =>
        world.addRepository({
          owner: world.addOrganization({ slug: 'a' }),
          name: 'r',
          visibility: 'internal',
        }),
    ],
    [
      'in a project of a project',
      (world) => {
        const organization = world.addOrganization({ slug: 'a' });
        const project = world.addProject({ organization, key: 'P' });
        world.addRepository({ owner: organization, project, name: 'r' });
      },
    ],
    [
      'a grant on',
      (world) => {
        const project = world.addProject({ organization: world.addOrganization({ slug: 'a' }), key: 'P' });
        world.grant({ to: world.addPerson({ username: 'p' }), on: project, level: 'read' });
      },
    ],
    [
      'with',
      (world) => {
        const organization = world.addOrganization({ slug: 'a' });
        world.setMember({ organization, person: world.addPerson({ username: 'p' }), level: 'maintain' });
      },
    ],
    ...(
      [
        ["'maintain' on", { level: 'maintain' }],
        ['the role', { level: 'read', role: 'custom' }],
      ] as const
    ).map(
      ([words, grant]) =>
        [
          words,
          (world: World) => {
            const owner = world.addOrganization({ slug: 'a' });
            const repository = world.addRepository({ owner, name: 'r' });
            world.grant({ to: world.addPerson({ username: 'p' }), on: repository, ...grant });
          },
        ] as const,
    ),
    [
      'shared with',
      (world) => {
        const on = world.addOrganization({ slug: 'a' });
        world.grant({ to: world.addOrganization({ slug: 'b' }), on, level: 'read' });
      },
    ],
    [
      'who is external',
      (world) => {
        world.addPerson({ username: 'eva', external: true });
      },
    ],
    [
      'a grant to everybody',
      (world) => {
        const owner = world.addOrganization({ slug: 'a' });
        world.grant({ to: everybody, on: world.addRepository({ owner, name: 'r' }), level: 'read' });
      },
    ],
  ];

  it.each(bad)(
    'that Bitbucket cannot show (%s) is refused, at the start and when it becomes one',
    async (words, spoil) => {
      const spoilt = createWorld();
      spoil(spoilt);
      await expect(dataCenters.start({ world: spoilt })).rejects.toThrow(words);
      const { bitbucket, world, tokens } = await dataCenters.startCompany();
      spoil(world);
      const reply = await get(bitbucket, '/repos', tokens.ada);
      expect([reply.status, reply.text.includes(words)]).toEqual([500, true]);
    },
  );
});
