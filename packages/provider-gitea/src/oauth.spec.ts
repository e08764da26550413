import { describe, expect, it } from '@jest/globals';
import type { OAuthCredential, OAuthFlow } from '@anyforge/core';
import { createScriptedFetch } from '@anyforge/provider-kit/testing';
import { giteaPlugin } from './index.js';

const baseUrl = 'https://acme.example/gitea';
const redirectUri = 'https://hub.example/callback';
const state = 'a-state-that-nobody-guesses';
const old: OAuthCredential = { kind: 'oauth', accessToken: 'a1', refreshToken: 'r1' };

function setUp(answer: { readonly status?: number; readonly body: unknown }, clientSecret?: string) {
  const { fetch, requests } = createScriptedFetch(() => answer);
  const { oauth } = giteaPlugin.create({ baseUrl, oauth: { clientId: 'c1', clientSecret } }, { fetch });
  if (oauth === undefined) throw new Error('there should be an OAuth flow');
  return { oauth, requests };
}

async function finish(oauth: OAuthFlow, parameters = `code=gta_1&state=${state}`): Promise<OAuthCredential> {
  const { transaction } = await oauth.start({ redirectUri, state });
  return oauth.finish({ callbackUrl: `${redirectUri}?${parameters}`, redirectUri, state, transaction });
}

const refused = (error: string, description: string) => ({
  status: 400,
  body: { error, error_description: description },
});
const tokens = { access_token: 'a2', token_type: 'bearer', expires_in: 3600, refresh_token: 'r2' };

describe('signing in through Gitea', () => {
  it('sends the person to the very host, below its path, with the scopes that are needed', async () => {
    const { oauth, requests } = setUp({ body: tokens });
    const { url } = await oauth.start({ redirectUri, state });
    expect(url).toMatch(`${baseUrl}/login/oauth/authorize?`);
    const { searchParams } = new URL(url);
    expect(searchParams.get('scope')).toBe('read:user read:organization read:repository');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(requests).toEqual([]);
  });

  it.each([undefined, 'gto_secret'])('takes the code to the very host (secret: %s)', async (clientSecret) => {
    const { oauth, requests } = setUp({ body: tokens }, clientSecret);
    expect(await finish(oauth)).toMatchObject({ accessToken: 'a2', refreshToken: 'r2' });
    expect(requests.map(({ url }) => url)).toEqual([`${baseUrl}/login/oauth/access_token`]);
  });

  it('claims no scopes: an earlier consent keeps those that it was given for', async () => {
    expect((await finish(setUp({ body: tokens }).oauth)).scopes).toBeUndefined();
    const told = { ...tokens, scope: 'read:user read:repository' };
    expect((await finish(setUp({ body: told }).oauth)).scopes).toEqual(['read:user', 'read:repository']);
  });

  it.each([
    ['access_denied', 'error=access_denied&error_description=the+request+is+denied', /allow/],
    [
      'access_denied',
      'error=server_error&error_description=a+grant+exists+with+different+scope',
      /Revoke it in Gitea/,
    ],
    ['unavailable', 'error=server_error&error_description=A+server+error+occurred', /later/],
  ] as const)('is %s for a person who comes back with %s', async (kind, parameters, repair) => {
    await expect(finish(setUp({ body: tokens }).oauth, `${parameters}&state=${state}`)).rejects.toMatchObject(
      {
        kind,
        details: { repair: { text: expect.stringMatching(repair) } },
      },
    );
  });

  it.each([
    ['client_rejected', 'unauthorized_client', 'invalid client secret'],
    ['client_rejected', 'invalid_client', "cannot load client with client id: 'c1'"],
    ['redirect_rejected', 'unauthorized_client', 'unexpected redirect URI'],
    ['redirect_rejected', 'unauthorized_client', 'redirect_uri does not match the authorization request'],
    ['redirect_rejected', 'invalid_grant', 'redirect_uri differs from the original authorization request'],
    ['grant_expired', 'unauthorized_client', 'client is not authorized'],
    ['grant_expired', 'unauthorized_client', 'failed PKCE code challenge'],
    ['grant_expired', 'invalid_grant', 'authorization code expired'],
  ] as const)('is %s where a code is refused as %s: %s', async (kind, error, description) => {
    await expect(finish(setUp(refused(error, description)).oauth)).rejects.toMatchObject({ kind });
  });
});

describe('a renewal', () => {
  it.each([
    ['grant_expired', 'unauthorized_client', 'unable to parse refresh token'],
    ['grant_expired', 'unauthorized_client', 'token was already used'],
    ['grant_expired', 'invalid_grant', 'grant does not exist'],
    ['client_rejected', 'invalid_client', 'invalid client secret'],
  ] as const)('is %s where it is refused as %s: %s', async (kind, error, description) => {
    await expect(setUp(refused(error, description)).oauth.refresh(old)).rejects.toMatchObject({ kind });
  });
});

describe('the application', () => {
  it.each([
    ['accepted', 'unauthorized_client', 'unable to parse refresh token'],
    ['rejected', 'invalid_client', 'invalid client secret'],
    ['rejected', 'unauthorized_client', 'invalid client secret'],
  ] as const)('is %s, by a refusal of %s: %s', async (verdict, error, description) => {
    expect(await setUp(refused(error, description)).oauth.checkClient?.()).toBe(verdict);
  });

  it('is registered on the very host', () => {
    const help = giteaPlugin.oauthHelp?.({ baseUrl }, redirectUri);
    expect(help?.registerUrl).toBe(`${baseUrl}/user/settings/applications`);
    expect(help?.fields).toContainEqual({ label: 'Redirect URIs', value: redirectUri, copy: true });
    expect(() => giteaPlugin.oauthHelp?.({ baseUrl }, 'nowhere')).toThrow(
      expect.objectContaining({ kind: 'invalid_request' }),
    );
  });
});
