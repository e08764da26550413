import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fieldOf } from '../http/asking.fixture.js';
import { ManualClock } from '../http/manual-clock.fixture.js';
import type { NewOAuthClient } from '../oauth/clients.js';
import { get, Giteas, message } from './acme.fixture.js';
import type { GiteaSimulatorOptions } from './simulator.js';

const giteas = new Giteas();
afterEach(() => giteas.closeAll());

const callback = 'https://app.test/callback';
const verifier = 'a-verifier-of-forty-three-characters-or-more-0123456789';
const challenge = createHash('sha256').update(verifier).digest('base64url');

async function arrange(request: Partial<NewOAuthClient> = {}, options: Partial<GiteaSimulatorOptions> = {}) {
  const clock = new ManualClock();
  const company = await giteas.startAcme({ clock, pathPrefix: '/git', ...options });
  const { gitea, ada } = company;
  const client = gitea.oauth.registerClient({ name: 'anyforge', redirectUris: [callback], ...request });
  const { clientId, clientSecret } = client;
  const token = async (form: Record<string, string>) => {
    const secret = clientSecret === undefined ? {} : { client_secret: clientSecret };
    const sent = new URLSearchParams({ client_id: clientId, ...secret, ...form });
    for (const [name, value] of [...sent]) if (value === '') sent.delete(name);
    const response = await fetch(`${gitea.webUrl}/login/oauth/access_token`, { method: 'POST', body: sent });
    const body: unknown = await response.json();
    return { status: response.status, body };
  };
  const authorize = async (parameters: Record<string, string> = {}): Promise<URLSearchParams> => {
    const query = new URLSearchParams({
      client_id: clientId,
      redirect_uri: callback,
      response_type: 'code',
      scope: 'read:user read:repository',
      state: 'xyz',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...parameters,
    });
    for (const [name, value] of [...query]) if (value === '') query.delete(name);
    const url = `${gitea.webUrl}/login/oauth/authorize?${query.toString()}`;
    return new URL(await gitea.oauth.approve(url, { person: ada })).searchParams;
  };
  const exchange = async (parameters: Record<string, string> = {}, form: Record<string, string> = {}) =>
    token({
      grant_type: 'authorization_code',
      code: (await authorize(parameters)).get('code') ?? '',
      redirect_uri: callback,
      code_verifier: verifier,
      ...form,
    });
  const refresh = (value: unknown, form: Record<string, string> = {}) =>
    token({ grant_type: 'refresh_token', refresh_token: String(value), ...form });
  return { ...company, clock, client, token, authorize, exchange, refresh };
}

const refusal = (error: string, description: string) => ({
  status: 400,
  body: { error, error_description: description },
});

