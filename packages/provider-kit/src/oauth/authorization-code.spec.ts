import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../transport/transport.fixture.js';
import {
  client,
  code,
  expectHidden,
  formOf,
  now,
  redirectUri,
  setUpFlow,
  state,
  tokens,
} from './oauth.fixture.js';

const callback = (parameters: Readonly<Record<string, string>> = {}, base: string = redirectUri): string => {
  const url = new URL(base);
  for (const [name, value] of Object.entries({ code, state, ...parameters }))
    url.searchParams.set(name, value);
  return url.href;
};

describe('the start of a sign-in', () => {
  it('sends the person to the forge, below its path, with state, scopes and a challenge', async () => {
    const { flow, requests } = setUpFlow([]);
    const { url, transaction } = await flow.start({ redirectUri, state });
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe('https://forge.example/git/oauth/authorize');
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: redirectUri,
      state,
      scope: 'read_user read_api',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(url).not.toContain(client.clientSecret);
    expect(Buffer.from(transaction, 'base64url').toString()).not.toContain(state);
    expect(requests).toHaveLength(0);
  });

  it('asks for other scopes, in the form of the forge, and lets the person choose the account', async () => {
    const { flow } = setUpFlow([], {
      scopeSeparator: ',',
      authorizationParameters: { audience: 'api' },
      selectAccountParameters: { prompt: 'select_account' },
    });
    const { url } = await flow.start({ redirectUri, state, scopes: ['a', 'b'], selectAccount: true });
    const { searchParams } = new URL(url);
    expect(searchParams.get('scope')).toBe('a,b');
    expect(searchParams.get('prompt')).toBe('select_account');
    expect(searchParams.get('audience')).toBe('api');
    expect(new URL((await flow.start({ redirectUri, state })).url).searchParams.has('prompt')).toBe(false);
  });

  it('asks for no scopes where the application has them, and sends no challenge where none is known', async () => {
    const { flow } = setUpFlow([], { scopes: [], pkce: false });
    const { searchParams } = new URL((await flow.start({ redirectUri, state })).url);
    expect([...searchParams.keys()].sort()).toEqual(['client_id', 'redirect_uri', 'response_type', 'state']);
  });

  it.each([
    ['', state],
    ['/callback', state],
    ['javascript:alert(1)', state],
    [`${redirectUri}#part`, state],
    [redirectUri, ''],
  ])('is refused with the redirect URI %j and the state %j', async (uri, word) => {
    const { flow } = setUpFlow([]);
    expect((await failureOf(flow.start({ redirectUri: uri, state: word }))).kind).toBe('invalid_request');
  });
});

