import { describe, expect, it } from '@jest/globals';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { githubPlugin } from './index.js';

/** Signs in and asks for the identity; GitHub answers everything with `answer`. */
async function refusal(answer: {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}) {
  const clock = createFakeClock();
  const { fetch, requests } = createScriptedFetch(() => ({
    ...answer,
    headers: { 'x-github-request-id': 'A1:B2', ...answer.headers },
  }));
  const github = githubPlugin.create({ baseUrl: 'https://github.com' }, { fetch, clock });
  const session = github.signIn({ kind: 'token', token: 'ghp_secret' });
  const failed = clock.run(session.identity({ maxWaitMs: 60_000 }));
  return { error: await failed.catch((error: unknown) => error), requests };
}

const documentation_url = 'https://docs.github.com/rest';

describe('what GitHub refuses', () => {
  it.each([
    {
      words: 'Bad credentials',
      status: 401,
      kind: 'unauthenticated',
      repair: { text: 'Sign in again, or enter a token that has neither expired nor been revoked.' },
    },
    {
      words: 'API rate limit exceeded for user ID 1.',
      status: 403,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '1900000000',
        'x-ratelimit-limit': '5000',
      },
      kind: 'rate_limited',
    },
    {
      words: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      status: 403,
      headers: { 'retry-after': '120', 'x-ratelimit-remaining': '4000' },
      kind: 'rate_limited',
    },
    {
      words:
        'Resource protected by organization SAML enforcement. You must grant your Personal Access token access.',
      status: 403,
      headers: { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=A1' },
      kind: 'sso_required',
      repair: {
        text: 'Authorize this sign-in or token for it on GitHub, then try again.',
        url: 'https://github.com/orgs/acme/sso?authorization_request=A1',
      },
    },
    {
      words: 'Resource protected by organization SAML enforcement.',
      status: 403,
      headers: { 'x-github-sso': 'required; url=https://evil.example/sso' },
      kind: 'sso_required',
      repair: { text: 'Authorize this sign-in or token for it on GitHub, then try again.' },
    },
    {
      words:
        'Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited.',
      status: 403,
      kind: 'organization_restricted',
    },
    {
      words: '`acme` forbids access via a personal access token (classic). Please use a GitHub App.',
      status: 403,
      kind: 'organization_restricted',
    },
    {
      words:
        "`acme` forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days.",
      status: 403,
      kind: 'organization_restricted',
    },
    {
      words:
        'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
      status: 403,
      kind: 'organization_restricted',
    },
    {
      words: 'Resource not accessible by personal access token',
      status: 403,
      headers: { 'x-accepted-github-permissions': 'members=read' },
      kind: 'insufficient_scope',
      repair: { text: 'Sign in with a token that has the permission members=read.' },
    },
    {
      words: 'Resource not accessible by integration',
      status: 403,
      headers: { 'x-accepted-github-permissions': 'pull_requests=read,contents=read; issues=read' },
      kind: 'insufficient_scope',
      repair: {
        text: 'Sign in with a token that has the permission pull_requests=read and contents=read, or issues=read.',
      },
    },
    {
      words: 'You need at least read:org scope to list your organizations',
      status: 403,
      headers: { 'x-accepted-oauth-scopes': 'read:org, user' },
      kind: 'insufficient_scope',
      repair: { text: 'Sign in with a token that has the scope read:org or user.' },
    },
    { words: 'Must have push access to view repository collaborators.', status: 403, kind: 'forbidden' },
    { words: 'Sorry. Your account was suspended', status: 403, kind: 'forbidden' },
    { words: 'Not Found', status: 404, kind: 'not_found' },
    { words: 'This endpoint has been removed.', status: 410, kind: 'endpoint_removed' },
    { words: 'Validation Failed', status: 422, kind: 'invalid_request' },
  ])('as "$words" is $kind', async ({ words, status, headers = {}, kind, repair }) => {
    const { error } = await refusal({ status, headers, body: { message: words, documentation_url } });
    expect(error).toMatchObject({ kind, details: { provider: 'github', status, requestId: 'A1:B2' } });
    if (repair !== undefined) expect(error).toMatchObject({ details: { repair } });
    expect(JSON.stringify(error)).not.toContain('evil.example');
  });

  it.each([
    [
      { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=A1' },
      'Resource protected by organization SAML enforcement.',
      'The organization acme asks for its single sign-on first.',
    ],
    [
      {},
      'Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions.',
      'The organization acme has not approved this application.',
    ],
    [
      {},
      'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and 203.0.113.7 is not permitted to access this resource.',
      "The organization acme lets in certain network addresses only, and this server's, 203.0.113.7, is none of them.",
    ],
    [{}, 'Bad news from IP allow list', 'An organization lets in certain network addresses only'],
  ])(
    'names the organization that keeps people out, where GitHub does: %j %s',
    async (headers, words, told) => {
      const { error } = await refusal({ status: 403, headers, body: { message: words, documentation_url } });
      expect(error).toMatchObject({ message: expect.stringContaining(told) });
    },
  );

  it('for another reason is told by that reason, even as the last request of the hour', async () => {
    const { error } = await refusal({
      status: 403,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': '1900000000',
        'x-github-sso': 'required; url=https://github.com/orgs/acme/sso',
      },
      body: { message: 'Resource protected by organization SAML enforcement.' },
    });
    expect(error).toMatchObject({ kind: 'sso_required' });
  });

  it('without the marks of GitHub is the answer of something else', async () => {
    const clock = createFakeClock();
    const { fetch } = createScriptedFetch(() => ({ status: 404, body: 'Not here' }));
    const github = githubPlugin.create({ baseUrl: 'https://git.acme.example' }, { fetch, clock });
    await expect(github.signIn({ kind: 'token', token: 'ghp_0' }).identity()).rejects.toMatchObject({
      kind: 'invalid_response',
      details: { repair: { text: expect.stringContaining('https://git.acme.example') } },
    });
  });

  it('with a secondary limit is told with the time from which it lets through again', async () => {
    const { error } = await refusal({
      status: 403,
      headers: { 'retry-after': '120' },
      body: { message: 'You have exceeded a secondary rate limit.' },
    });
    expect(error).toMatchObject({ details: { retryAt: new Date('2026-11-20T12:02:00Z') } });
  });

  it('with a passing failure is asked for again, then told as unavailable', async () => {
    const { error, requests } = await refusal({ status: 502, body: '<html>Unicorn!</html>' });
    expect(error).toMatchObject({ kind: 'unavailable' });
    expect(requests).toHaveLength(4);
  });

  it('as a page of HTML with a 200 is no answer', async () => {
    const { error } = await refusal({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<html>',
    });
    expect(error).toMatchObject({ kind: 'invalid_response' });
  });
});
