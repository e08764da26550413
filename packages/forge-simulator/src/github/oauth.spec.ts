import { afterEach, describe, expect, it } from '@jest/globals';
import type { NewOAuthClient } from '../oauth/clients.js';
import { get, Simulators } from './acme.fixture.js';
import { callback, challenge, startWithApplication, verifier } from './oauth.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const setUp = (request?: Partial<NewOAuthClient>) => startWithApplication(simulators, request);

describe('the authorization page of GitHub', () => {
  it('sends the browser back with a code, the state and its issuer', async () => {
    const { github, oauth, authorizationUrl, ada } = await setUp();
    const url = new URL(await oauth.approve(authorizationUrl(), { person: ada }));
    expect(url.origin + url.pathname).toBe(callback);
    expect(url.searchParams.get('code')).toMatch(/^[0-9a-f]{20}$/);
    expect(url.searchParams.get('state')).toBe('a state');
    expect(url.searchParams.get('iss')).toBe(`${github.webUrl}/login/oauth`);
  });

  it('offers the people of the world and the scopes, in a form that needs no script', async () => {
    const { authorizationUrl } = await setUp();
    const response = await fetch(authorizationUrl({ login: 'grace', scope: 'repo "<script>"' }));
    const page = await response.text();
    expect(page).toMatch('<option value="grace" selected>');
    expect(page).toMatch('<button type="submit" name="decision" value="authorize">Authorize</button>');
    expect(page).toMatch('value="repo" checked');
    expect(page).not.toMatch('<script>');
  });

  it('sends the browser back with an error when the person cancels', async () => {
    const { oauth, authorizationUrl, ada } = await setUp();
    const url = new URL(await oauth.approve(authorizationUrl(), { person: ada, deny: true }));
    expect(url.searchParams.get('error')).toBe('access_denied');
    expect(url.searchParams.get('state')).toBe('a state');
    expect(url.searchParams.has('code')).toBe(false);
  });

  it('says at the registered address that another one is not, and never at that one', async () => {
    const { oauth, authorizationUrl, ada } = await setUp();
    const evil = authorizationUrl({ redirect_uri: 'https://evil.test/callback' });
    const url = new URL(await oauth.approve(evil, { person: ada }));
    expect(url.origin + url.pathname).toBe(callback);
    expect(url.searchParams.get('error')).toBe('redirect_uri_mismatch');
  });

  it.each([
    ['https://app.test/callback/deeper', true],
    ['https://app.test/callback?provider=1', true],
    ['https://app.test/callbacks', false],
    ['https://app.test/', false],
    ['https://app.test:8443/callback', false],
    ['https://sub.app.test/callback', true],
    ['https://sub.app.test/callback/deeper', true],
    ['https://sub.app.test/other', false],
    ['https://sub.app.test:8443/callback', false],
    ['https://notapp.test/callback', false],
    ['http://app.test/callback', false],
    ['https://user@app.test/callback', false],
  ])('lets %s be redirected to: %s', async (redirectUri, allowed) => {
    const { oauth, authorizationUrl, ada } = await setUp();
    const url = await oauth.approve(authorizationUrl({ redirect_uri: redirectUri }), { person: ada });
    expect(new URL(url).searchParams.has('code')).toBe(allowed);
  });

  it('lets an application on the own machine choose its port', async () => {
    const { oauth, authorizationUrl, ada } = await setUp({ redirectUris: ['http://127.0.0.1/callback'] });
    const chosen = authorizationUrl({ redirect_uri: 'http://127.0.0.1:51234/callback' });
    expect(await oauth.approve(chosen, { person: ada })).toMatch(
      /^http:\/\/127\.0\.0\.1:51234\/callback\?code=/,
    );
  });

  it('shows a page for an application that it does not know', async () => {
    const { oauth, authorizationUrl, ada } = await setUp();
    await expect(oauth.approve(authorizationUrl({ client_id: 'nobody' }), { person: ada })).rejects.toThrow(
      /404.*No application is registered/,
    );
  });

  it.each([
    [{ code_challenge: challenge, code_challenge_method: 'plain' }],
    [{ code_challenge: challenge }],
    [{ code_challenge: 'short', code_challenge_method: 'S256' }],
  ])('refuses the challenge %j', async (parameters) => {
    const { oauth, authorizationUrl, ada } = await setUp();
    const url = new URL(await oauth.approve(authorizationUrl(parameters), { person: ada }));
    expect(url.searchParams.get('error')).toBe('invalid_request');
  });

  it('asks again when nobody or somebody suspended is signed in', async () => {
    const { oauth, authorizationUrl, world, ada } = await setUp();
    world.setSuspended(ada, true);
    await expect(oauth.approve(authorizationUrl(), { person: ada })).rejects.toThrow(
      'Choose who is signed in',
    );
  });
});

