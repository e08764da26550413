import { afterEach, describe, expect, it } from '@jest/globals';
import type { OAuthFlow } from '@anyforge/core';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { createWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { createFakeClock } from '@anyforge/provider-kit/testing';
import { githubPlugin } from './index.js';

const redirectUri = 'https://hub.example/callback';
const state = 'a-state-that-nobody-guesses';

const running: GithubSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((github) => github.close()));
});

async function setUp(
  kind: 'oauth-app' | 'github-app',
  profile: 'cloud' | 'enterprise-server' = 'cloud',
  change: { readonly clientSecret?: string; readonly deviceFlow?: boolean } = {},
) {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  world.addRepository({ owner: ada, name: 'engine', visibility: 'private' });
  const clock = createFakeClock();
  const github = await startGithubSimulator({ world, profile, clock });
  running.push(github);
  const { deviceFlow = true } = change;
  const application = github.oauth.registerClient({
    name: 'anyforge',
    redirectUris: [redirectUri],
    kind,
    deviceFlow,
  });
  if (kind === 'github-app') github.installations.add({ application: application.name, account: ada });
  const { clientId, clientSecret } = { ...application, ...change };
  const { webUrl: baseUrl, apiUrl } = github;
  const provider = githubPlugin.create({ baseUrl, apiUrl, oauth: { clientId, clientSecret } }, { clock });
  const { oauth } = provider;
  if (oauth === undefined) throw new Error('there should be an OAuth flow');
  const signIn = async (flow: OAuthFlow = oauth) => {
    const { url, transaction } = await flow.start({ redirectUri, state });
    const callbackUrl = await github.oauth.approve(url, { person: ada });
    return flow.finish({ callbackUrl, redirectUri, state, transaction });
  };
  return { ada, clock, github, provider, oauth, signIn };
}

describe.each(['cloud', 'enterprise-server'] as const)('signing in through an OAuth App (%s)', (profile) => {
  it('gives a credential that lists what the person sees, with the scopes that were granted', async () => {
    const { provider, signIn } = await setUp('oauth-app', profile);
    const credential = await signIn();
    expect(credential).toMatchObject({
      accessToken: expect.stringMatching(/^gho_/),
      refreshToken: undefined,
      expiresAt: undefined,
      scopes: ['repo', 'read:org', 'read:user'],
    });
    const session = provider.signIn(credential);
    const paths: string[] = [];
    for await (const { path } of session.repositories()) paths.push(path);
    expect(paths).toEqual(['ada/engine']);
    expect((await session.identity()).missingScopes).toEqual([]);
  });

  it('ends one sign-in and leaves the others of the same person', async () => {
    const { provider, oauth, signIn } = await setUp('oauth-app', profile);
    const one = await signIn();
    const other = await signIn();
    await oauth.revoke?.(one);
    await expect(provider.signIn(one).identity()).rejects.toMatchObject({ kind: 'unauthenticated' });
    await expect(provider.signIn(other).identity()).resolves.toMatchObject({ account: { username: 'ada' } });
    await expect(oauth.revoke?.(one)).resolves.toBeUndefined();
  });

  it('knows whether its client is accepted', async () => {
    const { oauth } = await setUp('oauth-app', profile);
    expect(await oauth.checkClient?.()).toBe('accepted');
    const { oauth: wrong, signIn } = await setUp('oauth-app', profile, { clientSecret: 'another-secret' });
    expect(await wrong.checkClient?.()).toBe('rejected');
    await expect(signIn()).rejects.toMatchObject({ kind: 'client_rejected', details: { status: 200 } });
    await expect(wrong.revoke?.({ kind: 'oauth', accessToken: 'gho_1' })).rejects.toMatchObject({
      kind: 'client_rejected',
    });
  });
});

