import { afterEach, describe, expect, it } from '@jest/globals';
import { everybody } from '../world/model.js';
import { DataCenters, exceptionOf, get, pluck } from './company.fixture.js';

const dataCenters = new DataCenters();
afterEach(() => dataCenters.closeAll());

const on = (permission: string, number = 1) =>
  `permission.${number}=${permission}&permission.${number}.projectKey=ACME&permission.${number}.repositorySlug=api`;

describe('users', () => {
  it.each([
    [on('REPO_READ'), ['ada', 'eve', 'grace']],
    [on('REPO_WRITE'), ['ada', 'grace']],
    [on('REPO_ADMIN'), ['grace']],
    [`${on('REPO_WRITE')}&permission.2=LICENSED_USER&filter=ada`, ['ada']],
    [`permission=LICENSED_USER&${on('REPO_READ')}`, ['ada', 'eve', 'grace']],
    ['permission.1=PROJECT_ADMIN&permission.1.projectKey=ACME', ['grace']],
    ['group=developers', ['ada']],
    ['filter=GRA', ['grace']],
    ['permission=ADMIN', []],
  ])('are listed by what they have in effect (%p)', async (query, names) => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    expect(pluck(await get(bitbucket, `/users?${query}`, tokens.eve), 'name')).toEqual(names);
  });

  it('are all listed where the number of a filter is not the next one', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const page = await get(bitbucket, `/users?${on('REPO_ADMIN', 2)}`, tokens.eve);
    expect(pluck(page, 'name')).toEqual(['ada', 'eve', 'grace']);
  });

  it('without a licence are listed, unless those with one are asked for', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany({
      isLicensed: ({ username }) => username !== 'ada',
    });
    const everybody = await get(bitbucket, `/users?${on('REPO_WRITE')}`, tokens.eve);
    const licensed = await get(
      bitbucket,
      `/users?${on('REPO_WRITE')}&permission.2=LICENSED_USER`,
      tokens.eve,
    );
    expect([pluck(everybody, 'name'), pluck(licensed, 'name')]).toEqual([['ada', 'grace'], ['grace']]);
  });

  it('who are inactive are not listed', async () => {
    const { bitbucket, tokens, world, ada } = await dataCenters.startCompany();
    world.setSuspended(ada, true);
    expect(pluck(await get(bitbucket, '/users', tokens.eve), 'name')).toEqual(['eve', 'grace']);
  });

  it('are found by slug', async () => {
    const { bitbucket, tokens, world } = await dataCenters.startCompany();
    world.addPerson({ username: 'Mary.Jane', name: 'Mary' });
    const { body } = await get(bitbucket, '/users/mary.jane', tokens.eve);
    expect(body).toMatchObject({ name: 'Mary.Jane', slug: 'mary.jane', displayName: 'Mary', active: true });
    expect((await get(bitbucket, '/users/nobody', tokens.eve)).status).toBe(404);
  });

  it('are shown to nobody who is not signed in', async () => {
    const { bitbucket } = await dataCenters.startCompany();
    for (const path of ['/users', '/users/ada', '/profile/recent/repos'])
      expect(exceptionOf(await get(bitbucket, path))).toMatch('AuthorisationException');
  });
});

describe('granted permissions', () => {
  it('of a repository are those on itself, for its administrators', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const root = '/projects/ACME/repos/api/permissions';
    const users = await get(bitbucket, `${root}/users`, tokens.grace);
    const groups = await get(bitbucket, `${root}/groups`, tokens.grace);
    expect(users.body).toMatchObject({ values: [{ user: { name: 'eve' }, permission: 'REPO_READ' }] });
    expect(groups.body).toMatchObject({
      values: [{ group: { name: 'developers' }, permission: 'REPO_WRITE' }],
    });
    expect((await get(bitbucket, `${root}/users`, tokens.ada)).status).toBe(401);
  });

  it('of a project are those of its members, of groups, and of everybody', async () => {
    const { bitbucket, tokens, world, acme, developers, eve } = await dataCenters.startCompany();
    world.setMember({ organization: acme, person: eve, level: 'write' });
    world.grant({ to: developers, on: acme, level: 'read' });
    world.grant({ to: everybody, on: acme, level: 'read' });
    const root = '/projects/ACME/permissions';
    expect((await get(bitbucket, `${root}/users`, tokens.grace)).body).toMatchObject({
      values: [
        { user: { name: 'eve' }, permission: 'PROJECT_WRITE' },
        { user: { name: 'grace' }, permission: 'PROJECT_ADMIN' },
      ],
    });
    expect((await get(bitbucket, `${root}/groups?filter=dev`, tokens.grace)).body).toMatchObject({
      values: [{ group: { name: 'developers' }, permission: 'PROJECT_READ' }],
    });
    const answers = ['PROJECT_READ', 'PROJECT_WRITE'].map((each) => `${root}/${each}/all`);
    const [read, write] = await Promise.all(answers.map((path) => get(bitbucket, path, tokens.grace)));
    expect([read?.body, write?.body]).toEqual([{ permitted: true }, { permitted: false }]);
    expect((await get(bitbucket, `${root}/PROJECT_OWN/all`, tokens.grace)).status).toBe(400);
    expect((await get(bitbucket, `${root}/users`, tokens.ada)).status).toBe(401);
  });

  it('of a person’s own project are nobody else’s', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const root = '/projects/~ada/permissions';
    expect(pluck(await get(bitbucket, `${root}/users`, tokens.ada), 'permission')).toEqual([]);
    expect(pluck(await get(bitbucket, `${root}/groups`, tokens.ada), 'permission')).toEqual([]);
    expect((await get(bitbucket, `${root}/PROJECT_READ/all`, tokens.ada)).body).toEqual({
      permitted: false,
    });
  });
});
