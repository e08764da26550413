import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { fieldOf } from '../http/asking.fixture.js';
import { DataCenters, exceptionOf, get, pluck } from './company.fixture.js';

const dataCenters = new DataCenters();
afterEach(() => dataCenters.closeAll());

const basic = (username: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
});

describe('who a request is from', () => {
  it('is told with every answer, encoded as in addresses, and of nobody not at all', async () => {
    const { bitbucket, tokens, world, ada } = await dataCenters.startCompany();
    world.renamePerson(ada, 'ada.l');
    const known = await get(bitbucket, '/application-properties', tokens.ada);
    const refused = await get(bitbucket, '/projects/NONE', tokens.ada);
    const nobody = await get(bitbucket, '/application-properties');
    expect([known, refused].map(({ headers }) => headers.get('x-ausername'))).toEqual(['ada.l', 'ada.l']);
    expect(known.headers.get('x-auserid')).toBe(String(ada.id));
    expect(nobody.headers.has('x-ausername')).toBe(false);
    expect(nobody.headers.get('x-arequestid')).toMatch(/^@/);
    expect(nobody.body).toMatchObject({ displayName: 'Bitbucket', version: '9.4.1' });
  });

  it.each(['unknown', 'revoked', 'expired', 'suspended'])(
    'is nobody by a token that is %s',
    async (state) => {
      const clock = new ManualClock();
      const { bitbucket, world, ada } = await dataCenters.startCompany({ clock });
      const expiresAt = new Date(clock.now().getTime() + 1000);
      const token = bitbucket.tokens.issue({ kind: 'personal', person: ada, expiresAt });
      if (state === 'revoked') expect(bitbucket.tokens.revoke(token)).toBe(true);
      if (state === 'expired') clock.advance(1000);
      if (state === 'suspended') world.setSuspended(ada, true);
      const page = await get(
        bitbucket,
        '/repos?permission=REPO_READ',
        state === 'unknown' ? 'BBDC-nothing' : token,
      );
      expect([page.status, pluck(page, 'slug'), page.headers.has('x-ausername')]).toEqual([200, [], false]);
    },
  );

  it('is not asked when servers refuse tokens that they do not recognize', async () => {
    const { bitbucket } = await dataCenters.startCompany({ unrecognizedTokens: 'refused' });
    const page = await get(bitbucket, '/repos', 'BBDC-nothing');
    expect([page.status, exceptionOf(page)]).toEqual([
      401,
      'com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException',
    ]);
  });
});

