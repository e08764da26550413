import { afterEach, describe, expect, it } from '@jest/globals';
import type { GitlabSimulator } from '@anyforge/forge-simulator';
import { createWorld, startGitlabSimulator } from '@anyforge/forge-simulator';
import { createFakeClock } from '@anyforge/provider-kit/testing';
import { gitlabPlugin } from './index.js';

const redirectUri = 'https://hub.example/callback';
const state = 'a-state-that-nobody-guesses';

const running: GitlabSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((gitlab) => gitlab.close()));
});

async function setUp(change: { readonly pathPrefix?: string; readonly confidential?: boolean } = {}) {
  const { pathPrefix = '/gitlab', confidential = true } = change;
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  world.addRepository({ owner: ada, name: 'engine', visibility: 'private' });
  const clock = createFakeClock();
  const gitlab = await startGitlabSimulator({ world, clock, profile: 'self-managed', pathPrefix });
  running.push(gitlab);
  const registered = gitlab.oauth.registerClient({
    name: 'anyforge',
    redirectUris: [redirectUri],
    scopes: ['read_api', 'read_repository'],
    confidential,
  });
  const { clientId, clientSecret } = registered;
  const application = { clientId, ...(confidential && { clientSecret }) };
  const provider = gitlabPlugin.create({ baseUrl: gitlab.webUrl, oauth: application }, { clock });
  const { oauth } = provider;
  if (oauth === undefined) throw new Error('there should be an OAuth flow');
  const signIn = async () => {
    const { url, transaction } = await oauth.start({ redirectUri, state });
    const callbackUrl = await gitlab.oauth.approve(url, { person: ada });
    return oauth.finish({ callbackUrl, redirectUri, state, transaction });
  };
  return { ada, clock, gitlab, provider, oauth, signIn };
}

describe.each([
  ['confidential', true],
  ['not confidential, which has no secret', false],
])('signing in through an application that is %s', (_, confidential) => {
  it('gives a credential that lists what the person sees, with the scopes that were granted', async () => {
    const { clock, provider, signIn } = await setUp({ confidential });
    const credential = await signIn();
    expect(credential).toMatchObject({
      refreshToken: expect.any(String),
      expiresAt: new Date(clock.now().getTime() + 7_200_000),
      scopes: ['read_api', 'read_repository'],
    });
    const session = provider.signIn(credential);
    const paths: string[] = [];
    for await (const { path } of session.repositories()) paths.push(path);
    expect(paths).toEqual(['ada/engine']);
    expect((await session.identity()).missingScopes).toEqual([]);
  });

  it('gives a pair of tokens that a renewal ends at once', async () => {
    const { oauth, provider, signIn } = await setUp({ confidential });
    const old = await signIn();
    const renewed = await oauth.refresh(old);
    await expect(provider.signIn(renewed).identity()).resolves.toMatchObject({
      account: { username: 'ada' },
    });
    await expect(provider.signIn(old).identity()).rejects.toMatchObject({ kind: 'unauthenticated' });
    await expect(oauth.refresh(old)).rejects.toMatchObject({ kind: 'grant_expired' });
  });
});

describe('signing in through GitLab', () => {
  it('sends the person to the very host, below its path', async () => {
    const { gitlab, oauth } = await setUp();
    const { url } = await oauth.start({ redirectUri, state });
    expect(url).toMatch(`${gitlab.webUrl}/oauth/authorize?`);
    const { searchParams } = new URL(url);
    expect(searchParams.get('scope')).toBe('read_api read_repository');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
  });

  it('ends one sign-in and leaves the others of the same person', async () => {
    const { oauth, provider, signIn } = await setUp();
    const [one, other] = [await signIn(), await signIn()];
    await oauth.revoke?.(one);
    await expect(provider.signIn(one).identity()).rejects.toMatchObject({ kind: 'unauthenticated' });
    await expect(provider.signIn(other).identity()).resolves.toMatchObject({ account: { username: 'ada' } });
  });

  it('works on a device', async () => {
    const { ada, clock, gitlab, oauth } = await setUp();
    const begin = await oauth.device?.start();
    const { userCode = '', transaction = '', intervalMs = 0 } = begin ?? {};
    expect(begin?.verificationUrl).toBe(`${gitlab.webUrl}/oauth/device`);
    expect(await oauth.device?.poll(transaction)).toMatchObject({ status: 'pending' });
    await gitlab.oauth.approveDevice(userCode, { person: ada });
    await clock.advance(intervalMs);
    expect(await oauth.device?.poll(transaction)).toMatchObject({
      status: 'done',
      credential: { scopes: ['read_api', 'read_repository'] },
    });
  });
});

describe('the configuration of OAuth', () => {
  it('is what gives a provider its flow', () => {
    expect(gitlabPlugin.create({ baseUrl: 'https://gitlab.com' })).not.toHaveProperty('oauth');
  });

  it.each([
    ['oauth.clientId: Give the application ID', { clientId: '' }],
    ['oauth.clientId: Give the application ID', { clientId: 'a b' }],
    ['oauth.clientSecret: Give the secret', { clientId: 'a', clientSecret: '' }],
    ['oauth.clientSecret: Give the secret', { clientId: 'a', clientSecret: 'b ' }],
    ['oauth', { clientId: 'a', key: 1 }],
  ])('is refused with the reason "%s": %j', (reason, oauth) => {
    const create = () => gitlabPlugin.create({ baseUrl: 'https://gitlab.com', oauth });
    expect(create).toThrow(expect.objectContaining({ kind: 'invalid_config' }));
    expect(create).toThrow(reason);
  });

  it('marks the secret in the form', () => {
    expect(gitlabPlugin.config.jsonSchema).toMatchObject({
      properties: { oauth: { required: ['clientId'], properties: { clientSecret: { writeOnly: true } } } },
    });
  });

  it.each(['', '/callback', 'javascript:alert(1)'])('is not explained for the redirect URI %j', (address) => {
    expect(() => gitlabPlugin.oauthHelp?.({ baseUrl: 'https://gitlab.com' }, address)).toThrow(
      expect.objectContaining({ kind: 'invalid_request' }),
    );
  });

  it('is explained with the redirect URI to copy', () => {
    const help = gitlabPlugin.oauthHelp?.({ baseUrl: 'https://acme.example/gitlab' }, redirectUri);
    expect(help?.registerUrl).toBe('https://acme.example/gitlab/-/user_settings/applications');
    expect(help?.fields).toContainEqual({ label: 'Redirect URI', value: redirectUri, copy: true });
  });
});
