import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../transport/transport.fixture.js';
import { basicAuthorization } from './authorization-server.js';
import type { OAuthRevocation } from './description.js';
import { client, credential, expectHidden, formOf, setUpFlow, tokens } from './oauth.fixture.js';

const ended = { status: 200, body: {} };
const unsupported = { status: 400, body: { error: 'unsupported_token_type' } };

describe('the end of a token set', () => {
  it('revokes the refresh token and then the access token, each by itself', async () => {
    const { flow, requests } = setUpFlow([ended, { status: 200 }]);
    await flow.revoke?.(credential);
    expect(requests.map(({ url }) => url)).toEqual([
      'https://forge.example/git/oauth/revoke',
      'https://forge.example/git/oauth/revoke',
    ]);
    expect(requests.map(formOf)).toEqual([
      expect.objectContaining({ token: 'refresh-token-one', token_type_hint: 'refresh_token' }),
      expect.objectContaining({ token: 'access-token-one', client_secret: client.clientSecret }),
    ]);
  });

  it.each([
    ['is dead already', [{ status: 400, body: { error: 'invalid_grant' } }, ended]],
    ['is of a kind that cannot be revoked', [unsupported, ended]],
    ['is told without a body', [{ status: 204 }, { status: 204 }]],
  ])('goes on where one token %s', async (_, script) => {
    const { flow, requests } = setUpFlow(script);
    await flow.revoke?.(credential);
    expect(requests).toHaveLength(2);
  });

  it('fails where neither kind can be revoked', async () => {
    const { flow } = setUpFlow([unsupported, unsupported]);
    expect((await failureOf(Promise.resolve(flow.revoke?.(credential)))).kind).toBe('unsupported');
  });

  it.each([
    [{ status: 401, body: { error: 'invalid_client' } }, 'client_rejected'],
    [{ status: 503, body: 'refresh-token-one' }, 'unavailable'],
    [
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>log in</html>' },
      'invalid_response',
    ],
  ])('fails when the forge answers %j: %s', async (answer, kind) => {
    const { flow, requests } = setUpFlow([answer]);
    const failure = await failureOf(Promise.resolve(flow.revoke?.(credential)));
    expect(failure.kind).toBe(kind);
    expectHidden(failure, ['refresh-token-one', 'access-token-one', client.clientSecret]);
    expect(requests).toHaveLength(1);
  });

  it('is not offered by a forge that cannot', () => {
    expect(setUpFlow([], { revocation: undefined }).flow).not.toHaveProperty('revoke');
  });

  describe('in the own way of a forge', () => {
    const revocation: OAuthRevocation = {
      style: 'own',
      request: (application, token) => ({
        method: 'DELETE',
        url: `https://forge.example/applications/${application.clientId}/token`,
        headers: { authorization: basicAuthorization(application), 'content-type': 'application/json' },
        body: JSON.stringify({ access_token: token }),
      }),
      statuses: { 404: 'not-valid', 401: 'client_rejected' },
      see: 'https://docs.github.com/rest/apps/oauth-applications#delete-an-app-token',
    };

    const withoutRefreshToken = { ...credential, refreshToken: undefined };

    it.each([
      [204, credential],
      [204, withoutRefreshToken],
      [404, withoutRefreshToken],
    ])('is done with the status %i', async (status, revoked) => {
      const { flow, requests } = setUpFlow([{ status }], { revocation });
      await flow.revoke?.(revoked);
      expect(requests).toMatchObject([
        {
          method: 'DELETE',
          url: 'https://forge.example/applications/Iv1.a-client_id/token',
          body: '{"access_token":"access-token-one"}',
        },
      ]);
    });

    it('renews an access token that has ended, to end what could be renewed', async () => {
      const { flow, requests } = setUpFlow([{ status: 404 }, { body: tokens }, { status: 204 }], {
        revocation,
      });
      await flow.revoke?.(credential);
      expect(requests.map(({ method, body }) => [method, body])).toEqual([
        ['DELETE', '{"access_token":"access-token-one"}'],
        ['POST', expect.stringContaining('refresh_token=refresh-token-one')],
        ['DELETE', '{"access_token":"access-token-two"}'],
      ]);
    });

    it('is done where neither token is valid any more', async () => {
      const refused = { status: 400, body: { error: 'invalid_grant' } };
      const { flow, requests } = setUpFlow([{ status: 404 }, refused], { revocation });
      await flow.revoke?.(credential);
      expect(requests).toHaveLength(2);
    });

    it('is not done where nobody knows whether it could be renewed', async () => {
      const { flow } = setUpFlow([{ status: 404 }, { status: 503 }], { revocation });
      const failure = await failureOf(Promise.resolve(flow.revoke?.(credential)));
      expect(failure.kind).toBe('unavailable');
    });

    it('shows neither token of the set that was asked for last', async () => {
      const script = [
        { status: 404 },
        { body: tokens },
        { status: 422, body: { message: tokens.access_token } },
      ];
      const { flow } = setUpFlow(script, { revocation });
      const failure = await failureOf(Promise.resolve(flow.revoke?.(credential)));
      expect(failure.kind).toBe('invalid_response');
      expectHidden(failure, [tokens.access_token, tokens.refresh_token]);
    });

    it('hides the token where the forge repeats it in an error that passes', async () => {
      const { flow, clock } = setUpFlow(() => ({ status: 503, body: { message: 'access-token-one' } }), {
        revocation,
      });
      const failure = await failureOf(clock.run(Promise.resolve(flow.revoke?.(credential))));
      expect(failure.message).toBe('GitHub is out of order at the moment: "REDACTED"');
      expectHidden(failure, ['access-token-one']);
    });

    it.each([
      [401, 'client_rejected'],
      [422, 'invalid_response'],
      [429, 'rate_limited'],
    ])('fails with the status %i: %s', async (status, kind) => {
      const { flow, clock } = setUpFlow(() => ({ status, body: { message: basicAuthorization(client) } }), {
        revocation,
      });
      const failure = await failureOf(
        clock.run(Promise.resolve(flow.revoke?.(credential, { maxWaitMs: 0 }))),
      );
      expect(failure.kind).toBe(kind);
      expectHidden(failure, ['access-token-one', basicAuthorization(client).slice('Basic '.length)]);
    });
  });
});
