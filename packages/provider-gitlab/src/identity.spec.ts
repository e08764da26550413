import { describe, expect, it } from '@jest/globals';
import type { Credential } from '@anyforge/core';
import type { ScriptedAnswer } from '@anyforge/provider-kit/testing';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { gitlabPlugin } from './index.js';

const user = { id: 3, username: 'ada', name: 'Ada', state: 'active', bot: false };
const token: Credential = { kind: 'token', token: 'glpat-1' };

function setUp(answers: Readonly<Record<string, ScriptedAnswer>>, credential: Credential = token) {
  const clock = createFakeClock();
  const { fetch, requests } = createScriptedFetch(
    ({ url }) => answers[new URL(url).pathname] ?? { status: 404, body: { error: '404 Not Found' } },
  );
  const provider = gitlabPlugin.create({ baseUrl: 'https://gitlab.com' }, { fetch, clock });
  const paths = () => requests.map(({ url }) => new URL(url).pathname);
  return { clock, paths, session: provider.signIn(credential) };
}

describe('the identity', () => {
  it.each([
    ['an older version that does not know the question', 404, { error: '404 Not Found' }],
    [
      'a newer one',
      400,
      { message: '400 Bad request - this endpoint requires token type to be a personal access token' },
    ],
    ['one that refuses', 403, { message: '403 Forbidden' }],
  ])('of a plain token that is one of OAuth is found on %s', async (_, status, body) => {
    const { clock, session, paths } = setUp({
      '/api/v4/user': { body: user },
      '/api/v4/personal_access_tokens/self': { status, body },
      '/oauth/token/info': { body: { scope: ['read_api'], expires_in: 7200 } },
    });
    expect(await session.identity()).toMatchObject({
      scopes: ['read_api'],
      missingScopes: ['read_repository'],
      expiresAt: new Date(clock.now().getTime() + 7_200_000),
    });
    expect(paths()).toHaveLength(3);
  });

  it('of an OAuth token is asked for at OAuth alone, and expires as the grant said where that is not told', async () => {
    const expiresAt = new Date('2026-11-20T14:00:00Z');
    const { session, paths } = setUp(
      {
        '/api/v4/user': { body: user },
        '/oauth/token/info': { body: { scope: 'read_api read_repository', expires_in: null } },
      },
      { kind: 'oauth', accessToken: 'a', expiresAt },
    );
    expect(await session.identity()).toMatchObject({ missingScopes: [], expiresAt });
    expect(paths()).toEqual(['/api/v4/user', '/oauth/token/info']);
  });

  it('does not guess what nobody tells', async () => {
    const { session } = setUp({
      '/api/v4/user': { body: user },
      '/oauth/token/info': { status: 401, body: { error: 'invalid_token' } },
    });
    const identity = await session.identity();
    expect(identity).toMatchObject({ account: { username: 'ada', kind: 'user' } });
    expect([identity.scopes, identity.missingScopes, identity.expiresAt]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    [['api'], []],
    [['read_api', 'write_repository'], []],
    [['read_user'], ['read_api', 'read_repository']],
    [['read_api'], ['read_repository']],
  ])('with scopes %j lacks %j', async (scopes, missingScopes) => {
    const { session } = setUp({
      '/api/v4/user': { body: user },
      '/api/v4/personal_access_tokens/self': { body: { scopes, expires_at: null } },
    });
    expect(await session.identity()).toMatchObject({ scopes, missingScopes });
  });

  it('has neither scopes nor a lack of them for a fine-grained token, which has permissions', async () => {
    const { session } = setUp({
      '/api/v4/user': { body: user },
      '/api/v4/personal_access_tokens/self': { body: { scopes: ['granular'], expires_at: '2027-01-31' } },
    });
    const identity = await session.identity();
    expect(identity.expiresAt).toEqual(new Date('2027-01-31T00:00:00Z'));
    expect([identity.scopes, identity.missingScopes]).toEqual([undefined, undefined]);
  });

  it('is not told as half of one when GitLab is out of order in between', async () => {
    const { clock, session } = setUp({
      '/api/v4/user': { body: user },
      '/api/v4/personal_access_tokens/self': { status: 503, body: {} },
    });
    await expect(clock.run(session.identity())).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