describe('a token', () => {
  it('of a person is good in place of the password, under that person’s name alone', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const own = await get(bitbucket, '/users', undefined, basic('Ada', tokens.ada));
    const others = await get(bitbucket, '/users', undefined, basic('eve', tokens.ada));
    expect([own.status, others.status]).toEqual([200, 401]);
  });

  it('locks an account after too many wrong passwords, until a person solves a captcha', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const attempt = () => get(bitbucket, '/users', undefined, basic('ada', 'wrong'));
    for (let count = 0; count < 5; count += 1) expect((await attempt()).status).toBe(401);
    const locked = await attempt();
    expect([locked.status, locked.headers.get('x-authentication-denied-reason')]).toEqual([
      403,
      `CAPTCHA_CHALLENGE; login-url=${bitbucket.webUrl}/login`,
    ]);
    bitbucket.captcha.solve('Ada');
    expect((await attempt()).status).toBe(401);
    expect((await get(bitbucket, '/users', tokens.ada)).status).toBe(200);
  });

  it.each([
    [['REPO_READ'], 3, 0, 0],
    [['REPO_WRITE'], 3, 3, 0],
    [['PROJECT_WRITE'], 3, 3, 0],
    [['REPO_ADMIN'], 3, 3, 2],
  ] as const)('with %p shows no more than it may itself', async (permissions, ...counts) => {
    const { bitbucket, ada } = await dataCenters.startCompany();
    const token = bitbucket.tokens.issue({ kind: 'personal', person: ada, permissions });
    const shown: number[] = [];
    for (const permission of ['REPO_READ', 'REPO_WRITE', 'REPO_ADMIN'])
      shown.push(pluck(await get(bitbucket, `/repos?permission=${permission}`, token), 'id').length);
    expect(shown).toEqual(counts);
  });

  it('of a project or repository is a user of its own, who reaches that alone', async () => {
    const { bitbucket, acme, api } = await dataCenters.startCompany();
    const ofProject = bitbucket.tokens.issue({ kind: 'project', project: acme, permission: 'REPO_WRITE' });
    const ofRepository = bitbucket.tokens.issue({ kind: 'repository', repository: api });
    const shown = async (token: string, permission: string) =>
      pluck(await get(bitbucket, `/repos?permission=${permission}&archived=ALL`, token), 'slug');
    expect(await shown(ofProject, 'REPO_WRITE')).toEqual(['api', 'old', 'open', 'web']);
    expect(await shown(ofProject, 'REPO_ADMIN')).toEqual([]);
    expect(await shown(ofRepository, 'REPO_READ')).toEqual(['api']);
    expect((await get(bitbucket, '/projects/ACME/repos/web', ofRepository)).status).toBe(401);
    const { headers } = await get(bitbucket, '/application-properties', ofProject);
    const slug = decodeURIComponent(headers.get('x-ausername') ?? '').replaceAll('/', '_');
    expect((await get(bitbucket, `/users/${slug}`, ofProject)).body).toMatchObject({ type: 'SERVICE' });
    const asPassword = await get(bitbucket, '/users', undefined, basic('grace', ofProject));
    expect(asPassword.status).toBe(401);
  });

  it.each([
    [['PUBLIC_REPOS'], 0],
    [['REPO_READ'], 3],
    [['ADMIN_WRITE'], 3],
  ] as const)('of an application shows by the scopes %p what they allow', async (scopes, count) => {
    const { bitbucket, ada } = await dataCenters.startCompany();
    const token = bitbucket.tokens.issue({ kind: 'oauth', person: ada, scopes });
    expect(pluck(await get(bitbucket, '/repos?permission=REPO_READ', token), 'id')).toHaveLength(count);
  });

  it.each([
    ['9.3.1', 200, 'ada'],
    ['9.3.2', 302, ''],
    ['8.19.11', 200, 'ada'],
    ['8.19.12', 302, ''],
    ['8.9.21', 200, 'ada'],
    ['8.9.22', 302, ''],
    ['10.0.0', 302, ''],
  ])('is good outside of the REST API before some versions (%s)', async (version, status, text) => {
    const { bitbucket, tokens } = await dataCenters.startCompany({ version, pathPrefix: '/code' });
    const address = `${bitbucket.webUrl}/plugins/servlet/applinks/whoami`;
    const reply = await get(bitbucket, address, tokens.ada);
    expect([reply.status, reply.text]).toEqual([status, text]);
    const nobody = await get(bitbucket, address);
    expect([nobody.status, nobody.text]).toEqual([200, '']);
  });
});

describe('limits', () => {
  it('are off as delivered', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany({ clock: new ManualClock() });
    for (let count = 0; count < 70; count += 1)
      expect((await get(bitbucket, '/application-properties', tokens.ada)).status).toBe(200);
  });

  it.each([true, false])('are a bucket for each user that fills again (headers %p)', async (headers) => {
    const clock = new ManualClock();
    const limits = { capacity: 2, fillPerSecond: 0.5, headers };
    const { bitbucket, tokens } = await dataCenters.startCompany({ clock, limits });
    const ask = (token: string) => get(bitbucket, '/application-properties', token);
    const statuses = [await ask(tokens.ada), await ask(tokens.ada), await ask(tokens.ada)];
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
    const refused = statuses[2];
    expect(refused?.headers.get('retry-after')).toBe(headers ? '2' : null);
    expect(refused?.headers.get('x-ratelimit-remaining')).toBe(headers ? '0' : null);
    expect(fieldOf(refused?.body, 'errors')).toHaveLength(1);
    expect((await ask(tokens.eve)).status).toBe(200);
    clock.advance(2000);
    expect((await ask(tokens.ada)).status).toBe(200);
  });
});
