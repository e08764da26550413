import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { fieldOf, pluck } from '../http/asking.fixture.js';
import { get, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function arrange() {
  const clock = new ManualClock();
  const company = await simulators.startAcme({ clock });
  return { ...company, clock, tokens: company.gitlab.tokens };
}

describe('a credential', () => {
  it.each([
    ['Authorization: Bearer', (token: string) => ({ authorization: `Bearer ${token}` })],
    ['PRIVATE-TOKEN', (token: string) => ({ 'private-token': token })],
  ])('is read from %s', async (_name, headers) => {
    const { gitlab, as, ada } = await arrange();
    expect((await get(gitlab, '/user', undefined, headers(as(ada)))).status).toBe(200);
  });

  it.each(['private_token', 'access_token'])('is read from the parameter %s', async (name) => {
    const { gitlab, as, ada } = await arrange();
    expect((await get(gitlab, `/user?${name}=${as(ada)}`)).status).toBe(200);
  });

  it('of OAuth is not read where personal access tokens are', async () => {
    const { gitlab, tokens, ada } = await arrange();
    const token = tokens.issue({ kind: 'oauth', person: ada, scopes: ['read_user'] });
    expect((await get(gitlab, '/user', token)).status).toBe(200);
    expect((await get(gitlab, '/user', undefined, { 'private-token': token })).status).toBe(401);
    expect((await get(gitlab, `/user?private_token=${token}`)).status).toBe(401);
  });

  it('that is missing where one is needed, unknown, or in another scheme is unauthorized', async () => {
    const { gitlab, as, ada } = await arrange();
    const basic = { authorization: `Basic ${btoa(`ada:${as(ada)}`)}` };
    for (const reply of [
      await get(gitlab, '/user'),
      await get(gitlab, '/user', 'glpat-unknown'),
      await get(gitlab, '/projects', 'glpat-unknown'),
      await get(gitlab, '/user', undefined, basic),
    ])
      expect([reply.status, reply.body]).toEqual([401, { message: '401 Unauthorized' }]);
  });

  it('that was revoked is told so', async () => {
    const { gitlab, as, ada, tokens } = await arrange();
    const token = as(ada);
    expect([tokens.revoke(token), tokens.revoke(token), tokens.revoke('glpat-unknown')]).toEqual([
      true,
      false,
      false,
    ]);
    const reply = await get(gitlab, '/user', token);
    expect([reply.status, reply.body]).toEqual([
      401,
      {
        error: 'invalid_token',
        error_description: 'Token was revoked. You have to re-authorize from the user.',
      },
    ]);
    expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer realm=.*error="invalid_token"/);
  });

  it('ends with the day before its date, in UTC', async () => {
    const { gitlab, clock, tokens, ada } = await arrange();
    const token = tokens.issue({ kind: 'personal', person: ada, scopes: ['api'], expiresOn: '2026-11-21' });
    clock.advance(12 * 3_600_000 - 1);
    expect((await get(gitlab, '/user', token)).status).toBe(200);
    clock.advance(1);
    const reply = await get(gitlab, '/user', token);
    expect([reply.status, fieldOf(reply.body, 'error_description')]).toEqual([
      401,
      'Token is expired. You can either do re-authorization or token refresh.',
    ]);
  });

  it.each(['2026-02-31x', '31.12.2026', 'tomorrow'])('cannot end on %s', async (expiresOn) => {
    const { tokens, ada } = await arrange();
    expect(() => tokens.issue({ kind: 'personal', person: ada, scopes: [], expiresOn })).toThrow(
      'is not a day',
    );
  });

  it('of somebody who is blocked is forbidden', async () => {
    const { world, gitlab, as, ada } = await arrange();
    const token = as(ada);
    world.setSuspended(ada, true);
    const reply = await get(gitlab, '/projects', token);
    expect([reply.status, reply.body]).toEqual([
      403,
      { message: '403 Forbidden - Your account has been blocked.' },
    ]);
  });

  it('looks as GitLab’s do', async () => {
    const { tokens, ada, api } = await arrange();
    const named = { person: ada, scopes: ['api'] };
    expect(tokens.issue({ kind: 'personal', ...named })).toMatch(/^glpat-[A-Za-z0-9]{20}$/);
    expect(tokens.issue({ kind: 'personal', ...named, format: 'routable' })).toMatch(
      /^glpat-[\w-]{27,300}\.[0-9a-z]{2}\.[0-9a-z]{9}$/,
    );
    expect(tokens.issue({ kind: 'project', project: api, level: 'read', scopes: [] })).toMatch(/^glpat-/);
    expect(tokens.issue({ kind: 'oauth', ...named })).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('scopes', () => {
  it.each([
    ['/user', ['read_user'], 200],
    ['/user', ['read_api'], 200],
    ['/user', ['read_repository'], 403],
    ['/projects', ['read_user'], 403],
    ['/projects', ['api'], 200],
    ['/groups', ['read_user', 'read_repository'], 403],
    ['/version', ['read_user'], 200],
    ['/metadata', ['read_api'], 200],
    ['/personal_access_tokens/self', ['read_registry'], 200],
  ])('let %s with %j be answered with %d', async (path, scopes, status) => {
    const { gitlab, tokens, ada } = await arrange();
    const token = tokens.issue({ kind: 'personal', person: ada, scopes });
    expect((await get(gitlab, path, token)).status).toBe(status);
  });

  it('that are missing are named', async () => {
    const { gitlab, tokens, ada } = await arrange();
    const token = tokens.issue({ kind: 'personal', person: ada, scopes: ['read_user'] });
    expect((await get(gitlab, '/projects', token)).body).toEqual({
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: 'api read_api',
    });
  });
});

describe('/user', () => {
  it('tells who the caller is', async () => {
    const { gitlab, as, ada } = await arrange();
    expect((await get(gitlab, '/user', as(ada))).body).toMatchObject({
      id: ada.id,
      username: 'ada',
      name: 'Ada L.',
      state: 'active',
      email: 'ada@example.com',
      web_url: `${gitlab.webUrl}/ada`,
      bot: false,
      external: false,
    });
  });

  it('tells administrators that they are, and nobody else', async () => {
    const { world, gitlab, as, ada } = await arrange();
    const root = world.addPerson({ username: 'root', administrator: true });
    expect((await get(gitlab, '/user', as(root))).body).toHaveProperty('is_admin', true);
    expect((await get(gitlab, '/user', as(ada))).body).not.toHaveProperty('is_admin');
  });

  it('has a picture that can be shown', async () => {
    const { gitlab, as, ada } = await arrange();
    const url = fieldOf((await get(gitlab, '/user', as(ada))).body, 'avatar_url');
    const picture = await get(gitlab, String(url));
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });
});

describe('/personal_access_tokens/self', () => {
  it('tells a token of itself', async () => {
    const { gitlab, tokens, ada } = await arrange();
    const scopes = ['read_api', 'read_user'];
    const token = tokens.issue({
      kind: 'personal',
      person: ada,
      name: 'ci',
      scopes,
      expiresOn: '2027-01-31',
    });
    expect((await get(gitlab, '/personal_access_tokens/self', token)).body).toMatchObject({
      name: 'ci',
      revoked: false,
      active: true,
      scopes,
      user_id: ada.id,
      expires_at: '2027-01-31',
      created_at: '2026-11-20T12:00:00.000Z',
    });
    const endless = tokens.issue({ kind: 'personal', person: ada, scopes });
    const reply = await get(gitlab, '/personal_access_tokens/self', endless);
    expect(fieldOf(reply.body, 'expires_at')).toBeNull();
  });

  it('is not for OAuth', async () => {
    const { gitlab, tokens, ada } = await arrange();
    const token = tokens.issue({ kind: 'oauth', person: ada, scopes: ['api'] });
    const reply = await get(gitlab, '/personal_access_tokens/self', token);
    expect([reply.status, reply.body]).toEqual([
      400,
      { message: '400 Bad request - This endpoint requires token type to be a personal access token' },
    ]);
  });
});

describe('a token of a project or a group', () => {
  it('acts as a bot of its own, which is a member there', async () => {
    const { gitlab, tokens, api, platform } = await arrange();
    const scopes = ['api'];
    const ofProject = tokens.issue({ kind: 'project', project: api, level: 'none', role: 'guest', scopes });
    const ofGroup = tokens.issue({ kind: 'group', group: platform, level: 'maintain', scopes });
    const bot = (await get(gitlab, '/user', ofProject)).body;
    expect(bot).toMatchObject({ bot: true, state: 'active' });
    expect(fieldOf(bot, 'username')).toMatch(new RegExp(`^project_${api.id}_bot_[0-9a-f]{32}$`));
    expect(fieldOf((await get(gitlab, '/personal_access_tokens/self', ofProject)).body, 'user_id')).toBe(
      fieldOf(bot, 'id'),
    );
    const reached = async (token: string, level: number) =>
      pluck((await get(gitlab, `/projects?min_access_level=${level}`, token)).body, 'path');
    expect([await reached(ofProject, 10), await reached(ofProject, 15)]).toEqual([['api'], []]);
    expect(await reached(ofGroup, 40)).toEqual(['infra']);
  });
});
