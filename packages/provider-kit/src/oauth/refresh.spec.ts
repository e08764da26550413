import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ScriptedAnswer } from '../testing/scripted-fetch.js';
import { failureOf } from '../transport/transport.fixture.js';
import {
  client,
  credential,
  expectHidden,
  formOf,
  now,
  redirectUri,
  setUpFlow,
  tokens,
} from './oauth.fixture.js';

const html = { 'content-type': 'text/html; charset=utf-8' };

describe('the renewal of a sign-in', () => {
  it('gives the new pair, with its end by the clock', async () => {
    const { flow, clock, requests } = setUpFlow(async () => {
      await clock.advance(2_000);
      return { body: { ...tokens, refresh_token_expires_in: '15897600' } };
    });
    expect(await flow.refresh(credential)).toEqual({
      kind: 'oauth',
      accessToken: 'access-token-two',
      refreshToken: 'refresh-token-two',
      expiresAt: new Date(now.getTime() + 7_202_000),
      refreshTokenExpiresAt: new Date(now.getTime() + 15_897_602_000),
      scopes: ['read_user', 'read_api'],
      redirectUri,
    });
    expect(formOf(requests[0])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-token-one',
      client_id: client.clientId,
      client_secret: client.clientSecret,
    });
  });

  it('keeps what the forge does not tell again', async () => {
    const { flow } = setUpFlow([{ body: { access_token: 'access-token-two', token_type: 'bearer' } }]);
    expect(await flow.refresh(credential)).toEqual({
      ...credential,
      accessToken: 'access-token-two',
      expiresAt: undefined,
    });
  });

  it('does not take the end of the old refresh token for that of the new one', async () => {
    const { flow } = setUpFlow([{ body: tokens }]);
    expect((await flow.refresh(credential)).refreshTokenExpiresAt).toBeUndefined();
  });

  it('sends the redirect URI of the sign-in again where the forge wants it', async () => {
    const { flow, requests } = setUpFlow([{ body: tokens }], { redirectUriAtRefresh: true });
    await flow.refresh(credential);
    expect(formOf(requests[0])['redirect_uri']).toBe(redirectUri);
  });

  it('reads scopes as the forge tells them', async () => {
    const refreshed = async (scope: unknown, readScopes?: () => 'untold' | readonly string[]) => {
      const { flow } = setUpFlow([{ body: { ...tokens, scope } }], { readScopes });
      return (await flow.refresh(credential)).scopes;
    };
    expect(await refreshed('repo,read:org')).toEqual(['repo', 'read:org']);
    expect(await refreshed('')).toEqual([]);
    expect(await refreshed(undefined)).toEqual(credential.scopes);
    expect(await refreshed('', () => 'untold')).toBeUndefined();
    expect(await refreshed('', () => ['account'])).toEqual(['account']);
  });

  it('never loses a pair over the form of another field', async () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constant('bearer'), fc.constant(undefined));
    const fields = [
      'expires_in',
      'refresh_token',
      'refresh_token_expires_in',
      'scope',
      'id_token',
      'created_at',
    ];
    const answer = fc.record(Object.fromEntries(fields.map((field) => [field, odd])), { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(answer, async (body) => {
        const { flow } = setUpFlow([{ body: { ...body, access_token: 'access-token-two' } }]);
        const renewed = await flow.refresh(credential);
        expect(renewed.accessToken).toBe('access-token-two');
        expect(renewed.refreshToken).toMatch(/./);
        for (const end of [renewed.expiresAt, renewed.refreshTokenExpiresAt])
          expect(end?.getTime()).not.toBeNaN();
      }),
    );
  });

  it('is refused without a request where there is no refresh token', async () => {
    const { flow, requests } = setUpFlow([]);
    const failure = await failureOf(flow.refresh({ kind: 'oauth', accessToken: 'access-token-one' }));
    expect(failure.kind).toBe('grant_expired');
    expect(requests).toHaveLength(0);
  });

  it.each<[ScriptedAnswer, string]>([
    [{ status: 400, body: { error: 'invalid_grant' } }, 'grant_expired'],
    [{ status: 401, body: { error: 'invalid_client' } }, 'client_rejected'],
    [{ status: 400, body: { error: 'a_new_code' } }, 'invalid_request'],
    [{ status: 500, body: { error: 'invalid_grant' } }, 'unavailable'],
    [{ status: 503, headers: html, body: '<html>refresh-token-one</html>' }, 'unavailable'],
    [{ status: 200, headers: html, body: '<html>refresh-token-one</html>' }, 'invalid_response'],
    [{ status: 403, headers: html, body: '<html>refresh-token-one</html>' }, 'unavailable'],
    [{ status: 401, headers: html, body: '<html>refresh-token-one</html>' }, 'unavailable'],
    [{ status: 401 }, 'invalid_response'],
    [{ status: 429, body: { error: 'invalid_grant' } }, 'rate_limited'],
    [{ status: 403, body: { message: 'You have exceeded a secondary rate limit' } }, 'rate_limited'],
    [{ status: 504 }, 'timeout'],
    [{ status: 502, headers: { 'content-type': 'text/plain' }, body: 'no refresh-token-one' }, 'unavailable'],
    [{ body: '{"access_token":"access-tok' }, 'invalid_response'],
    [{ status: 302, headers: { location: 'https://forge.example/login' } }, 'invalid_response'],
    [{ status: 307, headers: { location: 'https://evil.example/token' } }, 'invalid_response'],
    [Object.assign(new Error('reset'), { code: 'ECONNRESET' }), 'network'],
  ])('is asked for once when the forge answers %j: %s', async (answer, kind) => {
    const { flow, clock, requests } = setUpFlow([answer]);
    const failure = await failureOf(clock.run(flow.refresh(credential)));
    expect(failure.kind).toBe(kind);
    expect(failure.details.provider).toBe('forge');
    expect(failure.details.repair?.text ?? '-').not.toBe('');
    expectHidden(failure, ['refresh-token-one', 'access-token-one', 'access-tok"', client.clientSecret]);
    expect(requests).toHaveLength(1);
  });

  it('works with a forge that has no TLS, where its address says so', async () => {
    const { flow, requests } = setUpFlow([{ body: tokens }], { tokenUrl: 'http://intranet.example/token' });
    await flow.refresh(credential);
    expect(requests[0]?.url).toBe('http://intranet.example/token');
  });

  it('sends no secret to another origin than those of the forge', async () => {
    const { flow, requests } = setUpFlow([], { tokenUrl: 'https://forge.example.evil.example/token' });
    expect((await failureOf(flow.refresh(credential))).kind).toBe('invalid_request');
    expect(requests).toHaveLength(0);
  });

  it('is given up when the forge does not answer in time', async () => {
    const { flow, clock, requests } = setUpFlow(['hang']);
    expect((await failureOf(clock.run(flow.refresh(credential)))).kind).toBe('timeout');
    expect(requests).toHaveLength(1);
  });

  it('is cancelled before it begins, and while the forge is asked, with the reason of the caller', async () => {
    const { flow, requests } = setUpFlow(['hang']);
    await expect(flow.refresh(credential, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
    expect(requests).toHaveLength(0);
    const controller = new AbortController();
    const refreshed = flow.refresh(credential, { signal: controller.signal });
    controller.abort(new DOMException('enough', 'AbortError'));
    await expect(refreshed).rejects.toBe(controller.signal.reason);
  });
});