describe('the token endpoint of GitHub', () => {
  it('answers with a token that the API accepts, with the scopes that were granted', async () => {
    const { github, oauth, authorizationUrl, token, ada } = await setUp();
    const url = new URL(await oauth.approve(authorizationUrl(), { person: ada, scopes: ['repo'] }));
    const { status, body } = await token({
      code: url.searchParams.get('code') ?? '',
      redirect_uri: callback,
    });
    const accessToken = oauth.grants[0]?.accessToken ?? '';
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: accessToken, scope: 'repo', token_type: 'bearer' });
    expect(accessToken).toMatch(/^gho_[A-Za-z0-9]{36}$/);
    const user = await get(github, '/user', accessToken);
    expect(user.body).toMatchObject({ login: 'ada' });
    expect(user.headers.get('x-oauth-scopes')).toBe('repo');
  });

  it('separates scopes by commas and answers in a form unless JSON is asked for', async () => {
    const { post, code, client } = await setUp();
    const form = {
      client_id: client.clientId,
      client_secret: client.clientSecret ?? '',
      code: await code(),
    };
    const { headers, text } = await post('/login/oauth/access_token', form, { accept: '*/*' });
    expect(headers.get('content-type')).toMatch('application/x-www-form-urlencoded');
    expect(new URLSearchParams(text).get('scope')).toBe('repo,read:org');
  });

  it('takes JSON as well as a form', async () => {
    const { github, client, code } = await setUp();
    const { clientId, clientSecret } = client;
    const ask = (body: string) =>
      fetch(`${github.webUrl}/login/oauth/access_token`, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json; charset=utf-8' },
        body,
      }).then((response): Promise<unknown> => response.json());
    const asked = { client_id: clientId, client_secret: clientSecret, code: await code() };
    expect(await ask(JSON.stringify(asked))).toHaveProperty('access_token');
    for (const body of ['null', '{', '[]'])
      expect(await ask(body)).toMatchObject({ error: 'incorrect_client_credentials' });
  });

  it('does not look at a verifier that answers no challenge', async () => {
    const { token, code } = await setUp();
    const { body } = await token({ code: await code(), code_verifier: verifier });
    expect(body).toHaveProperty('access_token');
  });

  it('takes a code once', async () => {
    const { token, code } = await setUp();
    const value = await code();
    expect((await token({ code: value })).body).toHaveProperty('access_token');
    expect(await token({ code: value })).toMatchObject({
      status: 200,
      body: { error: 'bad_verification_code' },
    });
  });

  it('takes a code for ten minutes', async () => {
    const { token, code, clock } = await setUp();
    const value = await code();
    clock.advance(600_000);
    expect((await token({ code: value })).body).toMatchObject({ error: 'bad_verification_code' });
  });

  it.each<[string, Record<string, string>, string]>([
    ['a wrong secret', { client_secret: 'wrong' }, 'incorrect_client_credentials'],
    ['an unknown client', { client_id: 'nobody' }, 'incorrect_client_credentials'],
    ['another redirect address', { redirect_uri: `${callback}/other` }, 'redirect_uri_mismatch'],
    ['an unknown code', { code: 'unknown' }, 'bad_verification_code'],
    ['another grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('says with a 200 that it refuses %s', async (_what, form, error) => {
    const { token, code } = await setUp();
    expect(await token({ code: await code(), ...form })).toMatchObject({ status: 200, body: { error } });
  });

  it('refuses a code of another application', async () => {
    const { oauth, token, code } = await setUp();
    const other = oauth.registerClient({ name: 'other', redirectUris: [callback] });
    const form = { client_id: other.clientId, client_secret: other.clientSecret ?? '', code: await code() };
    expect((await token(form)).body).toMatchObject({ error: 'bad_verification_code' });
  });

  it.each<[string, Record<string, string>, boolean]>([
    ['the right verifier', { code_verifier: verifier }, true],
    ['a wrong verifier', { code_verifier: `${verifier}!` }, false],
    ['no verifier', {}, false],
  ])('answers a challenged code with %s: %s', async (_what, form, good) => {
    const { token, code } = await setUp();
    const value = await code({ code_challenge: challenge, code_challenge_method: 'S256' });
    const { body } = await token({ code: value, ...form });
    expect(Object.keys(body ?? {}).includes('access_token')).toBe(good);
  });

  it('refuses the secret before the last one', async () => {
    const { oauth, client, token, code } = await setUp();
    const former = client.clientSecret ?? '';
    const next = oauth.rotateSecret(client);
    const value = await code();
    expect((await token({ code: value, client_secret: former })).body).toMatchObject({
      error: 'incorrect_client_credentials',
    });
    expect((await token({ code: value, client_secret: next })).body).toHaveProperty('access_token');
  });

  it('meets faults as the API does', async () => {
    const { github, post } = await setUp();
    const match = { path: '/login/oauth/access_token' };
    github.faults.add({ match, effect: { kind: 'html-page', status: 503 } });
    expect((await post('/login/oauth/access_token', {})).status).toBe(503);
  });

  it('keeps no secret in the log', async () => {
    const { github, client, token, code } = await setUp();
    const value = await code();
    await token({ code: value });
    const told = JSON.stringify(github.log.entries);
    for (const secret of [client.clientSecret, value, github.oauth.grants[0]?.accessToken])
      expect(told).not.toMatch(secret ?? 'nothing');
  });
});

