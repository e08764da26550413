import { describe, expect, it } from '@jest/globals';
import type { GitSession } from '@anyforge/core';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { giteaPlugin } from './index.js';

const baseUrl = 'https://git.acme.example/gitea';
const user = { id: 2, login: 'ada', full_name: 'Ada Lovelace', email: 'ada@acme.example' };

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Answers by path, and everything else with a 200 and nothing in it. */
function setUp(answers: Readonly<Record<string, Answer>>) {
  const { fetch, requests } = createScriptedFetch(({ url }) => {
    const path = new URL(url).pathname.replace('/gitea/api/v1', '');
    const standard: Readonly<Record<string, Answer>> = {
      '/user': { body: user },
      '/settings/api': { body: { max_response_items: 50 } },
      '/user/orgs': { headers: { 'x-total-count': '1' }, body: [{ id: 50, name: 'acme' }] },
    };
    return answers[path] ?? standard[path] ?? { body: [] };
  });
  const session = giteaPlugin
    .create({ baseUrl }, { fetch, clock: createFakeClock() })
    .signIn({ kind: 'token', token: 'secret' });
  const asked = () => requests.map(({ url }) => new URL(url).pathname.replace('/gitea/api/v1', ''));
  return { session, asked };
}

const lacking = (required: string, granted?: string): Answer => ({
  status: 403,
  body: {
    message:
      granted === undefined
        ? `token does not have at least one of required scope(s): [${required}]`
        : `token does not have at least one of required scope(s), required=[${required}], token scope=${granted}`,
  },
});

const firstPage = (pages: AsyncIterable<unknown>) => pages[Symbol.asyncIterator]().next();

const questions: readonly (readonly [name: string, ask: (session: GitSession) => Promise<unknown>])[] = [
  ['identity', (session) => session.identity()],
  ['repositories', (session) => firstPage(session.repositories().pages())],
  ['organizations', (session) => firstPage(session.organizations().pages())],
];