describe("Gitea's OAuth", () => {
  it('gives an access token for an hour and a refresh token, and does not say what for', async () => {
    const { gitea, exchange, ada } = await arrange();
    const { status, body } = await exchange();
    expect([status, body]).toEqual([
      200,
      {
        access_token: expect.stringMatching(/^\w+\.\w+\.\w+$/),
        token_type: 'bearer',
        expires_in: 3600,
        refresh_token: expect.any(String),
      },
    ]);
    const token = String(fieldOf(body, 'access_token'));
    expect((await get(gitea, '/user', token)).body).toMatchObject({ id: ada.id });
    const refused = await get(gitea, '/orgs/acme', token);
    expect(message(refused)).toBe(
      'token does not have at least one of required scope(s), required=[read:organization], token scope=read:repository,read:user',
    );
  });

  it.each([[''], ['openid profile email groups'], ['read:user read:nonsense']])(
    'gives everything for "%s"',
    async (scope) => {
      const { gitea, exchange } = await arrange();
      const { body } = await exchange({ scope });
      const token = String(fieldOf(body, 'access_token'));
      expect((await get(gitea, '/orgs/acme', token)).status).toBe(200);
    },
  );

  it('gives everything whatever was asked for, before 1.23', async () => {
    const { gitea, exchange } = await arrange({}, { version: '1.22.6' });
    const { body } = await exchange();
    const token = String(fieldOf(body, 'access_token'));
    expect((await get(gitea, '/orgs/acme', token)).status).toBe(200);
  });

  it.each([
    ['read:user read:nonsense', 403],
    ['read:organization read:nonsense', 200],
    ['read:nonsense', 200],
    ['openid', 200],
  ])('passes over what is no scope in Forgejo: "%s"', async (scope, status) => {
    const { gitea, exchange } = await arrange({}, { profile: 'forgejo' });
    const { body } = await exchange({ scope });
    const token = String(fieldOf(body, 'access_token'));
    expect((await get(gitea, '/orgs/acme', token)).status).toBe(status);
  });

  it('keeps what was granted at first, whatever is asked for later', async () => {
    const { gitea, exchange } = await arrange();
    await exchange({ scope: 'read:user' });
    const { body } = await exchange({ scope: 'read:user read:repository' });
    const reply = await get(gitea, '/repos/acme/api', String(fieldOf(body, 'access_token')));
    expect([reply.status, message(reply)]).toEqual([403, expect.stringContaining('token scope=read:user')]);
    gitea.oauth.revokeGrants(() => true);
    const later = await exchange({ scope: 'read:user read:repository' });
    const token = String(fieldOf(later.body, 'access_token'));
    expect((await get(gitea, '/repos/acme/api', token)).status).toBe(200);
  });

  it('lets a public client ask for the same again, with a challenge', async () => {
    const { exchange, authorize } = await arrange({ confidential: false });
    expect((await exchange()).status).toBe(200);
    expect((await exchange()).status).toBe(200);
    const other = await authorize({ scope: 'read:user' });
    expect([other.get('error'), other.get('error_description'), other.get('state')]).toEqual([
      'server_error',
      'a grant exists with different scope',
      'xyz',
    ]);
    const bare = await authorize({ code_challenge: '', code_challenge_method: '' });
    expect([bare.get('error'), bare.get('error_description')]).toEqual([
      'invalid_request',
      'PKCE is required for public clients',
    ]);
  });

  it('sends a browser on that has let a client with a secret in before, and shows others the page again', async () => {
    for (const confidential of [true, false]) {
      const { gitea, client, ada } = await arrange({ confidential });
      gitea.oauth.rememberConsent();
      gitea.oauth.issue({ client, person: ada });
      const query = new URLSearchParams({
        client_id: client.clientId,
        redirect_uri: callback,
        response_type: 'code',
        code_challenge: challenge,
        code_challenge_method: 'S256',
      });
      const url = `${gitea.webUrl}/login/oauth/authorize?${query.toString()}`;
      const form = new URLSearchParams({ decision: 'authorize', person: 'ada' });
      const agreed = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
      const cookie = (agreed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      const again = await fetch(`${url}&scope=read:user`, { redirect: 'manual', headers: { cookie } });
      expect(again.status).toBe(confidential ? 302 : 200);
    }
  });

  it.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ code_challenge_method: 'S512' }, 'invalid_request'],
  ])('sends the browser back from %j with %s', async (parameters, error) => {
    const { authorize } = await arrange();
    expect((await authorize(parameters)).get('error')).toBe(error);
  });

  it.each([
    [{ client_id: 'nobody' }, /400/],
    [{ redirect_uri: 'https://elsewhere.test/' }, /400.*redirect_uri/],
  ])('shows a page for %j', async (parameters, words) => {
    const { authorize } = await arrange();
    await expect(authorize(parameters)).rejects.toThrow(words);
  });

  it.each([
    [{ client_id: 'no' }, 'invalid_client', "cannot load client with client id: 'no'"],
    [{ redirect_uri: 'https://elsewhere.test/' }, 'unauthorized_client', 'unexpected redirect URI'],
    [{ client_secret: 'wrong' }, 'unauthorized_client', 'invalid client secret'],
    [{ client_secret: '' }, 'unauthorized_client', 'invalid empty client secret'],
    [{ code: 'unknown' }, 'unauthorized_client', 'client is not authorized'],
    [{ code: '' }, 'unauthorized_client', 'client is not authorized'],
    [{ code_verifier: 'another' }, 'unauthorized_client', 'failed PKCE code challenge'],
    [{ code_verifier: '' }, 'unauthorized_client', 'failed PKCE code challenge'],
    [{ redirect_uri: '' }, 'invalid_grant', 'redirect_uri differs from the original authorization request'],
    [
      { grant_type: 'password' },
      'unsupported_grant_type',
      'Only refresh_token or authorization_code grant type is supported',
    ],
    [
      { grant_type: '' },
      'unsupported_grant_type',
      'Only refresh_token or authorization_code grant type is supported',
    ],
  ])('refuses %j with %s', async (form, error, description) => {
    const { exchange } = await arrange();
    expect(await exchange({}, form)).toEqual(refusal(error, description));
  });

  it('takes a code once, and again after a wrong verifier', async () => {
    const { authorize, token } = await arrange();
    const code = (await authorize()).get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback };
    expect((await token({ ...form, code_verifier: 'wrong' })).status).toBe(400);
    expect((await token({ ...form, code_verifier: verifier })).status).toBe(200);
    expect(await token({ ...form, code_verifier: verifier })).toEqual(
      refusal('unauthorized_client', 'client is not authorized'),
    );
  });
});

