import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../http/manual-clock.fixture.js';
import type { NewOAuthClient } from '../oauth/clients.js';
import { fieldOf } from '../http/asking.fixture.js';
import { get, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const callback = 'https://app.test/callback';
const verifier = 'a-verifier-of-forty-three-characters-or-more-0123456789';
const challenge = createHash('sha256').update(verifier).digest('base64url');

async function arrange(request: Partial<NewOAuthClient> = {}) {
  const clock = new ManualClock();
  const company = await simulators.startAcme({ clock, profile: 'self-managed', pathPrefix: '/gitlab' });
  const { gitlab } = company;
  const client = gitlab.oauth.registerClient({
    name: 'anyforge',
    redirectUris: [callback],
    scopes: ['api', 'read_api', 'read_user', 'openid', 'email'],
    ...request,
  });
  const { clientId, clientSecret } = client;
  const post = async (path: string, form: Record<string, string>) => {
    const secret = clientSecret === undefined ? {} : { client_secret: clientSecret };
    const response = await fetch(gitlab.webUrl + path, {
      method: 'POST',
      body: new URLSearchParams({ client_id: clientId, ...secret, ...form }),
    });
    const body: unknown = await response.json();
    return { status: response.status, body };
  };
  const authorize = async (parameters: Record<string, string> = {}): Promise<string> => {
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: callback,
      response_type: 'code',
      scope: 'read_user read_api',
      state: 'xyz',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...parameters,
    });
    for (const [name, value] of [...query]) if (value === '') query.delete(name);
    const url = `${gitlab.webUrl}/oauth/authorize?${query.toString()}`;
    const back = new URL(await gitlab.oauth.approve(url, { person: company.ada }));
    return back.searchParams.get('code') ?? '';
  };
  const exchange = async (form: Record<string, string> = {}) =>
    post('/oauth/token', {
      grant_type: 'authorization_code',
      code: await authorize(),
      redirect_uri: callback,
      code_verifier: verifier,
      ...form,
    });
  const refresh = (token: unknown, form: Record<string, string> = { redirect_uri: callback }) =>
    post('/oauth/token', { grant_type: 'refresh_token', refresh_token: String(token), ...form });
  return { ...company, clock, client, post, authorize, exchange, refresh };
}

const badGrant = {
  status: 400,
  body: {
    error: 'invalid_grant',
    error_description: expect.stringContaining('authorization grant is invalid'),
  },
};

const badRequest = {
  status: 400,
  body: {
    error: 'invalid_request',
    error_description: expect.stringContaining('missing a required parameter'),
  },
};
const badClient = { status: 401, body: { error: 'invalid_client' } };