describe('signing in through GitHub', () => {
  it('sends the person to the very host, and lets them choose the account where asked', async () => {
    const { github, oauth } = await setUp('oauth-app', 'enterprise-server');
    const { url } = await oauth.start({ redirectUri, state, selectAccount: true });
    expect(url).toMatch(`${github.webUrl}/login/oauth/authorize?`);
    const { searchParams } = new URL(url);
    expect(searchParams.get('scope')).toBe('repo read:org read:user');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('prompt')).toBe('select_account');
  });

  it('says so when the person refuses', async () => {
    const { github, oauth, ada } = await setUp('oauth-app');
    const { url, transaction } = await oauth.start({ redirectUri, state });
    const callbackUrl = await github.oauth.approve(url, { person: ada, deny: true });
    await expect(oauth.finish({ callbackUrl, redirectUri, state, transaction })).rejects.toMatchObject({
      kind: 'access_denied',
    });
  });

  it('names the callback URL that the application does not have', async () => {
    const { github, oauth, ada } = await setUp('oauth-app');
    const other = 'https://hub.example/another';
    const { url, transaction } = await oauth.start({ redirectUri: other, state });
    const callbackUrl = await github.oauth.approve(url, { person: ada });
    const finished = oauth.finish({ callbackUrl, redirectUri: other, state, transaction });
    await expect(finished).rejects.toMatchObject({
      kind: 'redirect_rejected',
      details: { repair: { text: expect.stringContaining(other) } },
    });
  });

  it('takes no code twice', async () => {
    const { github, oauth, ada } = await setUp('oauth-app');
    const { url, transaction } = await oauth.start({ redirectUri, state });
    const response = {
      callbackUrl: await github.oauth.approve(url, { person: ada }),
      redirectUri,
      state,
      transaction,
    };
    await oauth.finish(response);
    await expect(oauth.finish(response)).rejects.toMatchObject({ kind: 'grant_expired' });
  });

  it('through a GitHub App asks for no scopes, and gives a pair that is renewed and expires', async () => {
    const { clock, oauth, provider, signIn } = await setUp('github-app');
    const { url } = await oauth.start({ redirectUri, state });
    expect(new URL(url).searchParams.has('scope')).toBe(false);
    const credential = await signIn();
    const inSeconds = (seconds: number) => new Date(clock.now().getTime() + seconds * 1_000);
    expect(credential).toMatchObject({
      accessToken: expect.stringMatching(/^ghu_/),
      refreshToken: expect.stringMatching(/^ghr_/),
      expiresAt: inSeconds(28_800),
      refreshTokenExpiresAt: inSeconds(15_897_600),
      scopes: undefined,
    });
    const renewed = await oauth.refresh(credential);
    expect(renewed.accessToken).not.toBe(credential.accessToken);
    await expect(provider.signIn(renewed).identity()).resolves.toMatchObject({
      account: { username: 'ada' },
    });
    await expect(provider.signIn(credential).identity()).rejects.toMatchObject({ kind: 'unauthenticated' });
    await expect(oauth.refresh(credential)).rejects.toMatchObject({ kind: 'grant_expired' });
  });

  it('works on a device, poll by poll', async () => {
    const { ada, clock, github, oauth } = await setUp('oauth-app');
    const begin = await oauth.device?.start();
    const { userCode = '', transaction = '', intervalMs = 0 } = begin ?? {};
    expect(begin?.verificationUrl).toBe(`${github.webUrl}/login/device`);
    expect(await oauth.device?.poll(transaction)).toEqual({ status: 'pending', intervalMs });
    expect(await oauth.device?.poll(transaction)).toEqual({
      status: 'pending',
      intervalMs: intervalMs + 5_000,
    });
    await github.oauth.approveDevice(userCode, { person: ada });
    await clock.advance(intervalMs + 5_000);
    expect(await oauth.device?.poll(transaction)).toMatchObject({
      status: 'done',
      credential: { accessToken: expect.stringMatching(/^gho_/), scopes: ['repo', 'read:org', 'read:user'] },
    });
  });

  it('tells what to turn on where the application has no device flow', async () => {
    const { oauth } = await setUp('oauth-app', 'cloud', { deviceFlow: false });
    await expect(oauth.device?.start()).rejects.toMatchObject({
      kind: 'unsupported',
      details: { repair: { text: expect.stringContaining('device flow') } },
    });
  });
});