describe('a refresh', () => {
  it('leaves the tokens before it as they are', async () => {
    const { gitea, exchange, refresh, clock } = await arrange();
    const { body } = await exchange();
    clock.advance(1000);
    const refreshed = await refresh(fieldOf(body, 'refresh_token'));
    expect(refreshed.status).toBe(200);
    expect(fieldOf(refreshed.body, 'access_token')).not.toBe(fieldOf(body, 'access_token'));
    expect((await get(gitea, '/user', String(fieldOf(body, 'access_token')))).status).toBe(200);
    expect((await refresh(fieldOf(body, 'refresh_token'))).status).toBe(200);
  });

  it('within the same second gives the same access token', async () => {
    const { gitea, exchange, refresh } = await arrange();
    const { body } = await exchange();
    const first = String(fieldOf(body, 'access_token'));
    const again = await refresh(fieldOf(body, 'refresh_token'));
    expect(fieldOf(again.body, 'access_token')).toBe(first);
    gitea.tokens.revoke(first);
    const { body: other } = await refresh(fieldOf(body, 'refresh_token'));
    const second = String(fieldOf(other, 'access_token'));
    expect(second).not.toBe(first);
    expect((await get(gitea, '/user', second)).status).toBe(200);
  });

  it('ends the refresh tokens before it where the instance is set to, those of other sign-ins too', async () => {
    const { exchange, refresh } = await arrange({}, { invalidatesRefreshTokens: true });
    const { body: one } = await exchange();
    const { body: other } = await exchange();
    const used = refusal('unauthorized_client', 'token was already used');
    expect(await refresh(fieldOf(one, 'refresh_token'))).toEqual(used);
    const next = await refresh(fieldOf(other, 'refresh_token'));
    expect(next.status).toBe(200);
    expect(await refresh(fieldOf(other, 'refresh_token'))).toEqual(used);
    expect((await refresh(fieldOf(next.body, 'refresh_token'))).status).toBe(200);
  });

  it.each([
    [{ refresh_token: 'nonsense' }, 'unauthorized_client', 'unable to parse refresh token'],
    [{ refresh_token: '' }, 'unauthorized_client', 'unable to parse refresh token'],
    [{ client_secret: 'wrong' }, 'invalid_client', 'invalid client secret'],
    [{ client_secret: '' }, 'invalid_client', 'invalid empty client secret'],
  ])('is refused for %j with %s', async (form, error, description) => {
    const { exchange, refresh } = await arrange();
    const { body } = await exchange();
    expect(await refresh(fieldOf(body, 'refresh_token'), form)).toEqual(refusal(error, description));
  });

  it('is refused for what has been taken back, and after a month', async () => {
    const { gitea, exchange, refresh, clock } = await arrange();
    const { body } = await exchange();
    gitea.oauth.revokeGrants(() => true);
    expect(await refresh(fieldOf(body, 'refresh_token'))).toEqual(
      refusal('invalid_grant', 'grant does not exist'),
    );
    expect((await get(gitea, '/user', String(fieldOf(body, 'access_token')))).status).toBe(401);
    const { body: later } = await exchange();
    clock.advance(730 * 3_600_000);
    expect((await refresh(fieldOf(later, 'refresh_token'))).status).toBe(400);
  });

  it('is refused for another client', async () => {
    const { gitea, exchange, refresh } = await arrange();
    const { clientId, clientSecret = '' } = gitea.oauth.registerClient({
      name: 'other',
      redirectUris: [callback],
    });
    const { body } = await exchange();
    const other = { client_id: clientId, client_secret: clientSecret };
    expect(await refresh(fieldOf(body, 'refresh_token'), other)).toEqual(
      refusal('invalid_grant', 'refresh token belongs to a different client'),
    );
    expect(await refresh('x', { client_id: 'no' })).toEqual(
      refusal('invalid_client', 'cannot load client with client id: "no"'),
    );
  });

  it('ends what was before it in Forgejo, if nothing else is said', async () => {
    const { exchange, refresh } = await arrange({}, { profile: 'forgejo' });
    const { body } = await exchange();
    expect((await refresh(fieldOf(body, 'refresh_token'))).status).toBe(200);
    expect(await refresh(fieldOf(body, 'refresh_token'))).toEqual(
      refusal('unauthorized_client', 'token was already used'),
    );
  });

  it('is refused to another client, and a code to another address, in Forgejo’s words', async () => {
    const { gitea, exchange, refresh } = await arrange({}, { profile: 'forgejo' });
    expect(await exchange({}, { redirect_uri: '' })).toEqual(
      refusal('unauthorized_client', 'redirect_uri does not match the authorization request'),
    );
    const { clientId, clientSecret = '' } = gitea.oauth.registerClient({
      name: 'other',
      redirectUris: [callback],
    });
    const { body } = await exchange();
    const other = { client_id: clientId, client_secret: clientSecret };
    expect(await refresh(fieldOf(body, 'refresh_token'), other)).toEqual(
      refusal('invalid_grant', 'refresh token was not issued to this client'),
    );
  });
});

