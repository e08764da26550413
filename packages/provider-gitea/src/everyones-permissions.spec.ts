import { describe, expect, it } from '@jest/globals';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { giteaPlugin } from './index.js';

const person = (id: number, login: string) => ({ id, login, full_name: '', email: '' });
const owners = { id: 1, name: 'Owners', permission: 'owner', units_map: { 'repo.code': 'owner' } };
const coders = {
  id: 2,
  name: 'Coders',
  permission: 'none',
  units_map: { 'repo.code': 'write', 'repo.wiki': 'none' },
};
const readers = { id: 3, name: 'Readers', permission: 'read', units_map: { 'repo.code': 'read' } };
const triage = { id: 4, name: 'Triage', permission: 'none', units_map: { 'repo.issues': 'write' } };

const repository = (more: object = {}) => ({
  id: 7,
  owner: { ...person(26, 'acme'), visibility: 'public' },
  name: 'api',
  full_name: 'acme/api',
  html_url: 'https://git.example/acme/api',
  private: true,
  permissions: { admin: true, push: true, pull: true },
  ...more,
});

/** A repository of an organization: answers by path, 404 for all others. */
function setUp(answers: Readonly<Record<string, unknown>>) {
  const standard: Readonly<Record<string, unknown>> = {
    '/settings/api': { max_response_items: 50 },
    '/repositories/7': repository(),
    '/repos/acme/api/teams': [owners, coders, readers, triage],
    '/teams/1/members': [person(11, 'grace')],
    '/teams/2/members': [person(12, 'ada'), person(13, 'lin')],
    '/teams/3/members': [person(12, 'ada'), person(14, 'eve')],
    '/repos/acme/api/collaborators': [],
  };
  const { fetch, requests } = createScriptedFetch(({ url }) => {
    const path = new URL(url).pathname.replace('/api/v1', '');
    const body = answers[path] ?? standard[path];
    if (body === undefined) return { status: 404, body: { message: 'not found' } };
    if (typeof body === 'number') return { status: body, body: { message: 'refused' } };
    return { body, headers: Array.isArray(body) ? { 'x-total-count': String(body.length) } : {} };
  });
  const session = giteaPlugin
    .create({ baseUrl: 'https://git.example' }, { fetch, clock: createFakeClock() })
    .signIn({ kind: 'token', token: 'secret' });
  const list = async () => {
    const told: Record<string, readonly unknown[]> = {};
    let omitted: unknown;
    for await (const page of session.permissions({ id: '7' }).pages()) {
      omitted = page.omitted;
      for (const { account, permission, via } of page.items)
        told[account.username] = [permission.level, permission.native, via];
    }
    return { told, omitted };
  };
  const asked = () => requests.map(({ url }) => new URL(url).pathname.replace('/api/v1', ''));
  return { list, asked };
}

/** What is answered of people by name, who are in no team that may do everything. */
const nothingByName = Object.fromEntries(
  ['ada', 'lin', 'eve'].map((login) => [
    `/repos/acme/api/collaborators/${login}/permission`,
    { permission: 'none' },
  ]),
);

describe("everyone's permissions", () => {
  it('are the greatest that somebody has on the code through teams, by what each team says of it', async () => {
    const { list, asked } = setUp({});
    expect(await list()).toEqual({
      told: {
        grace: ['admin', 'owner', ['inherited']],
        ada: ['write', 'write', ['group']],
        lin: ['write', 'write', ['group']],
        eve: ['read', 'read', ['group']],
      },
      omitted: undefined,
    });
    expect(asked()).not.toContain('/teams/4/members');
  });

  it('are those of collaborators, where no team gives as much', async () => {
    const { list } = setUp({
      '/repos/acme/api/collaborators': [person(12, 'ada'), person(14, 'eve'), person(-1, 'Ghost')],
      '/repos/acme/api/collaborators/ada/permission': { permission: 'read' },
      '/repos/acme/api/collaborators/eve/permission': { permission: 'admin' },
    });
    const { told } = await list();
    expect(told).toMatchObject({
      ada: ['write', 'write', ['group']],
      eve: ['admin', 'admin', ['direct']],
    });
    expect(told).not.toHaveProperty('Ghost');
  });

  it('name the organization as left out, where it is not shown who is in its teams', async () => {
    for (const status of [403, 404]) {
      const { list } = setUp({ '/teams/1/members': status, ...nothingByName });
      const { told, omitted } = await list();
      expect(omitted).toEqual([{ organization: { id: '26', path: 'acme' }, reason: 'forbidden' }]);
      expect(Object.keys(told)).toEqual(['ada', 'lin', 'eve']);
    }
  });

  it('are those of owners of the organization, though it is not shown who they are', async () => {
    const { list } = setUp({
      '/teams/1/members': 403,
      ...nothingByName,
      '/repos/acme/api/collaborators/eve/permission': { permission: 'owner' },
    });
    expect((await list()).told).toEqual({
      ada: ['write', 'write', ['group']],
      lin: ['write', 'write', ['group']],
      eve: ['admin', 'owner', ['group']],
    });
  });

  it('are unknown of whoever has less than a team gives of which it is not shown who is in it', async () => {
    const { list } = setUp({
      '/repositories/7': repository({ private: false }),
      '/orgs/acme/members': [person(12, 'ada'), person(14, 'eve')],
      '/teams/1/members': 403,
      '/teams/2/members': 403,
      '/repos/acme/api/collaborators': [person(15, 'max'), person(16, 'kim')],
      '/repos/acme/api/collaborators/max/permission': { permission: 'read' },
      '/repos/acme/api/collaborators/kim/permission': { permission: 'write' },
      ...nothingByName,
      '/repos/acme/api/collaborators/ada/permission': { permission: 'owner' },
    });
    expect((await list()).told).toEqual({
      max: ['unknown', 'read', ['direct']],
      kim: ['write', 'write', ['direct']],
      ada: ['admin', 'owner', ['inherited']],
      eve: ['unknown', 'read', ['inherited']],
    });
  });

  it.each([
    ['public', ['read', 'read', ['inherited']]],
    ['limited', ['unknown', 'read', ['inherited']]],
  ])('are those of members, where an organization that is %s has it open', async (visibility, expected) => {
    const { list } = setUp({
      '/repositories/7': repository({ private: false, owner: { ...person(26, 'acme'), visibility } }),
      '/orgs/acme/members': [person(12, 'ada'), person(15, 'max')],
    });
    const { told } = await list();
    expect(told).toMatchObject({ ada: ['write', 'write', ['group']], max: expected });
  });

  it('of a repository of a person begin with its owner', async () => {
    const { list } = setUp({ '/repos/acme/api/teams': 405 });
    expect((await list()).told).toEqual({ acme: ['admin', 'owner', ['direct']] });
  });

  it('are told to administrators of the repository alone, without asking for what is refused to others', async () => {
    const permissions = { admin: false, push: true, pull: true };
    const { list, asked } = setUp({ '/repositories/7': repository({ permissions }) });
    await expect(list()).rejects.toMatchObject({
      kind: 'forbidden',
      details: { repair: { text: expect.stringContaining('administers') } },
    });
    expect(asked()).toEqual(['/repositories/7']);
  });
});
