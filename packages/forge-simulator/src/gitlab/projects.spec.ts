import { afterEach, describe, expect, it } from '@jest/globals';
import { fieldOf, pluck } from '../http/asking.fixture.js';
import { get, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function arrange() {
  const company = await simulators.startAcme();
  const { gitlab, as, ada } = company;
  const token = as(ada);
  const paths = async (query: string, credential: string | undefined = token): Promise<unknown[]> =>
    pluck((await get(gitlab, `/projects?${query}`, credential)).body, 'path_with_namespace').sort();
  return { ...company, token, paths };
}

const mine = ['acme/api', 'acme/inner', 'acme/open', 'acme/platform/infra', 'ada/notes'];

describe('/projects', () => {
  it('lists what is visible, with membership or a level what the caller is authorized on', async () => {
    const { world, eve, as, paths } = await arrange();
    const elsewhere = world.addOrganization({ slug: 'elsewhere' });
    world.addRepository({ owner: elsewhere, name: 'site', visibility: 'public' });
    world.addRepository({ owner: elsewhere, name: 'plans' });
    expect(await paths('')).toEqual([...mine, 'elsewhere/site'].sort());
    expect(await paths('membership=true')).toEqual(mine);
    expect(await paths('min_access_level=40')).toEqual(['acme/platform/infra', 'ada/notes']);
    expect(await paths('owned=true')).toEqual(['ada/notes']);
    expect(await paths('', as(eve))).toEqual(['acme/inner', 'acme/open', 'elsewhere/site']);
    expect(await paths('membership=true', as(eve))).toEqual([]);
  });

  it('shows external people nothing that is internal', async () => {
    const { world, as, paths } = await arrange();
    const guest = world.addPerson({ username: 'guest', external: true });
    expect(await paths('', as(guest))).toEqual(['acme/open']);
  });

  it('shows anybody what is public, in short', async () => {
    const { gitlab } = await arrange();
    const reply = await get(gitlab, '/projects');
    expect(pluck(reply.body, 'path_with_namespace')).toEqual(['acme/open']);
    expect(pluck(reply.body, 'permissions')).toEqual([undefined]);
  });

  it.each(['membership=true', 'min_access_level=20', 'owned=true'])(
    'has nothing for nobody with %s, and says so with a 200',
    async (query) => {
      const { gitlab } = await arrange();
      const reply = await get(gitlab, `/projects?${query}`);
      expect([reply.status, reply.body]).toEqual([200, []]);
    },
  );

  it.each([
    ['archived=true', ['acme/old']],
    ['archived=false&visibility=private', ['acme/api', 'acme/platform/infra', 'ada/notes']],
    ['visibility=internal', ['acme/inner']],
    ['search=INF', ['acme/platform/infra']],
    ['starred=true', []],
    ['archived=&visibility=', [...mine, 'acme/old'].sort()],
    ['last_activity_after=2027-01-01T00:00:00Z', []],
    ['last_activity_before=2027-01-01T00:00:00Z&archived=1', ['acme/old']],
  ])('filters by %s', async (query, expected) => {
    const { world, acme, paths } = await arrange();
    world.addRepository({ owner: acme, name: 'old', archived: true });
    expect(await paths(`membership=true&${query}`)).toEqual(expected);
  });

  it.each([
    ['archived=maybe', 'archived is invalid'],
    ['visibility=secret', 'visibility does not have a valid value'],
    ['sort=up', 'sort does not have a valid value'],
    ['order_by=size', 'order_by does not have a valid value'],
    ['id_after=x', 'id_after is invalid'],
    ['page=x', 'page is invalid'],
    ['per_page=0', 'per_page has a value not allowed'],
    ['updated_after=soon', 'updated_after is invalid'],
  ])('refuses %s', async (query, error) => {
    const { gitlab, token } = await arrange();
    const reply = await get(gitlab, `/projects?${query}`, token);
    expect([reply.status, reply.body]).toEqual([400, { error }]);
  });

  it('is ordered by creation, the newest first, unless asked otherwise', async () => {
    const { gitlab, token } = await arrange();
    const names = async (query: string) =>
      pluck((await get(gitlab, `/projects?${query}`, token)).body, 'path');
    expect(await names('')).toEqual(['notes', 'open', 'inner', 'infra', 'api']);
    expect(await names('order_by=id&sort=asc')).toEqual(['api', 'infra', 'inner', 'open', 'notes']);
    expect(await names('order_by=name')).toEqual(['open', 'notes', 'inner', 'infra', 'api']);
    expect(await names('order_by=star_count&sort=asc')).toEqual(['api', 'infra', 'inner', 'open', 'notes']);
  });

  it('tells of a project what there is to know, and with simple less', async () => {
    const { world, gitlab, token, infra } = await arrange();
    world.updateRepository(infra, { description: 'Größe & 数量' });
    const [full] = [(await get(gitlab, '/projects?search=infra', token)).body].flat();
    expect(full).toMatchObject({
      id: infra.id,
      description: 'Größe & 数量',
      name: 'infra',
      name_with_namespace: 'Acme / Platform / infra',
      path: 'infra',
      path_with_namespace: 'acme/platform/infra',
      created_at: infra.createdAt.toISOString(),
      default_branch: 'main',
      ssh_url_to_repo: 'git@127.0.0.1:acme/platform/infra.git',
      http_url_to_repo: `${gitlab.webUrl}/acme/platform/infra.git`,
      web_url: `${gitlab.webUrl}/acme/platform/infra`,
      namespace: { kind: 'group', path: 'platform', full_path: 'acme/platform', name: 'Platform' },
      _links: { self: `${gitlab.apiUrl}/projects/${infra.id}` },
      empty_repo: false,
      archived: false,
      visibility: 'private',
      shared_with_groups: [],
      marked_for_deletion_on: null,
    });
    const [simple] = [(await get(gitlab, '/projects?search=infra&simple=true', token)).body].flat();
    expect(simple).toHaveProperty('default_branch', 'main');
    for (const field of ['permissions', 'archived', 'visibility', 'empty_repo'])
      expect(simple).not.toHaveProperty(field);
  });

  it('keeps from guests of a private project what tells of its code', async () => {
    const { world, gitlab, as, eve, api, open } = await arrange();
    for (const on of [api, open]) world.grant({ to: eve, on, level: 'none', role: 'guest' });
    const reply = await get(gitlab, '/projects?membership=true&order_by=id&sort=asc', as(eve));
    expect(pluck(reply.body, 'path')).toEqual(['api', 'open']);
    expect(pluck(reply.body, 'default_branch')).toEqual([undefined, 'main']);
    expect(pluck(reply.body, 'readme_url')).toEqual([
      undefined,
      `${gitlab.webUrl}/acme/open/-/blob/main/README.md`,
    ]);
  });

  it('tells owners, forks and invited groups', async () => {
    const { world, gitlab, token, ada, api, notes, partners } = await arrange();
    const fork = world.addRepository({ owner: ada, name: 'fork', forkOf: api });
    world.grant({ to: partners, on: notes, level: 'none', role: 'guest' });
    const one = async (id: number) => (await get(gitlab, `/projects/${id}`, token)).body;
    expect(await one(fork.id)).toMatchObject({ forked_from_project: { id: api.id } });
    expect(await one(notes.id)).toMatchObject({
      owner: { username: 'ada' },
      namespace: { kind: 'user', full_path: 'ada' },
      shared_with_groups: [
        { group_id: partners.id, group_full_path: 'partners', group_access_level: 10, expires_at: null },
      ],
    });
    world.setMember({ organization: partners, person: ada });
    world.removeMember(api.owner.type === 'organization' ? api.owner : partners, ada);
    expect(await one(fork.id)).not.toHaveProperty('forked_from_project');
  });
});

describe('/projects/:id', () => {
  it.each([
    ['its number', (id: number) => String(id)],
    ['its whole path', () => 'acme%2Fplatform%2Finfra'],
    ['its path in another case', () => 'ACME%2Fplatform%2Finfra'],
  ])('finds a project by %s', async (_name, named) => {
    const { gitlab, token, infra } = await arrange();
    const reply = await get(gitlab, `/projects/${named(infra.id)}`, token);
    expect([reply.status, fieldOf(reply.body, 'id')]).toEqual([200, infra.id]);
  });

  it('says the same of what is not there and of what the caller may not see', async () => {
    const { gitlab, as, eve, api } = await arrange();
    for (const named of [api.id, 'acme%2Fapi', 9_999_999, 'no%2Fsuch', 'infra']) {
      const reply = await get(gitlab, `/projects/${named}`, as(eve));
      expect([reply.status, reply.body]).toEqual([404, { message: '404 Project Not Found' }]);
    }
  });

  it('sends who asks for a former path to the number, with what was asked', async () => {
    const { world, gitlab, token, as, eve, api } = await arrange();
    world.renameRepository(api, 'core');
    const reply = await get(gitlab, '/projects/acme%2Fapi?statistics=true', token);
    const url = `${gitlab.apiUrl}/projects/${api.id}?statistics=true`;
    expect([reply.status, reply.headers.get('location')]).toEqual([301, url]);
    expect(reply.text).toBe(`This resource has been moved permanently to ${url}.`);
    expect((await get(gitlab, '/projects/acme%2Fapi/members/all/7', token)).headers.get('location')).toBe(
      `${gitlab.apiUrl}/projects/${api.id}/members/all/7`,
    );
    expect((await get(gitlab, url, token)).status).toBe(200);
    expect((await get(gitlab, '/projects/acme%2Fapi', as(eve))).status).toBe(404);
  });

  it('says of an empty project that it is empty, and which branch it would have', async () => {
    const { world, gitlab, token, acme } = await arrange();
    const fresh = world.addRepository({ owner: acme, name: 'fresh', empty: true });
    expect((await get(gitlab, `/projects/${fresh.id}`, token)).body).toMatchObject({
      empty_repo: true,
      default_branch: 'main',
      readme_url: null,
    });
  });
});

describe('/projects/:id/invited_groups', () => {
  it('lists the groups that are invited, as far as the caller may see them', async () => {
    const { world, gitlab, token, as, grace, partners, api } = await arrange();
    const hidden = world.addOrganization({ slug: 'hidden' });
    world.addRepository({ owner: hidden, name: 'secret' });
    world.grant({ to: partners, on: api, level: 'write' });
    world.grant({ to: hidden, on: api, level: 'read' });
    const reply = await get(gitlab, `/projects/${api.id}/invited_groups`, token);
    expect(reply.body).toEqual([
      {
        id: partners.id,
        web_url: `${gitlab.webUrl}/groups/partners`,
        name: 'partners',
        avatar_url: null,
        full_name: 'partners',
        full_path: 'partners',
      },
    ]);
    expect((await get(gitlab, `/projects/${api.id}/invited_groups`, as(grace))).body).toEqual([]);
  });
});
