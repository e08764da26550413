import { describe, expect, it } from '@jest/globals';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { gitlabPlugin } from './index.js';
import { readMessage } from './errors.js';

const baseUrl = 'https://git.acme.example/gitlab';

function setUp(answer: {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}) {
  const clock = createFakeClock();
  const { fetch } = createScriptedFetch(() => answer);
  const session = gitlabPlugin
    .create({ baseUrl }, { fetch, clock })
    .signIn({ kind: 'token', token: 'glpat-1' });
  return { clock, session };
}

describe('what GitLab refuses', () => {
  it.each([
    ['unauthenticated', 401, { message: '401 Unauthorized' }, /neither expired nor been revoked/],
    [
      'unauthenticated',
      401,
      {
        error: 'invalid_token',
        error_description: 'Token was revoked. You have to re-authorize from the user.',
      },
      /Sign in again/,
    ],
    [
      'insufficient_scope',
      403,
      { error: 'insufficient_scope', error_description: 'More is needed.', scope: 'api read_api' },
      /the scope api or read_api/,
    ],
    [
      'insufficient_scope',
      403,
      { error: 'insufficient_granular_scope', error_description: 'Project: Read is needed.' },
      /permissions that it lacks/,
    ],
    [
      'forbidden',
      403,
      {
        message:
          '403 Forbidden - You (@ada) must accept the Terms of Service in order to perform this action.',
      },
      /accept them/,
    ],
    ['forbidden', 403, { message: '403 Forbidden - Your account has been blocked.' }, /unblock/],
    ['forbidden', 403, { message: '403 Forbidden - Your password expired.' }, /it says there what to do/],
    ['not_found', 404, { message: '404 User Not Found' }, /Check the spelling/],
    ['invalid_response', 404, '<html>Not here</html>', /path prefix/],
    [
      'invalid_request',
      405,
      { error: 'Offset pagination has a maximum allowed offset of 50000 for requests' },
      undefined,
    ],
    ['invalid_request', 400, { message: { name: ['is too long', 'is taken'] } }, undefined],
  ] as const)('is %s for a %d with %j', async (kind, status, body, repair) => {
    const { session } = setUp({ status, body });
    const error: unknown = await session.identity().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind, details: { provider: 'gitlab', status } });
    if (repair) expect(error).toMatchObject({ details: { repair: { text: expect.stringMatching(repair) } } });
  });

  it('is told in words, whatever form they come in', () => {
    expect(readMessage({ message: ['one', 'two'] })).toBe('one, two');
    expect(readMessage({ message: { name: ['is too long', 'is taken'], path: 'is odd' } })).toBe(
      'name: is too long, is taken; path: is odd',
    );
    expect(readMessage({ error: 'invalid_token', error_description: 'Token is expired.' })).toBe(
      'Token is expired.',
    );
    expect(readMessage({ error: '404 Not Found' })).toBe('404 Not Found');
    expect(readMessage({ message: 7, error: 'short' })).toBe('short');
    expect(readMessage('text')).toBeUndefined();
  });

  it.each([
    ['the header of the refusal', { 'retry-after': '30' }, 30_000],
    [
      'the reset of the limit',
      { 'ratelimit-limit': '10', 'ratelimit-remaining': '0', 'ratelimit-reset': 'SOON' },
      45_000,
    ],
    ['nothing', {}, 60_000],
  ])('waits for a limit as long as it is told by %s', async (_, headers: Record<string, string>, ms) => {
    const clock = createFakeClock();
    const soon = String(Math.floor(clock.now().getTime() / 1_000) + 45);
    const told = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === 'SOON' ? soon : value]),
    );
    const answers = [
      { status: 429, headers: { ...told, 'content-type': 'text/plain' }, body: 'Retry later\n' },
    ];
    const { fetch } = createScriptedFetch(() => answers.shift() ?? { body: { id: 1, username: 'ada' } });
    const session = gitlabPlugin.create({ baseUrl }, { fetch, clock }).signIn({ kind: 'token', token: 't' });
    const waits: number[] = [];
    const identity = session.identity({
      onEvent: (event) => {
        if (event.kind === 'waiting') waits.push(event.until.getTime() - clock.now().getTime());
      },
    });
    await clock.run(identity);
    expect(waits).toEqual([ms]);
  });
});
