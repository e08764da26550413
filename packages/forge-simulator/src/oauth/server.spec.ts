import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { callback, openStrictForge, plainVerifier, strictRules } from './strict-forge.fixture.js';

const running: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((forge) => forge.close())));

async function setUp(options: Parameters<typeof openStrictForge>[0] = {}) {
  const clock = new ManualClock();
  const forge = await openStrictForge({ clock, ...options });
  running.push(forge);
  const { post, basic, approve } = forge;
  const token = (form: Record<string, string>, headers: Record<string, string> = basic) =>
    post('/token', form, headers);
  const exchange = async (changes: Record<string, string> = {}) => {
    const code = (await approve()).searchParams.get('code') ?? '';
    return token({ grant_type: 'authorization_code', code, redirect_uri: callback, ...changes });
  };
  return { ...forge, clock, token, exchange };
}

describe('an authorization server', () => {
  it('lives below the context path of its forge, and nothing is outside of it', async () => {
    const { webUrl, origins } = await setUp();
    expect(webUrl).toBe(`${origins[0] ?? ''}/forge`);
    expect((await fetch(`${origins[0] ?? ''}/authorize`)).status).toBe(404);
  });

  it('names itself in its answers where its rules say so', async () => {
    const { approve, webUrl } = await setUp();
    expect((await approve()).searchParams.get('iss')).toBe(webUrl);
    expect((await approve({ scope: 'admin' })).searchParams.get('iss')).toBe(webUrl);
  });

  it.each([
    [{ response_type: undefined }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: 'read admin' }, 'invalid_scope'],
    [{ code_challenge_method: 'S256' }, 'invalid_request'],
  ])('sends the browser back from %j with %s', async (changes, error) => {
    const { approve } = await setUp();
    expect((await approve(changes)).searchParams.get('error')).toBe(error);
  });

  it.each([
    [{ redirect_uri: `${callback}/deeper` }, /400.*redirect_uri/],
    [{ redirect_uri: undefined }, /400.*redirect_uri/],
    [{ client_id: 'nobody' }, /401.*client id/],
  ])('shows a page for %j, and sends the browser nowhere', async (changes, words) => {
    const { approve } = await setUp();
    await expect(approve(changes)).rejects.toThrow(words);
  });

  it('asks for what is registered when a request names no scopes', async () => {
    const { exchange } = await setUp();
    expect((await exchange()).body).toMatchObject({ scope: 'read write' });
  });

  it('gives what is registered, whatever was asked for, where its rules say so', async () => {
    const { approve, oauth } = await setUp({ client: { kind: 'consumer' } });
    expect((await approve({ scope: 'other' })).searchParams.has('code')).toBe(true);
    expect(() => oauth.registerClient({ name: 'x', redirectUris: [], kind: 'robot' })).toThrow("'robot'");
  });

  it.each([
    [plainVerifier, 200],
    ['another', 400],
  ])('compares a plain challenge as it is: %s', async (verifier, status) => {
    const { approve, token } = await setUp();
    const code = (await approve({ code_challenge: plainVerifier })).searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: verifier };
    expect((await token(form)).status).toBe(status);
  });

  it.each([
    ['refused', { status: 400, body: { error: 'invalid_grant' } }],
    ['ignored', { status: 200 }],
  ] as const)('has a verifier that answers no challenge %s', async (unaskedVerifier, answer) => {
    const rules = { ...strictRules, token: { ...strictRules.token, unaskedVerifier } };
    const { exchange } = await setUp({ rules });
    expect(await exchange({ code_verifier: plainVerifier })).toMatchObject(answer);
  });

  it('misses the verifier of a challenge', async () => {
    const { approve, token } = await setUp();
    const code = (await approve({ code_challenge: plainVerifier })).searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback };
    expect(await token(form)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('knows no challenge where its rules know none', async () => {
    const authorization = { ...strictRules.authorization, challengeMethods: [] };
    const { approve, token } = await setUp({ rules: { ...strictRules, authorization } });
    const url = await approve({ code_challenge: 'x', code_challenge_method: 'S512' });
    const code = url.searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: callback };
    expect((await token(form)).status).toBe(200);
  });
});

