import { describe, expect, it } from '@jest/globals';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { readGrantedScopes, readMessage } from './errors.js';
import { giteaPlugin } from './index.js';

const baseUrl = 'https://git.acme.example/gitea';
const url = `${baseUrl}/api/swagger`;

describe('what Gitea refuses', () => {
  it.each([
    ['unauthenticated', 401, { message: 'invalid username, password or token', url }, /not been deleted/],
    ['unauthenticated', 403, { message: 'Only signed in user is allowed to call APIs.' }, /Sign in again/],
    [
      'insufficient_scope',
      403,
      {
        message:
          'token does not have at least one of required scope(s), required=[read:user read:organization], token scope=read:repository',
        url,
      },
      /these scopes: read:user, read:organization/,
    ],
    [
      'insufficient_scope',
      403,
      { message: 'token does not have at least one of required scope(s): [read:user]', url },
      /these scopes: read:user/,
    ],
    [
      'insufficient_scope',
      403,
      { message: 'this endpoint is not available for public-only tokens', url },
      /not "Public only"/,
    ],
    [
      'forbidden',
      403,
      {
        message: 'This account is prohibited from signing in, please contact your site administrator.',
      },
      /it says there what to do/,
    ],
    ['forbidden', 403, { message: 'user should be the site admin', url }, undefined],
    ['not_found', 404, { errors: null, message: 'not found', url }, /Check the spelling/],
    ['invalid_response', 404, '404 page not found', /path prefix/],
  ] as const)('is %s for a %d with %j', async (kind, status, body, repair) => {
    const { fetch } = createScriptedFetch(() => ({ status, body }));
    const clock = createFakeClock();
    const session = giteaPlugin
      .create({ baseUrl }, { fetch, clock })
      .signIn({ kind: 'token', token: 'secret' });
    const error: unknown = await clock.run(session.identity()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind, details: { provider: 'gitea', status } });
    if (repair) expect(error).toMatchObject({ details: { repair: { text: expect.stringMatching(repair) } } });
  });

  it('is not believed to be the credential while Gitea is being stopped', async () => {
    const stopping = { status: 401, body: { message: 'invalid username, password or token', url } };
    const { fetch } = createScriptedFetch([stopping, ...Array.from({ length: 9 }, () => ({ status: 502 }))]);
    const clock = createFakeClock();
    const session = giteaPlugin
      .create({ baseUrl }, { fetch, clock })
      .signIn({ kind: 'token', token: 'good' });
    await expect(clock.run(session.identity())).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('is no fault of the token where a list of tokens is for a password alone', async () => {
    const { fetch, requests } = createScriptedFetch(() => ({
      status: 401,
      body: { message: 'auth required' },
    }));
    const session = giteaPlugin
      .create({ baseUrl }, { fetch, clock: createFakeClock() })
      .signIn({ kind: 'token', token: 'good' });
    await expect(session.fetch()(`${session.apiUrl}/users/ada/tokens?page=1`)).rejects.toMatchObject({
      kind: 'forbidden',
      details: { status: 401, repair: { text: expect.stringContaining('password') } },
    });
    expect(requests).toHaveLength(1);
  });

  it('is told in words, where there are any', () => {
    expect(readMessage({ message: 'one', error: 'two' })).toBe('one');
    expect(readMessage({ message: '', error: 'two' })).toBe('two');
    expect(readMessage({ message: 7 })).toBeUndefined();
    expect(readMessage('text')).toBeUndefined();
  });

  it.each([
    ['required=[read:admin], token scope=public-only,write:repository', ['public-only', 'write:repository']],
    ['required=[read:admin], token scope=', []],
    ['required scope(s): [read:admin]', undefined],
  ])('names what the credential was granted: %s', (message, scopes) => {
    expect(readGrantedScopes(message)).toEqual(scopes);
  });
});