describe('what tells of OAuth', () => {
  it('is where the instance is', async () => {
    const { gitea } = await arrange();
    const { body } = await get(gitea, `${gitea.webUrl}/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      issuer: gitea.webUrl,
      token_endpoint: `${gitea.webUrl}/login/oauth/access_token`,
      code_challenge_methods_supported: ['plain', 'S256'],
    });
    expect(body).not.toHaveProperty('revocation_endpoint');
    expect((await get(gitea, `${gitea.webUrl}/login/oauth/keys`)).body).toEqual({ keys: [] });
  });

  it('says who a token is for', async () => {
    const { gitea, exchange, ada } = await arrange();
    const { body } = await exchange();
    const token = String(fieldOf(body, 'access_token'));
    const url = `${gitea.webUrl}/login/oauth/userinfo`;
    expect((await get(gitea, url, token)).body).toMatchObject({
      sub: String(ada.id),
      preferred_username: 'ada',
    });
    const nobody = await get(gitea, url);
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="Gitea OAuth2"',
    ]);
  });

  it('says to a client what a token is for', async () => {
    const { gitea, exchange, client } = await arrange();
    const { body } = await exchange();
    const { clientId, clientSecret = '' } = client;
    const introspect = (token: string, secret: string) =>
      fetch(`${gitea.webUrl}/login/oauth/introspect`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ token }),
      });
    const told = await introspect(String(fieldOf(body, 'access_token')), clientSecret);
    expect(await told.json()).toMatchObject({
      active: true,
      scope: 'read:user read:repository',
      username: 'ada',
      aud: [clientId],
    });
    const nonsense = await introspect('nonsense', clientSecret);
    expect([nonsense.status, await nonsense.text()]).toEqual([401, 'Failed to authenticate user']);
    expect((await introspect('nonsense', 'wrong')).status).toBe(401);
  });
});
