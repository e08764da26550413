import { afterEach, describe, expect, it } from '@jest/globals';
import { pluck } from '../http/asking.fixture.js';
import { get, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function arrange() {
  const company = await simulators.startAcme();
  const { gitlab, as, world } = company;
  const elsewhere = world.addOrganization({ slug: 'elsewhere' });
  world.addRepository({ owner: elsewhere, name: 'site', visibility: 'public' });
  const europe = world.addOrganization({ slug: 'europe', parent: elsewhere });
  const paths = async (query: string, token: string | undefined = as(company.ada)): Promise<unknown[]> =>
    pluck((await get(gitlab, `/groups?${query}`, token)).body, 'full_path');
  return { ...company, elsewhere, europe, paths };
}

describe('/groups', () => {
  it('lists what the caller has to do with, and with all_available what is open, too', async () => {
    const { paths } = await arrange();
    expect(await paths('')).toEqual(['acme', 'partners', 'acme/platform']);
    expect(await paths('all_available=true')).toEqual(['acme', 'elsewhere', 'partners', 'acme/platform']);
    expect(await paths('top_level_only=true')).toEqual(['acme', 'partners']);
  });

  it('counts members of one’s own and what is within, but no invitations, where a level is asked for', async () => {
    const { world, paths, partners, europe } = await arrange();
    world.addOrganization({ slug: 'deep', parent: europe });
    world.grant({ to: partners, on: europe, level: 'admin' });
    expect(await paths('min_access_level=30')).toEqual(['acme', 'partners', 'acme/platform']);
    expect(await paths('min_access_level=40')).toEqual(['partners', 'acme/platform']);
    expect(await paths('owned=true')).toEqual([]);
    expect(await paths('')).toEqual([
      'acme',
      'elsewhere/europe/deep',
      'elsewhere',
      'elsewhere/europe',
      'partners',
      'acme/platform',
    ]);
  });

  it('lists the groups around a project that was granted, and every group to administrators', async () => {
    const { world, as, eve, infra, paths } = await arrange();
    world.grant({ to: eve, on: infra, level: 'read' });
    expect(await paths('', as(eve))).toEqual(['acme', 'acme/platform']);
    const root = world.addPerson({ username: 'root', administrator: true });
    expect(await paths('', as(root))).toHaveLength(5);
    expect(await paths('all_available=false', as(root))).toEqual([]);
  });

  it('shows anybody what is as open as a project in it', async () => {
    const { gitlab } = await arrange();
    expect(pluck((await get(gitlab, '/groups')).body, 'full_path')).toEqual(['acme', 'elsewhere']);
    expect(pluck((await get(gitlab, '/groups')).body, 'visibility')).toEqual(['public', 'public']);
  });

  it.each([
    ['order_by=path&sort=desc', ['partners', 'acme/platform', 'acme']],
    ['order_by=id', ['acme', 'acme/platform', 'partners']],
    ['search=PLAT', ['acme/platform']],
    ['visibility=public', ['acme']],
  ])('can be asked for %s', async (query, expected) => {
    const { paths } = await arrange();
    expect(await paths(query)).toEqual(expected);
  });

  it('leaves out groups that are named', async () => {
    const { paths, acme } = await arrange();
    expect(await paths(`skip_groups[]=${acme.id}`)).toEqual(['partners', 'acme/platform']);
  });

  it('has numbered pages alone', async () => {
    const { gitlab, as, ada } = await arrange();
    expect((await get(gitlab, '/groups?pagination=keyset&order_by=name', as(ada))).status).toBe(405);
    const page = await get(gitlab, '/groups?per_page=2', as(ada));
    expect(page.headers.get('x-total')).toBe('3');
  });
});

describe('/groups/:id', () => {
  it('is found by number or path, and tells invited groups', async () => {
    const { world, gitlab, as, ada, acme, platform, partners } = await arrange();
    world.grant({ to: partners, on: platform, level: 'read' });
    for (const named of [platform.id, 'acme%2Fplatform'])
      expect((await get(gitlab, `/groups/${named}`, as(ada))).body).toMatchObject({
        id: platform.id,
        full_name: 'Acme / Platform',
        full_path: 'acme/platform',
        parent_id: acme.id,
        visibility: 'private',
        web_url: `${gitlab.webUrl}/groups/acme/platform`,
        shared_with_groups: [{ group_id: partners.id, group_access_level: 20 }],
      });
  });

  it('is not there for those who may not know of it', async () => {
    const { gitlab, as, eve, platform } = await arrange();
    const reply = await get(gitlab, `/groups/${platform.id}`, as(eve));
    expect([reply.status, reply.body]).toEqual([404, { message: '404 Group Not Found' }]);
  });
});

describe('/groups/:id/projects', () => {
  it('lists its own and those it is invited to, and with include_subgroups those within, without permissions', async () => {
    const { world, gitlab, as, ada, notes, acme } = await arrange();
    world.grant({ to: acme, on: notes, level: 'read' });
    const list = async (query: string) =>
      get(gitlab, `/groups/${acme.id}/projects?order_by=id&sort=asc&${query}`, as(ada));
    expect(pluck((await list('')).body, 'path')).toEqual(['api', 'inner', 'open', 'notes']);
    expect(pluck((await list('with_shared=false')).body, 'path')).toEqual(['api', 'inner', 'open']);
    const all = await list('include_subgroups=true&with_shared=false');
    expect(pluck(all.body, 'path')).toEqual(['api', 'infra', 'inner', 'open']);
    expect(pluck(all.body, 'permissions')).toEqual([undefined, undefined, undefined, undefined]);
    expect(pluck((await list('include_subgroups=true&min_access_level=40')).body, 'path')).toEqual([
      'infra',
      'notes',
    ]);
    expect(pluck((await list('owned=true')).body, 'path')).toEqual(['notes']);
    expect(pluck((await list('simple=true&archived=false')).body, 'archived')).toHaveLength(4);
  });

  it('lists what the caller sees, and takes no keyset', async () => {
    const { gitlab, as, eve, acme } = await arrange();
    const reply = await get(gitlab, `/groups/${acme.id}/projects?pagination=keyset`, as(eve));
    expect(pluck(reply.body, 'path')).toEqual(['open', 'inner']);
    expect(reply.headers.get('x-total')).toBe('2');
    expect(reply.headers.get('link')).toContain(`id=${acme.id}`);
  });
});
