import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { basic, get, readApiScopes, readScopes, Simulators } from './acme.fixture.js';
import { uuidOf } from './uuid.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const badToken = {
  type: 'error',
  error: { message: 'Token is invalid, expired, or not supported for this endpoint.' },
};

describe('an API token', () => {
  it('works in Basic after the e-mail address of its person', async () => {
    const { bitbucket, ada } = await simulators.startAcme();
    const token = bitbucket.tokens.issue({ kind: 'api', person: ada, scopes: readApiScopes });
    const { status, headers, body } = await get(bitbucket, '/user', basic('Ada@Example.com', token));
    expect({ status, body }).toMatchObject({ status: 200, body: { uuid: uuidOf('user', ada.id) } });
    expect(headers.has('x-oauth-scopes')).toBe(false);
  });

  it('tells its scopes in headers where the simulator is told to', async () => {
    const { bitbucket, ada } = await simulators.startAcme({ tellsApiTokenScopes: true });
    const token = bitbucket.tokens.issue({ kind: 'api', person: ada, scopes: readApiScopes });
    const { headers } = await get(bitbucket, '/user', basic('ada@example.com', token));
    expect(headers.get('x-oauth-scopes')).toBe(readApiScopes.join(', '));
  });

  it.each([
    ['after a user name', (token: string) => basic('ada', token)],
    ["after somebody else's address", (token: string) => basic('grace@example.com', token)],
    ['as a user name', (token: string) => basic(token, '')],
  ])('is refused %s', async (_, credential) => {
    const { bitbucket, ada } = await simulators.startAcme();
    const token = bitbucket.tokens.issue({ kind: 'api', person: ada, scopes: readApiScopes });
    const { status, headers, text } = await get(bitbucket, '/user', credential(token));
    expect({ status, text }).toEqual({ status: 401, text: '' });
    expect(headers.get('www-authenticate')).toBe('Basic realm="bitbucket.org HTTP"');
  });

  it('is refused as Bearer', async () => {
    const { bitbucket, ada } = await simulators.startAcme();
    const token = bitbucket.tokens.issue({ kind: 'api', person: ada, scopes: readApiScopes });
    expect(await get(bitbucket, '/user', token)).toMatchObject({ status: 401, body: badToken });
  });

  it('may not read with a scope that only writes', async () => {
    const { bitbucket, ada } = await simulators.startAcme();
    const scopes = ['write:repository:bitbucket'];
    const token = bitbucket.tokens.issue({ kind: 'api', person: ada, scopes });
    const { status, body } = await get(bitbucket, '/repositories/acme', basic('ada@example.com', token));
    expect({ status, body }).toEqual({
      status: 403,
      body: {
        type: 'error',
        error: {
          message: 'Your credentials lack one or more required privilege scopes.',
          detail: { required: ['read:repository:bitbucket'], granted: scopes },
        },
      },
    });
  });
});

describe('an OAuth token', () => {
  it('works as Bearer, tells its scopes and is longer than many a column', async () => {
    const { bitbucket, token } = await simulators.startAcme();
    expect(token.length).toBeGreaterThan(2500);
    const { status, headers } = await get(bitbucket, '/user', token);
    expect(status).toBe(200);
    expect(headers.get('x-oauth-scopes')).toBe('account, email, repository');
    expect(headers.get('x-accepted-oauth-scopes')).toBe('account');
    expect(headers.get('x-credential-type')).toBe('oauth2');
  });

  it('is refused in the address and in Basic', async () => {
    const { bitbucket, token } = await simulators.startAcme();
    expect((await get(bitbucket, `/user?access_token=${token}`)).status).toBe(401);
    expect((await get(bitbucket, '/user', basic('x-token-auth', token))).status).toBe(401);
  });

  it('says that it has expired', async () => {
    const clock = new ManualClock();
    const { bitbucket, ada } = await simulators.startAcme({ clock });
    const expiresAt = new Date(clock.now().getTime() + 1000);
    const token = bitbucket.tokens.issue({ kind: 'oauth', person: ada, scopes: readScopes, expiresAt });
    expect((await get(bitbucket, '/user', token)).status).toBe(200);
    clock.advance(1000);
    const { status, text } = await get(bitbucket, '/user', token);
    expect(status).toBe(401);
    expect(text).toContain('Access token expired.');
  });

  it('reads with a scope that contains reading', async () => {
    const { bitbucket, ada } = await simulators.startAcme();
    const scopes = ['repository:write'];
    const token = bitbucket.tokens.issue({ kind: 'oauth', person: ada, scopes });
    expect((await get(bitbucket, '/repositories/acme', token)).status).toBe(200);
    expect((await get(bitbucket, '/user', token)).status).toBe(403);
  });

  it('is refused once it is revoked', async () => {
    const { bitbucket, token } = await simulators.startAcme();
    expect(bitbucket.tokens.revoke(token)).toBe(true);
    expect(await get(bitbucket, '/user', token)).toMatchObject({ status: 401, body: badToken });
  });
});

describe('an access token', () => {
  it('reaches what it belongs to, and tells nothing of people or permissions', async () => {
    const { bitbucket, api, acme } = await simulators.startAcme();
    const token = bitbucket.tokens.issue({ kind: 'access', target: api, scopes: ['repository', 'account'] });
    const listing = await get(bitbucket, '/repositories/acme', token);
    expect(listing.body).toMatchObject({ size: 1, values: [{ full_name: 'acme/api' }] });
    expect(listing.headers.get('x-credential-type')).toBe('repo_access_token');
    const refused = [
      '/user',
      '/user/workspaces',
      '/user/workspaces/acme/permissions/repositories',
      '/workspaces/acme/permissions/repositories/api',
    ];
    for (const path of refused) expect((await get(bitbucket, path, token)).status).toBe(403);
    expect((await get(bitbucket, '/repositories/acme/lib', token)).status).toBe(404);
    const whole = bitbucket.tokens.issue({ kind: 'access', target: acme, scopes: ['repository'] });
    expect((await get(bitbucket, '/repositories/acme', whole)).body).toMatchObject({ size: 4 });
  });

  it('of a project reaches the repositories of that project', async () => {
    const { bitbucket, core } = await simulators.startAcme();
    const token = bitbucket.tokens.issue({ kind: 'access', target: core, scopes: ['repository'] });
    const { body, headers } = await get(bitbucket, '/repositories/acme', token);
    expect(body).toMatchObject({ values: [{ full_name: 'acme/api' }, { full_name: 'acme/lib' }] });
    expect(headers.get('x-credential-type')).toBe('project_access_token');
  });
});

it('An app password is refused, whatever it is used with', async () => {
  const { bitbucket, ada } = await simulators.startAcme();
  const password = bitbucket.tokens.issue({ kind: 'app-password', person: ada });
  expect((await get(bitbucket, '/user', basic('ada', password))).status).toBe(401);
  expect((await get(bitbucket, '/user', password)).status).toBe(401);
});

it('Without a credential there is only what is public', async () => {
  const { bitbucket } = await simulators.startAcme();
  expect((await get(bitbucket, '/user')).status).toBe(401);
  expect((await get(bitbucket, '/repositories/acme')).body).toMatchObject({
    values: [{ full_name: 'acme/open' }],
  });
  expect((await get(bitbucket, '/repositories/acme/api')).status).toBe(404);
});
