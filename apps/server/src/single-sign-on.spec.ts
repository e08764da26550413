import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ApiClient } from './testing/api-client.js';
import { providerClient, TestIdentityProvider } from './testing/identity-provider.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';
import { TestBrowser } from './testing/test-browser.js';

const publicUrl = 'http://localhost:4499';
const start = `${publicUrl}/sign-in/openid-connect`;
const isCallback = ({ href }: URL): boolean => href.startsWith(`${publicUrl}/sign-in/callback?`);
const ada = { subject: 'subject-of-ada', claims: { preferred_username: 'ada', name: 'Ada Lovelace' } };

describe('single sign-on', () => {
  let provider: TestIdentityProvider;
  let server: TestServer;

  const settingsOf = (createPeople = true) => ({
    publicUrl,
    openIdConnect: {
      issuer: provider.issuer,
      clientId: providerClient.id,
      clientSecret: providerClient.secret,
      displayName: 'Example',
      createPeople,
    },
  });
  const newBrowser = (at: TestServer = server) => new TestBrowser({ 'localhost:4499': new URL(at.url).host });
  const cookieIn = (browser: TestBrowser): string =>
    [...browser.cookiesOf('localhost:4499')].map(([name, value]) => `${name}=${value}`).join('; ');
  const whoIs = async (browser: TestBrowser): Promise<unknown> =>
    (await new ApiClient(server.url, { cookie: cookieIn(browser) }).get('/api/v1/session')).body;
  /** Why not, told at an address without a code; what was begun is kept, because it may be somebody else's answer. */
  const refusal = (response: Response) => {
    expect(response.status).toBe(303);
    expect(response.headers.getSetCookie()).toEqual([]);
    const { pathname, searchParams } = new URL(response.headers.get('location') ?? '', publicUrl);
    expect([pathname, ...searchParams.keys()]).toEqual(['/sign-in/done', 'problem']);
    return searchParams.get('problem');
  };
  const signIn = async (browser = newBrowser()) => {
    const response = await browser.open(await browser.follow(start, isCallback));
    expect(response).toMatchObject({ status: 303 });
    expect(response.headers.get('location')).toBe('/');
    return browser;
  };

  beforeAll(async () => {
    provider = await TestIdentityProvider.start(`${publicUrl}/sign-in/callback`);
    server = await startTestServer({ settings: settingsOf() });
  });
  afterAll(async () => {
    await server.close();
    await provider.close();
  });

  it('is one of the ways to sign in where the operator has set it up', async () => {
    expect((await server.api.get('/api/v1/sign-in-methods')).body).toEqual({
      password: true,
      openIdConnect: { displayName: 'Example', path: '/sign-in/openid-connect' },
    });
    const without = await startTestServer();
    try {
      expect((await without.api.get('/api/v1/sign-in-methods')).body).toMatchObject({ openIdConnect: null });
      expect(await without.api.get('/sign-in/openid-connect')).toMatchObject({ status: 404 });
    } finally {
      await without.close();
    }
  });

  it('makes whoever comes for the first time a member, and knows them again', async () => {
    provider.account = ada;
    const before = provider.userInfoRequests;
    const first = await whoIs(await signIn());
    expect(provider.userInfoRequests).toBe(before + 1);
    expect(first).toMatchObject({ person: { username: 'ada', role: 'member', via: 'session' } });
    // The provider may call them what it likes: they are who they were.
    provider.account = { ...ada, claims: { preferred_username: 'root', name: 'Root' } };
    expect(await whoIs(await signIn())).toEqual(first);
    expect(provider.userInfoRequests).toBe(before + 1);
    const { items } = z
      .object({ items: z.array(z.object({ username: z.string() }).loose()) })
      .parse((await server.api.get('/api/v1/people')).body);
    expect(items.filter(({ username }) => username !== 'root')).toMatchObject([
      { username: 'ada', displayName: 'Ada Lovelace', signsInWith: 'openid_connect', status: 'active' },
    ]);
  });

  it('is no way to the account of somebody of the same name', async () => {
    provider.account = { subject: 'another subject', claims: { preferred_username: 'root' } };
    expect(await whoIs(await signIn())).toMatchObject({ person: { username: 'root-2', role: 'member' } });
  });

  it('finds a username where the provider has none that is fit', async () => {
    provider.account = { subject: 'nameless', claims: { preferred_username: '  // ' } };
    expect(await whoIs(await signIn())).toMatchObject({ person: { username: 'person' } });
  });

  it('makes one account, however many browsers of one newcomer come at once', async () => {
    provider.account = { subject: 'hasty', claims: { preferred_username: 'hasty' } };
    const browsers = Array.from({ length: 6 }, () => newBrowser());
    const callbacks: string[] = [];
    for (const browser of browsers) callbacks.push(await browser.follow(start, isCallback));
    const responses = await Promise.all(
      browsers.map((browser, index) => browser.open(callbacks[index] ?? '')),
    );
    expect(responses.map(({ status }) => status)).toEqual(browsers.map(() => 303));
    const people = await Promise.all(browsers.map(whoIs));
    expect(new Set(people.map((person) => JSON.stringify(person))).size).toBe(1);
  });

  it('keeps what it began with sealed in the browser, for ten minutes', async () => {
    const begun = await newBrowser().open(start);
    const address = new URL(begun.headers.get('location') ?? '');
    expect(address.searchParams.get('code_challenge_method')).toBe('S256');
    expect(address.searchParams.get('redirect_uri')).toBe(`${publicUrl}/sign-in/callback`);
    const [cookie = ''] = begun.headers.getSetCookie();
    expect(cookie).toMatch(/^anyforge-sign-in=\S+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    for (const name of ['state', 'nonce']) {
      const value = address.searchParams.get(name) ?? '';
      expect(value.length).toBeGreaterThan(20);
      expect(cookie).not.toContain(value);
    }
  });

  it('is neither begun nor finished by whoever only looks at its addresses', async () => {
    provider.account = ada;
    const mine = newBrowser();
    const { pathname, search } = new URL(await mine.follow(start, isCallback));
    const api = new ApiClient(server.url, { cookie: cookieIn(mine) });
    for (const path of ['/sign-in/openid-connect', `${pathname}${search}`]) {
      const looked = await api.send('HEAD', path);
      expect([looked.status, looked.headers.getSetCookie()]).toEqual([405, []]);
    }
    expect(await api.get(`${pathname}${search}`, { origin: 'null' })).toMatchObject({ status: 303 });
  });

  it('ends in the browser that began it, once, with its own answer', async () => {
    provider.account = ada;
    const mine = newBrowser();
    const callback = await mine.follow(start, isCallback);

    const elsewhere = await newBrowser().open(callback);
    expect(refusal(elsewhere)).toBe('single_sign_on_expired');

    // Somebody else's answer, sent to a browser that has begun a sign-in of its own.
    const victim = newBrowser();
    await victim.open(start);
    expect(refusal(await victim.open(callback))).toBe('single_sign_on_failed');
    expect(await whoIs(victim)).toEqual({ person: null });
    const swapped = new URL(callback);
    swapped.searchParams.set('state', 'made-up');
    expect(refusal(await mine.open(swapped.href))).toBe('single_sign_on_failed');

    const kept = mine.cookiesOf('localhost:4499').get('anyforge-sign-in') ?? '';
    expect((await mine.open(callback)).status).toBe(303);
    expect(refusal(await mine.open(callback))).toBe('single_sign_on_expired');
    const replay = newBrowser();
    replay.cookiesOf('localhost:4499').set('anyforge-sign-in', kept);
    expect(refusal(await replay.open(callback))).toBe('single_sign_on_failed');
  });

  it('takes no code of another sign-in, not even with the right state', async () => {
    provider.account = ada;
    const attacker = newBrowser();
    const stolen = new URL(await attacker.follow(start, isCallback)).searchParams.get('code') ?? '';
    const victim = newBrowser();
    const callback = new URL(await victim.follow(start, isCallback));
    callback.searchParams.set('code', stolen);
    expect(refusal(await victim.open(callback.href))).toBe('single_sign_on_failed');
  });

  it('says so when it was cancelled', async () => {
    provider.account = undefined;
    const browser = newBrowser();
    const response = await browser.open(await browser.follow(start, isCallback));
    expect(refusal(response)).toBe('single_sign_on_failed');
  });

  it('lets nobody in who has no account where newcomers get none', async () => {
    provider.account = { subject: 'a stranger', claims: { preferred_username: 'stranger' } };
    const closed = await startTestServer({ settings: settingsOf(false) });
    try {
      const browser = newBrowser(closed);
      const response = await browser.open(await browser.follow(start, isCallback));
      expect(refusal(response)).toBe('not_allowed');
    } finally {
      await closed.close();
    }
  });

  it('says so when the provider can’t be asked', async () => {
    const gone = await TestIdentityProvider.start(`${publicUrl}/sign-in/callback`);
    await gone.close();
    const settings = settingsOf();
    const alone = await startTestServer({
      settings: { ...settings, openIdConnect: { ...settings.openIdConnect, issuer: gone.issuer } },
    });
    try {
      const response = await newBrowser(alone).open(start);
      expect(refusal(response)).toBe('single_sign_on_unavailable');
    } finally {
      await alone.close();
    }
  });

  it.each([
    'not_allowed',
    'single_sign_on_expired',
    'single_sign_on_failed',
    'single_sign_on_unavailable',
    'too_many_attempts',
  ])('tells people on a page why they are not signed in: %s', async (problem) => {
    const page = await server.api.get(`/sign-in/done?problem=${problem}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).toContain('You were not signed in.');
  });

  it('tells nothing else on that page', async () => {
    for (const query of ['', '?problem=%3Cscript%3E', '?problem=not_found', '?problem=not_allowed&code=x'])
      expect(await server.api.get(`/sign-in/done${query}`)).toMatchObject({ status: 422 });
  });

  it('leaves no code, state or secret in the log', async () => {
    provider.account = ada;
    const browser = newBrowser();
    const callback = await browser.follow(start, isCallback);
    await newBrowser().open(callback);
    await browser.open(callback);
    const { searchParams } = new URL(callback);
    const log = server.logLines.join('');
    for (const secret of [
      searchParams.get('code') ?? '',
      searchParams.get('state') ?? '',
      providerClient.secret,
    ])
      expect(log).not.toContain(secret);
    expect(log).toContain('/sign-in/callback');
  });
});
