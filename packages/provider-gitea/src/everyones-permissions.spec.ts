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

/** How the forge is out of the ordinary, by path. */
interface Oddities {
  /** What is there for the first request alone. */
  readonly gone?: string;
  /** What a listing is said to have in all; as many as it has by default. */
  readonly totals?: Readonly<Record<string, number>>;
}

/** A repository of an organization: answers by path, a status alone for refusals, 404 for all others. */
function setUp(answers: Readonly<Record<string, unknown>>, { gone, totals = {} }: Oddities = {}) {
  const standard: Readonly<Record<string, unknown>> = {
    '/settings/api': { max_response_items: 50 },
    '/repositories/7': repository(),
    '/repos/acme/api/teams': [owners, coders, readers, triage],
    '/teams/1/members': [person(11, 'grace')],
    '/teams/2/members': [person(12, 'ada'), person(13, 'lin')],
    '/teams/3/members': [person(12, 'ada'), person(14, 'eve')],
    '/repos/acme/api/collaborators': [],
  };
  let underWay = 0;
  let peak = 0;
  const { fetch, requests } = createScriptedFetch(async ({ url }) => {
    underWay += 1;
    peak = Math.max(peak, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    const { pathname, searchParams } = new URL(url);
    const path = pathname.replace('/api/v1', '');
    const body = answers[path] ?? standard[path];
    const isGone = requests.length > 1 && path === gone;
    if (body === undefined || isGone) return { status: 404, body: { message: 'not found' } };
    if (typeof body === 'number') return { status: body, body: { message: 'refused' } };
    if (!Array.isArray(body)) return { body };
    const limit = Number(searchParams.get('limit') ?? body.length);
    const start = (Number(searchParams.get('page') ?? 1) - 1) * limit;
    const headers = { 'x-total-count': String(totals[path] ?? body.length) };
    return { body: body.slice(start, start + limit), headers };
  });
  const session = giteaPlugin
    .create({ baseUrl: 'https://git.example' }, { fetch, clock: createFakeClock() })
    .signIn({ kind: 'token', token: 'secret' });
  const pages = () => session.permissions({ id: '7' }).pages();
  const list = async () => {
    const told: Record<string, readonly unknown[]> = {};
    let omitted: unknown;
    for await (const page of pages()) {
      omitted = page.omitted;
      for (const { account, permission, via } of page.items)
        told[account.username] = [permission.level, permission.native, via];
    }
    return { told, omitted };
  };
  const asked = () => requests.map(({ url }) => new URL(url).pathname.replace('/api/v1', ''));
  return { list, pages, asked, peak: () => peak };
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

  it('are told of a repository whose collaborators are gone in part, which all are the same ghost', async () => {
    const { list } = setUp({
      '/repos/acme/api/collaborators': [person(-1, 'Ghost'), person(15, 'max'), person(-1, 'Ghost')],
      '/repos/acme/api/collaborators/max/permission': { permission: 'write' },
    });
    const { told } = await list();
    expect(Object.keys(told)).toEqual(['max', 'grace', 'ada', 'lin', 'eve']);
  });

  it.each([
    [0, 3],
    [2, 0],
    [2, 1],
    [2, 3],
    [51, 50],
    [120, 119],
    [120, 121],
  ])('are those of a team that has %i members and is said to have %i', async (count, total) => {
    const members = Array.from({ length: count }, (_, index) => person(100 + index, `p${index}`));
    const { list, asked } = setUp(
      { '/repos/acme/api/teams': [coders], '/teams/2/members': members },
      { totals: { '/teams/2/members': total } },
    );
    const { told, omitted } = await list();
    expect(Object.keys(told)).toEqual(members.map(({ login }) => login));
    expect(omitted).toBeUndefined();
    expect(asked().filter((path) => path === '/teams/2/members').length).toBeLessThan(15);
  });

  it('are not told where the members of an organization are other than counted', async () => {
    const { list } = setUp(
      { '/repositories/7': repository({ private: false }), '/orgs/acme/members': [person(14, 'eve')] },
      { totals: { '/orgs/acme/members': 2 } },
    );
    await expect(list()).rejects.toMatchObject({ kind: 'invalid_response' });
  });

  it('of collaborators are not said to be granted where nobody grants them', async () => {
    const { list } = setUp({
      '/teams/1/members': 403,
      '/repos/acme/api/collaborators': [person(15, 'max')],
      '/repos/acme/api/collaborators/max/permission': { permission: 'owner' },
      ...nothingByName,
    });
    expect((await list()).told).toMatchObject({ max: ['admin', 'owner', undefined] });
  });

  it('leave out whoever is gone meanwhile, and has nothing any more', async () => {
    const { list } = setUp({
      '/repos/acme/api/collaborators': [person(12, 'ada'), person(15, 'max'), person(16, 'kim')],
      '/repos/acme/api/collaborators/kim/permission': { permission: 'none' },
    });
    const { told } = await list();
    expect(Object.keys(told)).toEqual(['grace', 'ada', 'lin', 'eve']);
    const lin = { '/repos/acme/api/collaborators/lin/permission': 404 };
    const unshown = setUp({ '/teams/1/members': 403, ...nothingByName, ...lin });
    expect(Object.keys((await unshown.list()).told)).toEqual(['ada', 'eve']);
  });

  it('are not told of a repository that is gone meanwhile', async () => {
    const { list } = setUp(
      { '/repos/acme/api/collaborators': [person(15, 'max')] },
      { gone: '/repositories/7' },
    );
    await expect(list()).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('are told page by page, of people asked for by name a few at once', async () => {
    const members = Array.from({ length: 40 }, (_, index) => person(100 + index, `p${index}`));
    const byName = Object.fromEntries(
      members.map(({ login }) => [
        `/repos/acme/api/collaborators/${login}/permission`,
        { permission: 'none' },
      ]),
    );
    const { pages, asked, peak } = setUp({
      '/settings/api': { max_response_items: 20 },
      '/teams/1/members': 403,
      '/teams/2/members': members.slice(0, 20),
      '/teams/3/members': members.slice(20),
      ...byName,
    });
    const sizes: number[] = [];
    for await (const { items } of pages()) {
      sizes.push(items.length);
      const named = asked().filter((path) => path.endsWith('/permission'));
      expect(named).toHaveLength(sizes.reduce((sum, size) => sum + size, 0));
    }
    expect(sizes).toEqual([0, 20, 20]);
    expect(peak()).toBeLessThanOrEqual(10);
  });

  it('come from everywhere that gives as much', async () => {
    const { list } = setUp({
      '/repositories/7': repository({ private: false }),
      '/orgs/acme/members': [person(14, 'eve')],
    });
    expect((await list()).told).toMatchObject({ eve: ['read', 'read', ['inherited', 'group']] });
  });

  it('to read are what they are where members of an organization who may read are not shown', async () => {
    const owner = { ...person(26, 'acme'), visibility: 'limited' };
    const { list } = setUp({
      '/repositories/7': repository({ private: false, owner }),
      '/orgs/acme/members': 403,
      ...nothingByName,
      '/repos/acme/api/collaborators/grace/permission': { permission: 'owner' },
    });
    expect((await list()).told).toMatchObject({
      eve: ['read', 'read', ['group']],
      ada: ['write', 'write', ['group']],
    });
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
      // As an owner, or through a team: which of the two is not told.
      eve: ['admin', 'owner', undefined],
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
      ada: ['admin', 'owner', undefined],
      eve: ['unknown', 'read', ['inherited', 'group']],
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

  it('are not told where Forgejo says by name what a team may do with issues alone', async () => {
    const helpers = {
      ...triage,
      permission: 'write',
      units_map: { 'repo.code': 'none', 'repo.issues': 'write' },
    };
    const byName = (login: string, permission: string) => ({
      [`/repos/acme/api/collaborators/${login}/permission`]: { permission },
    });
    const answers = {
      '/repositories/7': repository({ private: false }),
      '/orgs/acme/members': [person(12, 'ada'), person(14, 'eve'), person(15, 'max')],
      '/teams/1/members': 403,
      '/repos/acme/api/collaborators': [person(16, 'kim')],
      ...byName('ada', 'admin'),
      ...byName('eve', 'write'),
      ...byName('max', 'read'),
      ...byName('kim', 'write'),
    };
    const overstating = setUp({ ...answers, '/repos/acme/api/teams': [owners, helpers] });
    expect((await overstating.list()).told).toEqual({
      kim: ['write', 'write', ['direct']],
      // What is more than they are seen to be granted comes from where it is not told.
      ada: ['admin', 'admin', undefined],
      eve: ['unknown', 'write', undefined],
      max: ['read', 'read', ['inherited']],
    });
    const exact = setUp({ ...answers, '/repos/acme/api/teams': [owners, triage] });
    expect((await exact.list()).told).toMatchObject({ eve: ['write', 'write', undefined] });
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