describe('what a credential may do', () => {
  it('is read from what it is refused', async () => {
    const { session, asked } = setUp({
      '/notifications/new': lacking('read:notification', 'write:repository,read:user'),
    });
    expect(await session.identity()).toEqual({
      account: { id: '2', username: 'ada', kind: 'user', displayName: 'Ada Lovelace' },
      email: 'ada@acme.example',
      scopes: ['write:repository', 'read:user'],
      missingScopes: ['read:organization'],
    });
    expect(asked()).toEqual(['/user', '/version', '/notifications/new']);
  });

  it('is read from another refusal where the first question is answered', async () => {
    const granted = 'read:notification,read:organization,read:repository,read:user';
    const { session } = setUp({ '/admin/cron': lacking('read:admin', granted) });
    expect(await session.identity()).toMatchObject({ scopes: granted.split(','), missingScopes: [] });
  });

  it('is tried where nothing tells it', async () => {
    const untold = {
      '/notifications/new': lacking('read:notification'),
      '/admin/cron': lacking('read:admin'),
    };
    const { session, asked } = setUp({ ...untold, '/user/orgs': lacking('read:organization') });
    expect(await session.identity()).toMatchObject({
      scopes: undefined,
      missingScopes: ['read:organization'],
    });
    expect(asked()).toContain('/repos/search');
    expect((await setUp({}).session.identity()).missingScopes).toEqual([]);
  });

  it.each([
    ['by its scopes', '/notifications/new', lacking('read:notification', 'public-only,read:user')],
    [
      'by how it is refused',
      '/notifications/new',
      { status: 403, body: { message: 'this endpoint is not available for public-only tokens' } },
    ],
  ])('is not enough where it is for what is public alone, told %s', async (_, path, answer) => {
    await expect(setUp({ [path]: answer }).session.identity()).rejects.toMatchObject({
      kind: 'insufficient_scope',
      details: { repair: { text: expect.stringContaining('Public only') } },
    });
  });

  describe('in Forgejo', () => {
    const forgejo = (version: string, ...tokens: readonly object[]) => ({
      '/version': { body: { version: `${version}+gitea-1.22.0` } },
      '/users/ada/tokens': { headers: { 'x-total-count': String(tokens.length) }, body: tokens },
      '/notifications/new': lacking('read:notification'),
      '/admin/cron': lacking('read:admin'),
    });
    const row = (id: number, end: string, ...scopes: readonly string[]) => ({
      id,
      name: 'anyforge',
      sha1: '',
      token_last_eight: end,
      scopes,
    });
    const other = row(1, '0a1b2c3d', 'public-only', 'all');

    it('is read from the list of tokens, where the one that asks is known by its end', async () => {
      const answers = forgejo('15.0.3', other, row(2, 'secret', 'read:user', 'write:repository'));
      const { session, asked } = setUp(answers);
      expect(await session.identity()).toMatchObject({
        scopes: ['read:user', 'write:repository'],
        missingScopes: ['read:organization'],
      });
      expect(asked()).toEqual(['/user', '/version', '/settings/api', '/users/ada/tokens']);
    });

    it.each([
      ['has no such token', forgejo('15.0.3', other)],
      ['has several that end so', forgejo('15.0.3', row(1, 'secret', 'all'), row(2, 'secret', 'read:user'))],
      [
        'is kept back',
        { ...forgejo('15.0.3'), '/users/ada/tokens': { status: 403, body: { message: 'no' } } },
      ],
      [
        'is shown to a password alone',
        { ...forgejo('15.0.3'), '/users/ada/tokens': { status: 401, body: { message: 'auth required' } } },
      ],
      ['is not there before version 10', forgejo('9.0.3', row(1, 'secret', 'read:user'))],
    ])('is tried where the list %s', async (_, answers) => {
      const { session, asked } = setUp({ ...answers, '/user/orgs': lacking('read:organization') });
      expect(await session.identity()).toMatchObject({
        scopes: undefined,
        missingScopes: ['read:organization'],
      });
      expect(asked()).toContain('/repos/search');
    });

    it.each(questions)('is not enough for its %s where it is for what is public alone', async (_, ask) => {
      const { session } = setUp(forgejo('15.0.3', row(1, 'secret', 'public-only', 'all')));
      await expect(ask(session)).rejects.toMatchObject({ kind: 'insufficient_scope' });
    });

    it('is looked at as soon as the version is told, which was not at first', async () => {
      const answers: Record<string, Answer> = {
        ...forgejo('15.0.3', row(1, 'secret', 'public-only', 'all')),
        '/version': { status: 401, body: { message: 'not now' } },
      };
      const { session } = setUp(answers);
      await session.identity();
      answers['/version'] = forgejo('15.0.3')['/version'];
      await expect(session.identity()).rejects.toMatchObject({ kind: 'insufficient_scope' });
    });
  });

  describe.each([
    [401, { message: 'invalid username, password or token' }],
    [403, { message: 'Access denied' }],
    [404, { message: 'not found' }],
    [200, '<html>Welcome</html>'],
  ])('where the version is kept back by a %i with %j', (status, body) => {
    it.each(questions)('is not in the way of its %s', async (_, ask) => {
      const { session } = setUp({
        '/version': { status, body },
        '/repos/search': { headers: { 'x-total-count': '0' }, body: { ok: true, data: [] } },
      });
      await expect(ask(session)).resolves.toBeDefined();
    });
  });

  it.each([
    ['is not there', { status: 404, body: { message: 'not found' } }],
    ['is refused by a proxy', { status: 403, body: { message: 'Access denied' } }],
    ['is kept back by a proxy', { status: 404, body: '<html>Not here</html>' }],
    ['is answered by a page', { body: '<html>Welcome</html>' }],
  ])('is tried where what would tell it %s', async (_, answer) => {
    const { session } = setUp({
      '/notifications/new': answer,
      '/admin/cron': answer,
      '/user/emails': answer,
      '/repos/search': lacking('read:repository'),
    });
    expect(await session.identity()).toMatchObject({ missingScopes: ['read:repository'] });
    const paths: string[] = [];
    for await (const { path } of session.organizations()) paths.push(path);
    expect(paths).toEqual(['acme']);
  });

  it.each([
    ['repositories', (session: GitSession) => session.repositories(), '/repos/search'],
    ['organizations', (session: GitSession) => session.organizations(), '/user/orgs'],
  ] as const)(
    'is looked at before a listing of %s, which would be short for what is public alone',
    async (_, list, path) => {
      const refusal = {
        status: 403,
        body: { message: 'this endpoint is not available for public-only tokens' },
      };
      const { session, asked } = setUp({ '/user/emails': refusal });
      const pages = list(session).pages()[Symbol.asyncIterator]();
      await expect(pages.next()).rejects.toMatchObject({ kind: 'insufficient_scope' });
      expect(asked()).not.toContain(path);
    },
  );
});

it('gives the credential for git', async () => {
  expect(await setUp({}).session.gitCredential()).toEqual({
    kind: 'basic',
    username: 'oauth2',
    password: 'secret',
  });
});
