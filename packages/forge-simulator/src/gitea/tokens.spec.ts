import { afterEach, describe, expect, it } from '@jest/globals';
import { get, Giteas, listed, message } from './acme.fixture.js';

const giteas = new Giteas();
afterEach(() => giteas.closeAll());

const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

describe('a token', () => {
  it.each([
    ['Bearer', (token: string) => `Bearer ${token}`],
    ['token', (token: string) => `token ${token}`],
    ['tOkEn', (token: string) => `tOkEn ${token}`],
    ['the password', (token: string) => basic('ada', token)],
    ['the password of anybody', (token: string) => basic('somebody', token)],
    ['the user name', (token: string) => basic(token, '')],
    ['the user name, with a word for the password', (token: string) => basic(token, 'x-oauth-basic')],
  ])('is taken as %s', async (_form, authorization) => {
    const { gitea, as, ada } = await giteas.startAcme();
    const reply = await get(gitea, '/user', undefined, { authorization: authorization(as(ada)) });
    expect(reply.body).toMatchObject({ login: 'ada', id: ada.id });
  });

  it('is taken in an address, with a warning', async () => {
    const { gitea, as, ada } = await giteas.startAcme();
    for (const name of ['token', 'access_token']) {
      const reply = await get(gitea, `/user?${name}=${as(ada)}`);
      expect([reply.status, reply.headers.has('x-gitea-warning')]).toEqual([200, true]);
    }
  });

  it('is not looked for where nothing says what it is', async () => {
    const { gitea, as, ada } = await giteas.startAcme();
    const reply = await get(gitea, '/user', undefined, { authorization: as(ada) });
    expect([reply.status, message(reply)]).toEqual([401, 'token is required']);
  });

  it.each(['/user', '/version', '/repos/search'])(
    'that is wrong or revoked is refused, never taken for nobody: %s',
    async (path) => {
      const { gitea, as, ada } = await giteas.startAcme();
      const revoked = as(ada);
      expect([gitea.tokens.revoke(revoked), gitea.tokens.revoke(revoked)]).toEqual([true, false]);
      for (const token of [revoked, 'nonsense']) {
        const reply = await get(gitea, path, token);
        expect([reply.status, message(reply)]).toEqual([401, 'invalid username, password or token']);
      }
    },
  );

  it('of somebody who may not sign in is refused', async () => {
    const { gitea, world, as, ada } = await giteas.startAcme();
    const token = as(ada);
    world.setSuspended(ada, true);
    const reply = await get(gitea, '/user', token);
    expect([reply.status, reply.body]).toEqual([
      403,
      {
        message: 'This account is prohibited from signing in, please contact your site administrator.',
      },
    ]);
  });

  it('must be for something', async () => {
    const { gitea, ada } = await giteas.startAcme();
    for (const scopes of [[], ['read:everything']])
      expect(() => gitea.tokens.issue({ kind: 'personal', person: ada, scopes })).toThrow(
        'A token needs scopes that Gitea has',
      );
  });
});

describe('scopes', () => {
  it.each([
    ['/user/repos', ['read:user'], 'required=[read:repository], token scope=read:user'],
    ['/user', ['read:repository'], 'required=[read:user], token scope=read:repository'],
    [
      '/user/repos',
      ['write:repository', 'read:repository'],
      'required=[read:user], token scope=write:repository',
    ],
    ['/user/orgs', ['read:user'], 'required=[read:user read:organization], token scope=read:user'],
    [
      '/repositories/1',
      ['read:user', 'public-only', 'read:organization'],
      'required=[read:repository], token scope=public-only,read:organization,read:user',
    ],
    ['/notifications/new', ['read:user'], 'required=[read:notification], token scope=read:user'],
    ['/admin/cron', ['read:user'], 'required=[read:admin], token scope=read:user'],
    ['/orgs/acme/repos', ['read:repository'], 'required=[read:organization], token scope=read:repository'],
  ])('that are missing are named, with those that are there: %s', async (path, granted, words) => {
    const { gitea, as, ada } = await giteas.startAcme();
    const reply = await get(gitea, path, as(ada, granted));
    expect([reply.status, message(reply)]).toEqual([
      403,
      `token does not have at least one of required scope(s), ${words}`,
    ]);
  });

  it.each([['all'], ['write:user', 'write:repository', 'write:organization']])(
    'contain others: %s and more',
    async (...granted) => {
      const { gitea, as, ada } = await giteas.startAcme();
      for (const path of ['/user', '/user/repos', '/user/orgs', '/repos/acme/api'])
        expect((await get(gitea, path, as(ada, granted))).status).toBe(200);
    },
  );

  it('are not asked for what everybody may know, and not of passwords', async () => {
    const { gitea, as, ada } = await giteas.startAcme();
    expect((await get(gitea, '/settings/api', as(ada, ['read:misc']))).status).toBe(200);
    const authorization = basic('ada', gitea.tokens.passwordOf(ada));
    expect((await get(gitea, '/user', undefined, { authorization })).body).toMatchObject({ login: 'ada' });
    const wrong = await get(gitea, '/user', undefined, { authorization: basic('ada', 'wrong') });
    expect(wrong.status).toBe(401);
  });

  it('of administration let administrators alone in', async () => {
    const { gitea, world, as, ada } = await giteas.startAcme();
    const root = world.addPerson({ username: 'root', administrator: true });
    const refused = await get(gitea, '/admin/cron', as(ada, ['all']));
    expect([refused.status, message(refused)]).toEqual([403, 'user should be the site admin']);
    expect((await get(gitea, '/admin/cron', as(root, ['all']))).body).toEqual([]);
    expect((await get(gitea, '/notifications/new', as(ada, ['all']))).body).toEqual({ new: 0 });
  });
});