describe('the end of a sign-in', () => {
  it('exchanges the code with the verifier of the challenge', async () => {
    const { flow, requests, signIn } = setUpFlow([{ body: tokens }]);
    const { url, transaction } = await signIn();
    const credential = await flow.finish({ callbackUrl: callback(), redirectUri, state, transaction });
    expect(credential).toEqual({
      kind: 'oauth',
      accessToken: 'access-token-two',
      refreshToken: 'refresh-token-two',
      expiresAt: new Date(now.getTime() + 7_200_000),
      refreshTokenExpiresAt: undefined,
      scopes: ['read_user', 'read_api'],
      redirectUri,
    });
    const { code_verifier: verifier = '', ...form } = formOf(requests[0]);
    expect(form).toEqual({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: client.clientId,
      client_secret: client.clientSecret,
    });
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(
      new URL(url).searchParams.get('code_challenge'),
    );
    expect(requests[0]).toMatchObject({ method: 'POST', url: 'https://forge.example/git/oauth/token' });
    expect(requests[0]?.headers.get('accept')).toBe('application/json');
    expect(requests[0]?.headers.get('user-agent')).toBe('anyforge');
  });

  it('proves the client by HTTP Basic where the forge wants that, and nowhere else', async () => {
    const application = { clientId: 'key_1-a.b', clientSecret: 'so secret: +%é' };
    const { flow, requests, signIn } = setUpFlow(
      [{ body: tokens }],
      { clientAuthentication: 'basic', pkce: false },
      application,
    );
    const { transaction } = await signIn();
    await flow.finish({ callbackUrl: callback(), redirectUri, state, transaction });
    expect(formOf(requests[0])).toEqual({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
    });
    const basic = requests[0]?.headers.get('authorization')?.replace('Basic ', '') ?? '';
    expect(Buffer.from(basic, 'base64').toString()).toBe('key_1-a.b:so+secret%3A+%2B%25%C3%A9');
  });

  it('sends the id alone of a client without a secret', async () => {
    const { flow, requests, signIn } = setUpFlow([{ body: tokens }], {}, { clientId: 'public' });
    const { transaction } = await signIn();
    await flow.finish({ callbackUrl: callback(), redirectUri, state, transaction });
    expect(formOf(requests[0])).toMatchObject({ client_id: 'public' });
    expect(formOf(requests[0])).not.toHaveProperty('client_secret');
    expect(requests[0]?.headers.has('authorization')).toBe(false);
  });

  it('sends a redirect URI as it was given, with its query and its spelling', async () => {
    const odd = 'https://HUB.example?provider=1';
    const { flow, requests } = setUpFlow([{ body: tokens }]);
    const { transaction } = await flow.start({ redirectUri: odd, state });
    await flow.finish({ callbackUrl: callback({}, odd), redirectUri: odd, state, transaction });
    expect(formOf(requests[0])['redirect_uri']).toBe(odd);
  });

  it('says what is missing when it is given a callback without its host, as frameworks tell it', async () => {
    const { flow, requests, signIn } = setUpFlow([]);
    const { transaction } = await signIn();
    const callbackUrl = `/callback?code=${code}&state=${state}`;
    const failure = await failureOf(flow.finish({ callbackUrl, redirectUri, state, transaction }));
    expect(failure).toMatchObject({
      kind: 'invalid_request',
      details: { repair: { text: expect.stringContaining('scheme and host') } },
    });
    expectHidden(failure, [code, state, transaction]);
    expect(requests).toHaveLength(0);
  });

  it.each([
    ['another state', { callbackUrl: callback({ state: 'st4te-of-another' }) }],
    ['no state', { callbackUrl: `${redirectUri}?code=${code}` }],
    ['the state twice', { callbackUrl: `${callback()}&state=${state}` }],
    ['another expected state', { state: 'st4te-of-another' }],
    ['another redirect URI', { redirectUri: 'https://hub.example/callback/2' }],
    ['a callback at another address', { callbackUrl: callback({}, 'https://hub.example/callback/2') }],
    ['a callback at another host', { callbackUrl: callback({}, 'https://evil.example/callback/1') }],
    ['a transaction that is none', { transaction: 'e30' }],
  ])('is refused with %s, and nothing is sent', async (_, wrong) => {
    const { flow, requests, signIn } = setUpFlow([]);
    const { transaction } = await signIn();
    const error = await failureOf(
      flow.finish({ callbackUrl: callback(), redirectUri, state, transaction, ...wrong }),
    );
    expect(error.kind).toBe('invalid_request');
    expect(error.details.repair?.text).toContain('Start the sign-in again');
    expectHidden(error, [code, state, transaction]);
    expect(requests).toHaveLength(0);
  });

  it('is refused at the redirect URI with another query', async () => {
    const { flow, requests } = setUpFlow([]);
    const withQuery = `${redirectUri}?provider=1`;
    const { transaction } = await flow.start({ redirectUri: withQuery, state });
    for (const base of [redirectUri, `${redirectUri}?provider=2`]) {
      const finished = flow.finish({
        callbackUrl: callback({}, base),
        redirectUri: withQuery,
        state,
        transaction,
      });
      expect((await failureOf(finished)).kind).toBe('invalid_request');
    }
    expect(requests).toHaveLength(0);
  });

  it('is refused with a callback longer than any forge sends, before it is read', async () => {
    const { flow, signIn } = setUpFlow([{ body: tokens }]);
    const { transaction } = await signIn();
    const finish = (parameters: number) =>
      flow.finish({
        callbackUrl: `${callback()}${'&a=1'.repeat(parameters)}`,
        redirectUri,
        state,
        transaction,
      });
    const failure = await failureOf(finish(4_096));
    expect([failure.kind, failure.message]).toEqual(['invalid_request', expect.stringContaining('too long')]);
    await expect(finish(4_000)).resolves.toMatchObject({ accessToken: 'access-token-two' });
  });

  it('is refused with a transaction that says that it is of a device', async () => {
    const { flow, signIn } = setUpFlow([]);
    const { transaction } = await signIn();
    const told: unknown = JSON.parse(Buffer.from(transaction, 'base64url').toString());
    const other = Buffer.from(JSON.stringify(Object.assign({}, told, { kind: 'device' }))).toString(
      'base64url',
    );
    const finished = flow.finish({ callbackUrl: callback(), redirectUri, state, transaction: other });
    expect((await failureOf(finished)).kind).toBe('invalid_request');
  });

  it('is refused with the transaction of another client, of another forge, or of a device', async () => {
    const { flow } = setUpFlow([
      {
        body: { device_code: 'd3vice-code', user_code: 'AB', verification_uri: 'https://f/', expires_in: 9 },
      },
    ]);
    const others = [
      await setUpFlow([], {}, { clientId: 'another' }).signIn(),
      await setUpFlow([], { issuer: 'https://other.example' }).signIn(),
      await flow.device?.start(),
    ];
    for (const other of others) {
      const transaction = other?.transaction ?? '';
      const finished = flow.finish({ callbackUrl: callback(), redirectUri, state, transaction });
      expect((await failureOf(finished)).kind).toBe('invalid_request');
    }
  });

  it.each([
    ['ignored', { iss: 'https://evil.example' }, true],
    ['ignored', {}, true],
    ['checked-when-sent', {}, true],
    ['checked-when-sent', { iss: 'https://forge.example/git' }, true],
    ['checked-when-sent', { iss: 'https://forge.example/' }, false],
    ['checked-when-sent', { iss: '' }, false],
    ['required', { iss: 'https://forge.example/git' }, true],
    ['required', { iss: 'https://evil.example' }, false],
    ['required', {}, false],
  ] as const)('with an issuer that is %s and the callback of %j: %s', async (iss, parameters, isRight) => {
    const { flow, requests, signIn } = setUpFlow([{ body: tokens }], { iss });
    const { transaction } = await signIn();
    const finished = flow.finish({ callbackUrl: callback(parameters), redirectUri, state, transaction });
    if (isRight) await expect(finished).resolves.toMatchObject({ accessToken: 'access-token-two' });
    else expect((await failureOf(finished)).kind).toBe('invalid_response');
    expect(requests).toHaveLength(isRight ? 1 : 0);
  });

  it('is refused when it names its server twice', async () => {
    const { flow, requests, signIn } = setUpFlow([], { iss: 'checked-when-sent' });
    const { transaction } = await signIn();
    const named = callback({ iss: 'https://forge.example/git' });
    const callbackUrl = `${named}&iss=${encodeURIComponent('https://forge.example/git')}`;
    const finished = flow.finish({ callbackUrl, redirectUri, state, transaction });
    expect((await failureOf(finished)).kind).toBe('invalid_response');
    expect(requests).toHaveLength(0);
  });

  it.each([
    ['access_denied', 'access_denied'],
    ['redirect_uri_mismatch', 'redirect_rejected'],
    ['unauthorized_client', 'client_rejected'],
    ['invalid_scope', 'invalid_request'],
    ['temporarily_unavailable', 'unavailable'],
    ['server_error', 'unavailable'],
    ['a_new_code', 'invalid_request'],
  ])('tells what the forge said in the callback: %s is %s', async (error, kind) => {
    const { flow, requests, signIn } = setUpFlow([]);
    const { transaction } = await signIn();
    const callbackUrl = `${redirectUri}?error=${error}&error_description=Not+for+${state}&state=${state}`;
    const failure = await failureOf(flow.finish({ callbackUrl, redirectUri, state, transaction }));
    expect(failure.kind).toBe(kind);
    const code = error === 'a_new_code' ? ' (a_new_code)' : '';
    expect(failure.message).toContain(`: "Not for REDACTED${code}"`);
    expect(failure.details.repair?.text).not.toBe('');
    expect(requests).toHaveLength(0);
  });

  it('hears at the registered address that the redirect URI is another', async () => {
    const { flow, signIn } = setUpFlow([]);
    const { transaction } = await signIn();
    const callbackUrl = `https://hub.example/registered?error=redirect_uri_mismatch&state=${state}`;
    const failure = await failureOf(flow.finish({ callbackUrl, redirectUri, state, transaction }));
    expect(failure.kind).toBe('redirect_rejected');
  });

  it('names the redirect URI to register where the forge refused it', async () => {
    const headers = { 'x-github-request-id': 'C0DE:1' };
    const { flow, signIn } = setUpFlow([{ headers, body: { error: 'redirect_uri_mismatch' } }]);
    const { transaction } = await signIn();
    const finished = flow.finish({ callbackUrl: callback(), redirectUri, state, transaction });
    const { kind, details } = await failureOf(finished);
    expect(kind).toBe('redirect_rejected');
    expect(details).toMatchObject({ provider: 'forge', status: 200, requestId: 'C0DE:1' });
    expect(details.repair?.text).toContain(redirectUri);
  });

  it('wants a code', async () => {
    const { flow, signIn } = setUpFlow([]);
    const { transaction } = await signIn();
    const callbackUrl = `${redirectUri}?code=&state=${state}`;
    const finished = flow.finish({ callbackUrl, redirectUri, state, transaction });
    expect((await failureOf(finished)).kind).toBe('invalid_response');
  });

  it.each([
    [400, { error: 'invalid_grant' }, 'grant_expired'],
    [401, { error: 'invalid_client' }, 'client_rejected'],
    [200, { error: 'invalid_grant' }, 'grant_expired'],
    [400, { error: 'invalid_request' }, 'invalid_request'],
    [400, {}, 'invalid_response'],
    [404, { message: '404 Not Found' }, 'invalid_response'],
    [200, { token_type: 'bearer' }, 'invalid_response'],
    [200, { access_token: 'only-for-dpop', token_type: 'mac' }, 'invalid_response'],
  ])('tells a refusal with the status %i and %j by its code', async (status, body, kind) => {
    const echo = `${code} ${client.clientSecret}`;
    const headers = { 'www-authenticate': 'Bearer realm="forge"' };
    const { flow, requests, signIn } = setUpFlow([
      { status, headers, body: { ...body, error_description: echo, hint: echo } },
    ]);
    const { transaction } = await signIn();
    const failure = await failureOf(
      flow.finish({ callbackUrl: callback(), redirectUri, state, transaction }),
    );
    expect(failure.kind).toBe(kind);
    const verifier = formOf(requests[0])['code_verifier'] ?? 'no verifier';
    expectHidden(failure, [code, client.clientSecret, verifier, state, 'only-for-dpop']);
    expect(requests).toHaveLength(1);
  });

  it('is cancelled before it begins, and while the forge is asked, with the reason of the caller', async () => {
    const { flow, requests, signIn } = setUpFlow(['hang']);
    const { transaction } = await signIn();
    const response = { callbackUrl: callback(), redirectUri, state, transaction };
    const aborted = AbortSignal.abort('enough');
    await expect(flow.start({ redirectUri, state }, { signal: aborted })).rejects.toBe('enough');
    await expect(flow.finish(response, { signal: aborted })).rejects.toBe('enough');
    expect(requests).toHaveLength(0);
    const controller = new AbortController();
    const finished = flow.finish(response, { signal: controller.signal });
    controller.abort('enough');
    await expect(finished).rejects.toBe('enough');
  });

  it('tells of its request without code or secret', async () => {
    const { flow, events, onEvent, signIn } = setUpFlow([{ body: tokens }]);
    const { transaction } = await signIn();
    await flow.finish({ callbackUrl: callback(), redirectUri, state, transaction }, { onEvent });
    expect(events).toEqual([
      {
        kind: 'request',
        method: 'POST',
        url: 'https://forge.example/git/oauth/token',
        status: 200,
        durationMs: 0,
      },
    ]);
  });
});