describe("GitLab's OAuth", () => {
  it('gives a pair of tokens for two hours', async () => {
    const { gitlab, exchange, clock, ada } = await arrange();
    const { status, body } = await exchange();
    expect([status, body]).toEqual([
      200,
      {
        access_token: expect.stringMatching(/^[0-9a-f]{64}$/),
        token_type: 'Bearer',
        expires_in: 7200,
        refresh_token: expect.stringMatching(/^[0-9a-f]{64}$/),
        scope: 'read_user read_api',
        created_at: clock.now().getTime() / 1000,
      },
    ]);
    const token = String(fieldOf(body, 'access_token'));
    expect((await get(gitlab, '/user', token)).body).toMatchObject({ username: ada.username });
    clock.advance(7_200_000);
    const late = await get(gitlab, '/user', token);
    expect([late.status, fieldOf(late.body, 'error')]).toEqual([401, 'invalid_token']);
  });

  it('ends both tokens of a pair as soon as it gives the next', async () => {
    const { gitlab, exchange, refresh } = await arrange();
    const first = (await exchange()).body;
    const second = await refresh(fieldOf(first, 'refresh_token'));
    expect(second.status).toBe(200);
    const old = await get(gitlab, '/user', String(fieldOf(first, 'access_token')));
    expect([old.status, fieldOf(old.body, 'error_description')]).toEqual([
      401,
      'Token was revoked. You have to re-authorize from the user.',
    ]);
    expect(await refresh(fieldOf(first, 'refresh_token'))).toEqual(badGrant);
    const token = String(fieldOf(second.body, 'access_token'));
    expect((await get(gitlab, '/user', token)).status).toBe(200);
  });

  it.each<[string, Record<string, string>, object]>([
    ['no', {}, badRequest],
    ['another', { redirect_uri: 'https://app.test/other' }, badGrant],
  ])('refuses %s redirect_uri for a code and for a refresh', async (_name, form, refusal) => {
    const { exchange, refresh, authorize, post } = await arrange();
    const code = await authorize();
    const asked = { grant_type: 'authorization_code', code, code_verifier: verifier, ...form };
    expect(await post('/oauth/token', asked)).toEqual(refusal);
    const { body } = await exchange();
    expect(await refresh(fieldOf(body, 'refresh_token'), form)).toEqual(badGrant);
    expect((await refresh(fieldOf(body, 'refresh_token'))).status).toBe(200);
  });

  it('refuses a wrong verifier, a code twice, and a code after ten minutes', async () => {
    const { exchange, authorize, clock } = await arrange();
    expect(await exchange({ code_verifier: 'w'.repeat(43) })).toEqual(badGrant);
    const code = await authorize();
    expect((await exchange({ code })).status).toBe(200);
    expect(await exchange({ code })).toEqual(badGrant);
    const late = await authorize();
    clock.advance(600_000);
    expect(await exchange({ code: late })).toEqual(badGrant);
  });

  it('refuses a client with a wrong secret, and asks none of a public one', async () => {
    const { exchange } = await arrange();
    expect(await exchange({ client_secret: 'wrong' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    const open = await arrange({ confidential: false });
    expect(open.client.clientSecret).toBeUndefined();
    const { status, body } = await open.exchange();
    expect(status).toBe(200);
    expect((await open.refresh(fieldOf(body, 'refresh_token'))).status).toBe(200);
  });

  it('looks at the request before the client, and at a code after it', async () => {
    const { exchange, post, refresh } = await arrange();
    const wrong = { client_secret: 'wrong' };
    expect(await post('/oauth/token', { ...wrong, grant_type: 'password' })).toMatchObject({
      body: { error: 'unsupported_grant_type' },
    });
    expect(await refresh('unknown', wrong)).toEqual(badGrant);
    const { body } = await exchange();
    expect(await refresh(fieldOf(body, 'refresh_token'), wrong)).toMatchObject(badClient);
    expect(await exchange({ ...wrong, redirect_uri: '' })).toEqual(badRequest);
    expect(await exchange({ ...wrong, code_verifier: '' })).toEqual(badRequest);
    expect(await exchange({ ...wrong, code: 'unknown' })).toMatchObject(badClient);
    expect(await exchange({ code: 'unknown' })).toEqual(badGrant);
  });

  it('refuses a verifier where there was no challenge', async () => {
    const { authorize, exchange } = await arrange();
    const code = await authorize({ code_challenge: '', code_challenge_method: '' });
    expect(await exchange({ code })).toEqual(badGrant);
    expect((await exchange({ code, code_verifier: '' })).status).toBe(200);
  });

  it('lets nobody revoke who is not the client of the token', async () => {
    const { gitlab, exchange, post, ada } = await arrange();
    const token = String(fieldOf((await exchange()).body, 'access_token'));
    const other = gitlab.oauth.registerClient({ name: 'other', redirectUris: [] });
    const { accessToken } = gitlab.oauth.issue({ client: other, person: ada });
    const refusal = {
      status: 403,
      body: {
        error: 'unauthorized_client',
        error_description: 'You are not authorized to revoke this token',
      },
    };
    expect(await post('/oauth/revoke', { token, client_secret: 'wrong' })).toEqual(refusal);
    expect(await post('/oauth/revoke', { token: accessToken })).toEqual(refusal);
    for (const each of [token, accessToken]) expect((await get(gitlab, '/user', each)).status).not.toBe(401);
  });

  it('wants the secret of a confidential application from devices, too', async () => {
    const { gitlab, post, ada } = await arrange();
    const none = { client_secret: '' };
    const start = { scope: 'read_user' };
    expect(await post('/oauth/authorize_device', { ...start, ...none })).toMatchObject(badClient);
    const started = (await post('/oauth/authorize_device', start)).body;
    await gitlab.oauth.approveDevice(String(fieldOf(started, 'user_code')), { person: ada });
    const poll = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: String(fieldOf(started, 'device_code')),
    };
    expect(await post('/oauth/token', { ...poll, ...none })).toMatchObject(badClient);
    const { body } = await post('/oauth/token', poll);
    const renewal = {
      grant_type: 'refresh_token',
      refresh_token: String(fieldOf(body, 'refresh_token')),
    };
    expect(await post('/oauth/token', { ...renewal, ...none })).toMatchObject(badClient);
    expect((await post('/oauth/token', renewal)).status).toBe(200);
  });

  it('may leave out how long a token lives', async () => {
    const { exchange } = await arrange({ tellsExpiry: false });
    expect((await exchange()).body).not.toHaveProperty('expires_in');
  });

  it('ends a pair on request', async () => {
    const { gitlab, exchange, post, refresh } = await arrange();
    const { body } = await exchange();
    const token = String(fieldOf(body, 'access_token'));
    expect(await post('/oauth/revoke', { token })).toEqual({ status: 200, body: {} });
    expect((await get(gitlab, '/user', token)).status).toBe(401);
    expect(await refresh(fieldOf(body, 'refresh_token'))).toEqual(badGrant);
  });

  it('lets devices in', async () => {
    const { gitlab, post, ada, clock } = await arrange({ confidential: false });
    const started = (await post('/oauth/authorize_device', { scope: 'read_user' })).body;
    expect(started).toMatchObject({
      verification_uri: `${gitlab.webUrl}/oauth/device`,
      expires_in: 300,
      interval: 5,
    });
    const poll = () =>
      post('/oauth/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: String(fieldOf(started, 'device_code')),
      });
    expect(await poll()).toMatchObject({ status: 400, body: { error: 'authorization_pending' } });
    await gitlab.oauth.approveDevice(String(fieldOf(started, 'user_code')), { person: ada });
    clock.advance(5000);
    const token = String(fieldOf((await poll()).body, 'access_token'));
    expect((await get(gitlab, '/user', token)).body).toMatchObject({ username: 'ada' });
  });
});

describe('what tells of OAuth', () => {
  it('is the token itself, of OAuth alone', async () => {
    const { gitlab, exchange, clock, client, as, ada } = await arrange();
    const token = String(fieldOf((await exchange()).body, 'access_token'));
    clock.advance(60_000);
    const scopes = ['read_user', 'read_api'];
    expect((await get(gitlab, `${gitlab.webUrl}/oauth/token/info`, token)).body).toEqual({
      resource_owner_id: ada.id,
      scope: scopes,
      expires_in: 7140,
      application: { uid: client.clientId },
      created_at: clock.now().getTime() / 1000 - 60,
      scopes,
      expires_in_seconds: 7140,
    });
    for (const other of [undefined, as(ada), 'unknown']) {
      const reply = await get(gitlab, `${gitlab.webUrl}/oauth/token/info`, other);
      expect([reply.status, fieldOf(reply.body, 'error')]).toEqual([401, 'invalid_token']);
    }
  });

  it('is the discovery document, on the instance’s own address', async () => {
    const { gitlab } = await arrange();
    const reply = await get(gitlab, `${gitlab.webUrl}/.well-known/openid-configuration`);
    expect(reply.body).toMatchObject({
      issuer: gitlab.webUrl,
      token_endpoint: `${gitlab.webUrl}/oauth/token`,
      revocation_endpoint: `${gitlab.webUrl}/oauth/revoke`,
      code_challenge_methods_supported: ['plain', 'S256'],
    });
  });

  it('is who signed in, for tokens with openid', async () => {
    const { gitlab, ada } = await arrange();
    const ask = (scopes: readonly string[]) => {
      const token = gitlab.tokens.issue({ kind: 'oauth', person: ada, scopes });
      return get(gitlab, `${gitlab.webUrl}/oauth/userinfo`, token);
    };
    expect((await ask(['openid', 'email'])).body).toMatchObject({
      sub: String(ada.id),
      nickname: 'ada',
      email: 'ada@example.com',
      email_verified: true,
      groups: ['acme', 'acme/platform', 'partners'],
    });
    expect((await ask(['openid'])).body).toMatchObject({ email: null });
    expect((await ask(['api'])).status).toBe(403);
    expect((await get(gitlab, `${gitlab.webUrl}/oauth/userinfo`)).status).toBe(401);
  });
});
