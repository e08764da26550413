import { describe, expect, it } from '@jest/globals';
import type { ScriptedAnswer } from '@anyforge/provider-kit/testing';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { bitbucketDataCenterPlugin } from '../index.js';

const webUrl = 'https://git.example.com/bitbucket';
const bitbucket = { 'x-arequestid': '@1ABC' };
const ada = { ...bitbucket, 'x-ausername': 'ada', 'x-auserid': '7' };

const refusal = (exceptionName: string | null, message = 'No.') => ({
  errors: [{ context: null, message, exceptionName }],
});

async function failure(answer: ScriptedAnswer) {
  const { fetch } = createScriptedFetch(() => answer);
  const clock = createFakeClock();
  const provider = bitbucketDataCenterPlugin.create({ baseUrl: webUrl }, { fetch, clock });
  const session = provider.signIn({ kind: 'token', token: 'BBDC-secret' });
  return clock.run(
    session.identity().then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
}

describe('an answer of Bitbucket', () => {
  it.each([
    [
      'a 401 to somebody whom it knows',
      { status: 401, headers: ada, body: refusal('com.atlassian.bitbucket.AuthorisationException') },
      'forbidden',
    ],
    ['a 401 to somebody whom it knows, without a reason', { status: 401, headers: ada }, 'forbidden'],
    [
      'the same 401 to nobody',
      { status: 401, headers: bitbucket, body: refusal('com.atlassian.bitbucket.AuthorisationException') },
      'unauthenticated',
    ],
    ['a 401 from something before it', { status: 401 }, 'unauthenticated'],
    [
      'a 401 to somebody without a licence',
      {
        status: 401,
        headers: ada,
        body: refusal('com.atlassian.bitbucket.auth.NoAccessAuthenticationException'),
      },
      'forbidden',
    ],
    ['a 403', { status: 403, headers: ada, body: refusal(null) }, 'forbidden'],
    ['a 200 to nobody', { headers: bitbucket, body: { version: '9.4.1' } }, 'unauthenticated'],
    [
      'a 200 to somebody anonymous',
      { headers: { ...bitbucket, 'x-ausername': 'anonymous' }, body: {} },
      'unauthenticated',
    ],
    ['a 404 to nobody', { status: 404, headers: bitbucket, body: refusal(null) }, 'unauthenticated'],
    ['a 404 to somebody', { status: 404, headers: ada, body: refusal(null) }, 'not_found'],
    [
      'a 404 for want of a resource',
      { status: 404, headers: ada, body: { message: 'HTTP 404 Not Found', 'status-code': 404 } },
      'unsupported',
    ],
    ['a 404 from something else', { status: 404, body: 'nothing here' }, 'invalid_response'],
    [
      'a page for people with a 200',
      { headers: { 'content-type': 'text/html' }, body: '<html>' },
      'invalid_response',
    ],
    ['a 429', { status: 429, headers: { ...ada, 'retry-after': '3600' } }, 'rate_limited'],
    ['a 503', { status: 503, headers: bitbucket }, 'unavailable'],
  ] as const)('that is %s means %p: %s', async (_words, answer, kind) => {
    expect(await failure(answer)).toMatchObject({ kind });
  });

  it('that is a file is for whoever asks for it', async () => {
    const { fetch } = createScriptedFetch(() => ({
      headers: { ...ada, 'content-type': 'text/plain' },
      body: 'as it is',
    }));
    const provider = bitbucketDataCenterPlugin.create(
      { baseUrl: webUrl },
      { fetch, clock: createFakeClock() },
    );
    const session = provider.signIn({ kind: 'token', token: 'BBDC-secret' });
    const response = await session.fetch()(`${session.apiUrl}/projects/ACME/repos/api/raw/README`);
    expect(await response.text()).toBe('as it is');
  });

  it('of something else names the address that was configured', async () => {
    expect(await failure({ status: 404, body: 'nothing here' })).toMatchObject({
      message: `${webUrl} does not answer as Bitbucket's API does.`,
    });
  });

  it('to nobody says what is wrong, and not that it was good', async () => {
    expect(await failure({ headers: bitbucket, body: { version: '9.4.1' } })).toMatchObject({
      message: 'Bitbucket did not accept the sign-in, and answers as to somebody unknown.',
    });
  });

  it('that asks for a captcha says where it can be solved', async () => {
    const headers = {
      ...bitbucket,
      'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=http://evil',
    };
    expect(await failure({ status: 403, headers, body: refusal(null) })).toMatchObject({
      kind: 'unauthenticated',
      details: { repair: { url: `${webUrl}/login` } },
    });
  });

  it('is told in its own words, with the id of the request', async () => {
    const body = { errors: [{ message: 'First.' }, { message: 'Second.' }, {}] };
    expect(await failure({ status: 403, headers: ada, body })).toMatchObject({
      message: 'Bitbucket did not allow this: "First. Second."',
      details: { requestId: '@1ABC', provider: 'bitbucket-data-center' },
    });
  });
});
