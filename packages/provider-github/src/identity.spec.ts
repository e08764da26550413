import { describe, expect, it } from '@jest/globals';
import { toGitCredential, toIdentity } from './identity.js';

const user = { id: '1', login: 'octocat', type: 'User', name: 'The Octocat', email: null };
const identify = (headers: Record<string, string>, token = 'ghp_0') =>
  toIdentity(user, headers, { kind: 'token', token });

describe('the identity of a GitHub credential', () => {
  it('names the scopes that were granted and those that are missing', () => {
    expect(identify({ 'x-oauth-scopes': 'repo, gist' })).toMatchObject({
      scopes: ['repo', 'gist'],
      missingScopes: ['read:org', 'read:user'],
    });
  });

  it('knows which scopes include others', () => {
    expect(identify({ 'x-oauth-scopes': 'admin:org, repo, user' }).missingScopes).toEqual([]);
  });

  it('of a classic token without any scope misses all of them', () => {
    expect(identify({ 'x-oauth-scopes': '' })).toMatchObject({
      scopes: [],
      missingScopes: ['repo', 'read:org', 'read:user'],
    });
  });

  it.each(['github_pat_1', 'ghu_1'])('of a token such as %s tells no scopes: it has permissions', (token) => {
    const identity = identify({ 'x-oauth-scopes': '' }, token);
    expect(identity.scopes).toBeUndefined();
    expect(identity.missingScopes).toBeUndefined();
    expect(identify({}, token).scopes).toBeUndefined();
  });

  it.each([
    ['2027-10-07 19:07:53 UTC', '2027-10-07T19:07:53.000Z'],
    ['2027-10-07 19:07:53 +0000', '2027-10-07T19:07:53.000Z'],
    ['2027-10-07 19:07:53 -0700', '2027-10-08T02:07:53.000Z'],
    ['2027-10-07T19:07:53Z', '2027-10-07T19:07:53.000Z'],
  ])('expires at %s', (header, expected) => {
    const { expiresAt } = identify({ 'github-authentication-token-expiration': header });
    expect(expiresAt?.toISOString()).toBe(expected);
  });

  it.each(['', 'tomorrow', '2027-99-07 19:07:53 UTC'])('has no expiry when GitHub says %j', (header) => {
    expect(identify({ 'github-authentication-token-expiration': header }).expiresAt).toBeUndefined();
  });

  it('is a bot where GitHub says so', () => {
    const bot = toIdentity({ ...user, type: 'Bot' }, {}, { kind: 'token', token: 'x' });
    expect(bot.account.kind).toBe('bot');
  });
});

describe('the credential for git', () => {
  it('goes with the user name that GitHub takes for any token', () => {
    expect(toGitCredential({ kind: 'token', token: 't', username: 'octocat' })).toEqual({
      kind: 'basic',
      username: 'x-access-token',
      password: 't',
    });
  });

  it('tells when an OAuth token expires', () => {
    const expiresAt = new Date('2026-12-01T00:00:00Z');
    expect(toGitCredential({ kind: 'oauth', accessToken: 't', expiresAt })).toMatchObject({ expiresAt });
  });
});
