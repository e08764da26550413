import { describe, expect, it } from '@jest/globals';
import { toCredentialSource } from '../credentials/credential-source.js';
import type { ErrorRow, FailedAnswer } from './profile.js';
import { bearer, failureOf, profile, setUp, token, user } from './transport.fixture.js';

describe('what an answer means', () => {
  it.each([
    [400, 'invalid_request'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [408, 'timeout'],
    [410, 'endpoint_removed'],
    [418, 'invalid_request'],
    [422, 'invalid_request'],
    [429, 'rate_limited'],
    [451, 'forbidden'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [504, 'timeout'],
    [599, 'unavailable'],
  ])('is by its status %i: %s', async (status, kind) => {
    const { transport, clock } = setUp([{ status, body: {} }], { retries: { failures: 0, limits: 0 } });
    const failure = await failureOf(clock.run(transport.fetch()(user)));
    expect(failure.kind).toBe(kind);
    expect(failure.details).toMatchObject({ provider: 'github', status });
  });

  it('is left to the caller where the profile accepts it and no row speaks of it', async () => {
    const accepting = { ...profile, accepts: ({ status }: FailedAnswer) => status === 400 };
    const message = 'You have exceeded a secondary rate limit';
    const { fetch, transport, clock } = setUp(
      [
        { status: 400, body: { error: 'invalid_grant' } },
        { status: 401 },
        { status: 403, body: { message } },
      ],
      { profile: accepting, retries: { failures: 0, limits: 0 } },
    );
    const response = await fetch(user);
    expect([response.status, await response.json()]).toEqual([400, { error: 'invalid_grant' }]);
    expect((await failureOf(fetch(user))).kind).toBe('unauthenticated');
    expect((await failureOf(clock.run(transport.fetch()(user)))).kind).toBe('rate_limited');
  });

  it('is found without reading the body where rows look at nothing but headers', async () => {
    let reads = 0;
    const readMessage = () => {
      reads += 1;
      return undefined;
    };
    const nobody: ErrorRow = {
      status: 200,
      when: ({ headers }) => !headers.has('x-user'),
      kind: 'unauthenticated',
      see: 'https://forge.example/docs',
    };
    const { fetch } = setUp([{ headers: { 'x-user': 'ada' }, body: [1] }, { body: [] }], {
      profile: { ...profile, errors: [nobody], readMessage },
    });
    const response = await fetch(user);
    expect([await response.json(), reads]).toEqual([[1], 0]);
    expect((await failureOf(fetch(user))).kind).toBe('unauthenticated');
  });

  it('is told without a status that says that all is well', async () => {
    const row = {
      status: 200,
      kind: 'unauthenticated',
      text: () => 'Nobody.',
      see: 'https://forge.example/docs',
    } as const;
    const { fetch } = setUp([{ body: [] }], { profile: { ...profile, errors: [row] } });
    expect((await failureOf(fetch(user))).message).toBe('Nobody.');
  });

  it('is told without the secrets that the caller names', async () => {
    const body = { message: 'no such code: 4f2a9b7c1d' };
    const { transport } = setUp([{ status: 400, body }]);
    const failure = await failureOf(transport.fetch({}, { secrets: ['4f2a9b7c1d'] })(user));
    expect(failure.message).toBe('GitHub did not accept the request: "no such code: REDACTED"');
  });

  it('is told in the words of the forge, with the id of the request', async () => {
    const headers = { 'x-github-request-id': 'C0DE:1' };
    const { fetch } = setUp([{ status: 404, headers, body: { message: 'Moved\n\u0007 elsewhere' } }]);
    const failure = await failureOf(fetch(user));
    expect(failure.message).toBe('GitHub has nothing there that this account may see: "Moved elsewhere"');
    expect(failure.details.requestId).toBe('C0DE:1');
  });

  it('is told without the page of HTML that a proxy answered', async () => {
    const headers = { 'content-type': 'text/html' };
    const { fetch } = setUp([{ status: 404, headers, body: '<html>nginx</html>' }]);
    expect((await failureOf(fetch(user))).message).toBe(
      'GitHub has nothing there that this account may see.',
    );
  });

  it('is told in plain text where the forge answers so, cut where it is long', async () => {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    const { fetch } = setUp([{ status: 400, headers, body: `Retry later ${'x'.repeat(1_000)}` }]);
    const { message } = await failureOf(fetch(user));
    expect(message).toContain('Retry later');
    expect(message.length).toBeLessThan(360);
  });

  describe('by a row of the forge', () => {
    const see = 'https://docs.github.com/rest';
    const rows: readonly ErrorRow[] = [
      {
        status: 403,
        header: { name: 'x-github-sso', pattern: /^required/ },
        kind: 'sso_required',
        repair: ({ headers }) => ({
          text: 'Authorize the token for single sign-on.',
          url: headers.get('x-github-sso')?.replace(/^required; url=/, ''),
        }),
        see,
      },
      { status: [403, 404], message: /oauth app access restrictions/i, kind: 'organization_restricted', see },
      { status: 200, header: { name: 'x-anonymous' }, kind: 'unauthenticated', text: () => 'nobody', see },
      { status: 403, when: ({ body }) => Array.isArray(body), kind: 'unsupported', see },
      { status: 302, header: { name: 'location', pattern: /signin/ }, kind: 'unauthenticated', see },
    ];

    it.each([
      [
        'a header',
        403,
        { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso' },
        {},
        'sso_required',
      ],
      ['a header that says something else', 403, { 'x-github-sso': 'partial-results' }, {}, 'forbidden'],
      ['its words', 404, {}, { message: 'OAuth App access restrictions' }, 'organization_restricted'],
      ['other words', 404, {}, { message: 'Not Found' }, 'not_found'],
      ['a condition', 403, {}, [], 'unsupported'],
      ['a success that is none', 200, { 'x-anonymous': '1' }, [], 'unauthenticated'],
      [
        'a redirect that is a refusal',
        302,
        { location: 'https://login.example/signin' },
        {},
        'unauthenticated',
      ],
    ])('%s', async (_, status, headers, body, kind) => {
      const { fetch } = setUp([{ status, headers, body }], { profile: { ...profile, errors: rows } });
      const failure = await failureOf(fetch(user));
      expect(failure.kind).toBe(kind);
      if (kind === 'sso_required') {
        expect(failure.details.repair?.url).toBe('https://github.com/orgs/acme/sso');
      }
    });

    it('means the same whatever the credential is', async () => {
      const source = toCredentialSource({ kind: 'token', token: 'access restrictions' });
      const message = 'OAuth App access restrictions';
      const { fetch } = setUp([{ status: 404, body: { message } }], {
        profile: { ...profile, errors: rows },
        authorization: { source, apply: bearer },
      });
      const failure = await failureOf(fetch(user));
      expect(failure.kind).toBe('organization_restricted');
      expect(failure.message).toBe(
        'The organization on GitHub does not let this sign-in in: "OAuth App REDACTED"',
      );
    });

    it('holds no credential in the texts and repairs that the row makes', async () => {
      const repeating: ErrorRow = {
        status: 403,
        kind: 'forbidden',
        text: ({ message }) => `it says ${message}`,
        repair: ({ message }) => ({ text: `Give up ${message}`, url: `https://github.com/?q=${message}` }),
        see,
      };
      const { fetch } = setUp([{ status: 403, body: { message: token } }], {
        profile: { ...profile, errors: [repeating] },
      });
      const failure = await failureOf(fetch(user));
      expect(failure.message).toBe('it says REDACTED');
      expect(failure.details.repair).toEqual({
        text: 'Give up REDACTED',
        url: 'https://github.com/?q=REDACTED',
      });
    });

    it('leaves a success alone that no row matches', async () => {
      const { fetch } = setUp([{ body: { login: 'octocat' } }], { profile: { ...profile, errors: rows } });
      expect((await fetch(user)).status).toBe(200);
    });
  });
});