describe('a user token of a GitHub App', () => {
  const app = { kind: 'github-app', name: 'anyforge-app' };

  it('expires after eight hours and comes with a refresh token of six months', async () => {
    const { github, oauth, client, clock, token, code } = await setUp(app);
    const { body } = await token({ code: await code() });
    expect(body).toEqual({
      access_token: expect.stringMatching(/^ghu_/),
      expires_in: 28_800,
      refresh_token: expect.stringMatching(/^ghr_/),
      refresh_token_expires_in: 15_897_600,
      scope: '',
      token_type: 'bearer',
    });
    const accessToken = oauth.grants[0]?.accessToken;
    expect((await get(github, '/user', accessToken)).status).toBe(200);
    clock.advance(28_800_000);
    expect((await get(github, '/user', accessToken)).status).toBe(401);
    expect(oauth.refreshes(client)).toBe(0);
  });

  it('ends, with its refresh token, when it is refreshed', async () => {
    const { github, oauth, client, ada, token } = await setUp(app);
    const { accessToken, refreshToken = '' } = oauth.issue({ client, person: ada });
    const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect((await token(refresh)).body).toHaveProperty('refresh_token');
    expect((await get(github, '/user', accessToken)).status).toBe(401);
    expect((await get(github, '/user', oauth.grants[0]?.accessToken)).status).toBe(200);
    expect(await token(refresh)).toMatchObject({ status: 200, body: { error: 'bad_refresh_token' } });
    expect(oauth.refreshes(client)).toBe(1);
  });

  it('cannot be refreshed after six months', async () => {
    const { oauth, client, ada, clock, token } = await setUp(app);
    const { refreshToken = '' } = oauth.issue({ client, person: ada });
    clock.advance(15_897_600_000);
    const { body } = await token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    expect(body).toMatchObject({ error: 'bad_refresh_token' });
  });

  it('lives on where the app has turned expiry off', async () => {
    const { github, oauth, clock, token, code } = await setUp({ ...app, expiringTokens: false });
    const { body } = await token({ code: await code() });
    expect(Object.keys(body ?? {})).toEqual(['access_token', 'scope', 'token_type']);
    clock.advance(365 * 86_400_000);
    expect((await get(github, '/user', oauth.grants[0]?.accessToken)).status).toBe(200);
  });

  it('may keep its expiry to itself', async () => {
    const { token, code } = await setUp({ ...app, tellsExpiry: false });
    const { body } = await token({ code: await code() });
    expect(Object.keys(body ?? {})).toEqual(['access_token', 'refresh_token', 'scope', 'token_type']);
  });
});