describe('the issuer in a callback', () => {
  it.each([
    ['https://github.com', 'https://github.com/login/oauth', 'taken'],
    ['https://github.com', undefined, 'taken'],
    ['https://github.com', 'https://github.com', 'refused'],
    ['https://github.com', 'https://evil.example', 'refused'],
    ['https://acme.ghe.com', 'https://github.com/login/oauth', 'taken'],
    ['https://git.acme.example', 'http://localhost/login/oauth', 'taken'],
  ])('of %s is %s: %s', async (baseUrl, iss, outcome) => {
    const exchanged: string[] = [];
    const fetch: typeof globalThis.fetch = (input) => {
      exchanged.push(new Request(input).url);
      return Promise.resolve(Response.json({ access_token: 'gho_1', token_type: 'bearer', scope: 'repo' }));
    };
    const application = { clientId: 'Ov23li', clientSecret: 'a-secret' };
    const { oauth } = githubPlugin.create({ baseUrl, oauth: application }, { fetch });
    const begun = await oauth?.start({ redirectUri, state });
    const parameters = new URLSearchParams({ code: 'a-code', state, ...(iss !== undefined && { iss }) });
    const finished = oauth?.finish({
      callbackUrl: `${redirectUri}?${parameters.toString()}`,
      redirectUri,
      state,
      transaction: begun?.transaction ?? '',
    });
    if (outcome === 'taken') await expect(finished).resolves.toMatchObject({ accessToken: 'gho_1' });
    else await expect(finished).rejects.toMatchObject({ kind: 'invalid_response' });
    expect(exchanged).toEqual(outcome === 'taken' ? [`${baseUrl}/login/oauth/access_token`] : []);
  });
});

describe('an application without its secret', () => {
  it('signs a device in, and offers nothing that GitHub wants the secret for', () => {
    const oauth = { clientId: 'Ov23li' };
    const flow = githubPlugin.create({ baseUrl: 'https://github.com', oauth }).oauth;
    expect(flow).toHaveProperty('device');
    expect(flow).not.toHaveProperty('revoke');
    expect(flow).not.toHaveProperty('checkClient');
  });
});

describe('the configuration of OAuth', () => {
  it('is what gives a provider its flow', () => {
    expect(githubPlugin.create({ baseUrl: 'https://github.com' })).not.toHaveProperty('oauth');
  });

  it.each([
    { clientId: '' },
    { clientId: 'a b' },
    { clientId: 'a', clientSecret: '' },
    { clientId: 'a', key: 1 },
  ])('is refused as %j', (oauth) => {
    expect(() => githubPlugin.create({ baseUrl: 'https://github.com', oauth })).toThrow(
      expect.objectContaining({ kind: 'invalid_config' }),
    );
  });

  it('marks the secret in the form', () => {
    expect(githubPlugin.config.jsonSchema).toMatchObject({
      properties: { oauth: { properties: { clientSecret: { writeOnly: true } } } },
    });
  });

  it.each(['', '/callback', 'javascript:alert(1)'])(
    'is not explained for the callback URL %j',
    (callback) => {
      expect(() => githubPlugin.oauthHelp?.({ baseUrl: 'https://github.com' }, callback)).toThrow(
        expect.objectContaining({ kind: 'invalid_request' }),
      );
    },
  );

  it('is explained with the callback URL to copy', () => {
    const help = githubPlugin.oauthHelp?.({ baseUrl: 'https://git.acme.example/' }, redirectUri);
    expect(help?.registerUrl).toBe('https://git.acme.example/settings/applications/new');
    expect(help?.fields).toContainEqual({
      label: 'Authorization callback URL',
      value: redirectUri,
      copy: true,
    });
  });
});