describe('a token for what is public alone', () => {
  it('is shown nothing else, without a word of it', async () => {
    const { gitea, as, ada, grace } = await giteas.startAcme();
    const granted = ['public-only', 'all'];
    const search = await get(gitea, `/repos/search?uid=${ada.id}`, as(ada, granted));
    expect([search.status, listed(search), search.headers.get('x-total-count')]).toEqual([200, [], '0']);
    expect((await get(gitea, '/repos/acme/api', as(ada, granted))).status).toBe(404);
    // Of organizations too: that somebody is a member is not public.
    expect(listed(await get(gitea, '/user/orgs', as(grace, granted)))).toEqual([]);
    expect(listed(await get(gitea, '/orgs/acme/repos', as(grace, granted)))).toEqual(['acme/open']);
    const owned = await get(gitea, `/repos/search?uid=${grace.id}`, as(grace, granted));
    expect(listed(owned)).toEqual([]);
  });

  it.each(['/user/emails', '/user/teams', '/notifications/new'])(
    'is refused what is the account’s own: %s',
    async (path) => {
      const { gitea, as, ada } = await giteas.startAcme();
      const reply = await get(gitea, path, as(ada, ['public-only', 'all']));
      expect([reply.status, message(reply)]).toEqual([
        403,
        'this endpoint is not available for public-only tokens',
      ]);
    },
  );

  it('is shown its organizations and addresses by Forgejo', async () => {
    const { gitea, as, grace } = await giteas.startAcme({ profile: 'forgejo' });
    const token = as(grace, ['public-only', 'all']);
    expect(listed(await get(gitea, '/user/orgs', token), 'name')).toEqual(['acme']);
    expect((await get(gitea, '/user/emails', token)).status).toBe(200);
  });

  it('was refused less by versions before', async () => {
    const { gitea, as, ada } = await giteas.startAcme({ version: '1.26.1' });
    const token = as(ada, ['public-only', 'all']);
    expect((await get(gitea, '/user/emails', token)).status).toBe(200);
    expect(message(await get(gitea, '/notifications/new', token))).toBe(
      'token scope is limited to public notifications',
    );
  });

  it('is refused an organization that not everybody sees', async () => {
    const { gitea, as, grace } = await giteas.startAcme({ ownerVisibility: { acme: 'limited' } });
    const reply = await get(gitea, '/orgs/acme', as(grace, ['public-only', 'all']));
    expect([reply.status, message(reply)]).toEqual([403, 'token scope is limited to public orgs']);
  });
});

describe('the list of somebody’s tokens', () => {
  it('is shown to whoever knows the password, without the tokens', async () => {
    const { gitea, as, ada, grace } = await giteas.startAcme();
    const token = as(ada, ['read:user', 'write:user']);
    expect(message(await get(gitea, '/users/ada/tokens', token))).toBe('auth required');
    const authorization = basic('ada', gitea.tokens.passwordOf(ada));
    const reply = await get(gitea, '/users/ada/tokens', undefined, { authorization });
    expect(reply.body).toMatchObject([{ scopes: ['write:user'], sha1: '' }]);
    expect(reply.text).not.toContain(token);
    const others = await get(gitea, '/users/ada/tokens', undefined, {
      authorization: basic('grace', gitea.tokens.passwordOf(grace)),
    });
    expect(others.status).toBe(403);
  });

  it('is shown to each of them by Forgejo from version 10 on, with their scopes', async () => {
    const { gitea, as, ada, grace } = await giteas.startAcme({ profile: 'forgejo' });
    const [first, second] = [as(ada, ['public-only', 'all']), as(ada, ['read:user'])];
    expect((await get(gitea, '/users/ada/tokens', first)).body).toMatchObject([
      { token_last_eight: first.slice(-8), scopes: ['public-only', 'all'] },
      { token_last_eight: second.slice(-8), scopes: ['read:user'] },
    ]);
    expect((await get(gitea, '/users/ada/tokens', as(grace))).status).toBe(403);
    const older = await giteas.startAcme({ profile: 'forgejo', version: '9.0.3' });
    expect((await get(older.gitea, '/users/ada/tokens', older.as(older.ada))).status).toBe(401);
  });
});

describe('who somebody is', () => {
  it('is told to themselves whole, and to others less', async () => {
    const { gitea, as, ada, grace, eve, world } = await giteas.startAcme();
    expect((await get(gitea, '/user', as(ada))).body).toMatchObject({
      full_name: 'Ada L.',
      email: 'ada@example.com',
      active: true,
      last_login: '1970-01-01T00:00:00Z',
    });
    expect((await get(gitea, '/users/ada', as(grace))).body).toMatchObject({
      email: 'ada@example.com',
      active: false,
    });
    expect((await get(gitea, '/users/ada')).body).toMatchObject({
      email: `${ada.id}+ada@noreply.127.0.0.1`,
    });
    expect((await get(gitea, '/user', as(eve))).body).toMatchObject({ full_name: '' });
    expect((await get(gitea, '/user/emails', as(ada))).body).toMatchObject([
      { email: 'ada@example.com', verified: true, primary: true },
    ]);
    expect((await get(gitea, '/user/emails', as(eve))).body).toEqual([]);
    world.renamePerson(ada, 'ada2');
    const moved = await get(gitea, '/users/ada?x=1');
    expect([moved.status, moved.headers.get('location')]).toEqual([307, '/api/v1/users/ada2?x=1']);
    expect(message(await get(gitea, '/users/nobody'))).toBe('user redirect does not exist [name: nobody]');
  });
});