describe('its token endpoint', () => {
  it('takes the id and secret in the way that its rules name, and asks for it', async () => {
    const { post, token, client, basic } = await setUp();
    const form = { grant_type: 'authorization_code', code: 'x', redirect_uri: callback };
    const { clientId, clientSecret = '' } = client;
    const inBody = await post('/token', { ...form, client_id: clientId, client_secret: clientSecret });
    expect(inBody).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const wrong = Buffer.from(`${clientId}:wrong`).toString('base64');
    const refused = await token(form, { authorization: `Basic ${wrong}` });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Strict"']);
    expect(await token(form, basic)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('takes a public client without a secret', async () => {
    const { post, approve, client } = await setUp({ client: { confidential: false } });
    expect(client.clientSecret).toBeUndefined();
    const code = (await approve()).searchParams.get('code') ?? '';
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: callback,
      client_id: client.clientId,
    };
    expect((await post('/token', form)).status).toBe(200);
  });

  it.each([
    [{ redirect_uri: `${callback}/other` }, 'invalid_grant'],
    [{ redirect_uri: '' }, 'invalid_request'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }, 'unsupported_grant_type'],
  ])('refuses %j with %s', async (changes, error) => {
    const { exchange } = await setUp();
    expect(await exchange(changes)).toMatchObject({ status: 400, body: { error } });
  });

  it('misses a grant type, a code and a refresh token', async () => {
    const { token } = await setUp();
    for (const form of [{}, { grant_type: 'authorization_code' }, { grant_type: 'refresh_token' }])
      expect(await token(form)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('wants the redirect address again at every refresh', async () => {
    const { exchange, token, oauth, client } = await setUp();
    await exchange();
    const form = { grant_type: 'refresh_token', refresh_token: oauth.grants[0]?.refreshToken ?? '' };
    expect((await token(form)).body).toEqual({ error: 'invalid_grant' });
    expect(oauth.refreshes(client)).toBe(0);
    expect((await token({ ...form, redirect_uri: callback })).status).toBe(200);
    expect(oauth.refreshes(client)).toBe(1);
  });

  it('lets a used refresh token work for a while, and the former access token live on', async () => {
    const { exchange, token, oauth, clock, good } = await setUp();
    await exchange();
    const { accessToken = '', refreshToken = '' } = oauth.grants[0] ?? {};
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, redirect_uri: callback };
    expect((await token(form)).status).toBe(200);
    expect(good.has(accessToken)).toBe(true);
    clock.advance(599_000);
    expect((await token(form)).status).toBe(200);
    clock.advance(1000);
    expect((await token(form)).body).toEqual({ error: 'invalid_grant' });
    expect(oauth.grants[0]?.refreshes).toBe(2);
  });

  it('keeps a refresh token where its rules do not rotate it', async () => {
    const rotation = { oldRefreshTokenSeconds: Infinity, oldAccessToken: 'ends' } as const;
    const { exchange, token, oauth, good } = await setUp({ rules: { ...strictRules, rotation } });
    await exchange();
    const { accessToken = '', refreshToken = '' } = oauth.grants[0] ?? {};
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, redirect_uri: callback };
    expect((await token(form)).body).toMatchObject({ refresh_token: refreshToken });
    expect(good.has(accessToken)).toBe(false);
  });

  it('refuses the refresh token of another client', async () => {
    const { exchange, token, oauth } = await setUp();
    await exchange();
    const { clientId, clientSecret = '' } = oauth.registerClient({ name: 'other', redirectUris: [callback] });
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const form = { grant_type: 'refresh_token', refresh_token: oauth.grants[0]?.refreshToken ?? '' };
    const refused = await token({ ...form, redirect_uri: callback }, { authorization: `Basic ${basic}` });
    expect(refused.body).toEqual({ error: 'invalid_grant' });
  });
});

describe('revocation', () => {
  it.each(['accessToken', 'refreshToken'] as const)(
    'ends both tokens by the %s, and no others',
    async (which) => {
      const { post, basic, oauth, client, ada, token, good } = await setUp();
      const ended = oauth.issue({ client, person: ada });
      const other = oauth.issue({ client, person: ada });
      expect(await post('/revoke', { token: ended[which] ?? '' }, basic)).toMatchObject({
        status: 200,
        body: {},
      });
      expect([good.has(ended.accessToken), good.has(other.accessToken)]).toEqual([false, true]);
      const refresh = (refreshToken = '') =>
        token({ grant_type: 'refresh_token', refresh_token: refreshToken, redirect_uri: callback });
      expect((await refresh(ended.refreshToken)).status).toBe(400);
      expect((await refresh(other.refreshToken)).status).toBe(200);
    },
  );

  it('says nothing of a token that it does not know, and refuses one that is another client’s', async () => {
    const { post, basic, oauth, ada, good } = await setUp();
    const other = oauth.registerClient({ name: 'other', redirectUris: [callback] });
    const { accessToken } = oauth.issue({ client: other, person: ada });
    expect(await post('/revoke', { token: 'unknown' }, basic)).toMatchObject({ status: 200, body: {} });
    expect(await post('/revoke', { token: accessToken }, basic)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect(await post('/revoke', { token: accessToken })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(good.has(accessToken)).toBe(true);
  });

  it.each<[string, (forge: Awaited<ReturnType<typeof setUp>>, first: string) => unknown]>([
    ['revoking grants', ({ oauth }) => oauth.revokeGrants(() => true)],
    ['removing the client', ({ oauth, client }) => oauth.removeClient(client)],
    ['giving back the first of them', ({ post, basic }, first) => post('/revoke', { token: first }, basic)],
  ])('ends every access token of a grant, those before a refresh too: by %s', async (_how, end) => {
    const forge = await setUp();
    const { exchange, token, oauth, good } = forge;
    await exchange();
    const { accessToken = '', refreshToken = '' } = oauth.grants[0] ?? {};
    await token({ grant_type: 'refresh_token', refresh_token: refreshToken, redirect_uri: callback });
    expect(good.size).toBe(2);
    expect(oauth.grantByAccessToken(accessToken)).toBe(oauth.grants[0]);
    await end(forge, accessToken);
    expect(good.size).toBe(0);
    expect(oauth.grantByAccessToken(accessToken)).toBeUndefined();
  });

  it('comes with the removal of a client', async () => {
    const { oauth, client, ada, good, approve } = await setUp();
    const { accessToken } = oauth.issue({ client, person: ada });
    expect(oauth.removeClient(client)).toBe(true);
    expect(good.has(accessToken)).toBe(false);
    await expect(approve()).rejects.toThrow(/401/);
  });
});
