import { afterEach, describe, expect, it } from '@jest/globals';
import { effectiveLevel } from '../world/access.js';
import { generateWorld } from '../world/generate.js';
import type { Person, Repository } from '../world/model.js';
import { accessLevelOf, gitlabRules } from './access-level.js';
import { fieldOf, pluck } from '../http/asking.fixture.js';
import { get, personalToken, Simulators } from './acme.fixture.js';
import type { GitlabSimulator, GitlabSimulatorOptions } from './simulator.js';
import { gitlabWorldSize } from './world-size.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

/** What one listing says of a project: whether it is in it, and the two numbers of its permissions. */
async function listed(gitlab: GitlabSimulator, token: string, project: Repository, query = '') {
  const reply = await get(gitlab, `/projects?membership=true&per_page=100${query}`, token);
  const items: unknown[] = Array.isArray(reply.body) ? reply.body : [];
  const item = items.find((each) => fieldOf(each, 'id') === project.id);
  if (item === undefined) return undefined;
  const permissions = fieldOf(item, 'permissions');
  return ['project_access', 'group_access'].map((field) =>
    fieldOf(fieldOf(permissions, field) ?? {}, 'access_level'),
  );
}

async function highestLevel(gitlab: GitlabSimulator, token: string, project: Repository): Promise<number> {
  let highest = 0;
  for (const level of [10, 15, 20, 25, 30, 40, 50]) {
    const reply = await get(gitlab, `/projects?min_access_level=${level}&per_page=100`, token);
    if (pluck(reply.body, 'id').includes(project.id)) highest = level;
  }
  return highest;
}

type Company = Awaited<ReturnType<Simulators['startAcme']>>;

const grants: readonly [string, number, (company: Company) => { person: Person; project: Repository }][] = [
  ['the ownership of a personal project', 50, ({ ada, notes }) => ({ person: ada, project: notes })],
  ['the ownership of a group', 50, ({ grace, infra }) => ({ person: grace, project: infra })],
  [
    'a grant by name',
    20,
    ({ world, eve, api }) => {
      world.grant({ to: eve, on: api, level: 'read' });
      return { person: eve, project: api };
    },
  ],
  ['membership of the group', 30, ({ ada, api }) => ({ person: ada, project: api })],
  ['the higher of two groups', 40, ({ ada, infra }) => ({ person: ada, project: infra })],
  [
    'membership of a group above',
    15,
    ({ world, eve, acme, infra }) => {
      world.setMember({ organization: acme, person: eve, roleName: 'planner' });
      return { person: eve, project: infra };
    },
  ],
  [
    'a group invited to the project, at most the invitation',
    30,
    ({ world, ada, partners }) => {
      const owner = world.addOrganization({ slug: 'clients' });
      const project = world.addRepository({ owner, name: 'shop' });
      world.grant({ to: partners, on: project, level: 'write' });
      return { person: ada, project };
    },
  ],
  [
    'a group above one that is invited',
    40,
    ({ world, ada, partners }) => {
      const owner = world.addOrganization({ slug: 'clients' });
      const within = world.addOrganization({ slug: 'within', parent: partners });
      const project = world.addRepository({ owner, name: 'shop' });
      world.grant({ to: within, on: project, level: 'admin' });
      return { person: ada, project };
    },
  ],
  [
    'a group invited to the group above',
    25,
    ({ world, ada, partners }) => {
      const above = world.addOrganization({ slug: 'clients' });
      const owner = world.addOrganization({ slug: 'europe', parent: above });
      const project = world.addRepository({ owner, name: 'shop' });
      world.grant({ to: partners, on: above, level: 'read', role: 'security_manager' });
      return { person: ada, project };
    },
  ],
  [
    'a group invited to a group that is invited',
    20,
    ({ world, ada, partners }) => {
      const owner = world.addOrganization({ slug: 'clients' });
      const friends = world.addOrganization({ slug: 'friends' });
      const project = world.addRepository({ owner, name: 'shop' });
      world.grant({ to: partners, on: friends, level: 'read' });
      world.grant({ to: friends, on: project, level: 'admin' });
      return { person: ada, project };
    },
  ],
  [
    'a custom role',
    30,
    ({ world, eve, api }) => {
      world.grant({ to: eve, on: api, level: 'write', role: 'releaser' });
      return { person: eve, project: api };
    },
  ],
  [
    'nothing: minimal access to a group',
    0,
    ({ world, eve, acme, api }) => {
      world.setMember({ organization: acme, person: eve });
      return { person: eve, project: api };
    },
  ],
  [
    'nothing: an invitation that was not accepted',
    0,
    ({ world, eve, acme, api }) => {
      world.setMember({ organization: acme, person: eve, level: 'admin', state: 'pending' });
      return { person: eve, project: api };
    },
  ],
  [
    'nothing: a group that is invited to the whole group does not bring those above it',
    0,
    ({ world, ada, partners }) => {
      const owner = world.addOrganization({ slug: 'clients' });
      const within = world.addOrganization({ slug: 'within', parent: partners });
      const project = world.addRepository({ owner, name: 'shop' });
      world.grant({ to: within, on: owner, level: 'admin' });
      return { person: ada, project };
    },
  ],
  ['nothing: an internal project is no grant', 0, ({ eve, inner }) => ({ person: eve, project: inner })],
];

describe('min_access_level', () => {
  it.each(grants)('counts %s as %d', async (_name, level, arrange) => {
    const company = await simulators.startAcme();
    const { person, project } = arrange(company);
    expect(await highestLevel(company.gitlab, company.as(person), project)).toBe(level);
  });

  it('does not count that somebody administers the instance', async () => {
    const { world, gitlab, as, api } = await simulators.startAcme();
    const root = world.addPerson({ username: 'root', administrator: true });
    expect(await highestLevel(gitlab, as(root), api)).toBe(0);
    const everything = await get(gitlab, '/projects?per_page=100', as(root));
    expect(pluck(everything.body, 'id')).toContain(api.id);
  });

  it.each(['14', 'x'])('refuses %s, which is no level', async (level) => {
    const { gitlab, as, ada } = await simulators.startAcme();
    const reply = await get(gitlab, `/projects?min_access_level=${level}`, as(ada));
    expect(reply.status).toBe(400);
    expect(fieldOf(reply.body, 'error')).toMatch(
      /^min_access_level (does not have a valid value|is invalid)$/,
    );
  });

  it.each([
    ['17.6.2', 15, 400],
    ['17.7.0', 15, 200],
    ['18.7.4', 25, 400],
    ['19.4.1', 25, 200],
  ])('in version %s knows %d or not', async (version, level, status) => {
    const { gitlab, as, ada } = await simulators.startAcme({ profile: 'self-managed', version });
    expect((await get(gitlab, `/projects?min_access_level=${level}`, as(ada))).status).toBe(status);
  });
});

describe('the permissions of a listing', () => {
  async function arrange(options: Partial<GitlabSimulatorOptions>) {
    const company = await simulators.startAcme(options);
    return { ...company, token: company.as(company.ada) };
  }

  it.each([
    ['immediate', undefined],
    ['inherited', 30],
  ] as const)('look for group_access in the %s groups', async (groupAccess, level) => {
    const { world, gitlab, token, acme, api } = await arrange({ groupAccess });
    const owner = world.addOrganization({ slug: 'tools', parent: acme });
    const project = world.addRepository({ owner, name: 'hammer' });
    expect(await listed(gitlab, token, project)).toEqual([undefined, level]);
    expect(await listed(gitlab, token, api)).toEqual([undefined, 30]);
    const single = await get(gitlab, `/projects/${project.id}`, token);
    expect(fieldOf(single.body, 'permissions')).toEqual({
      project_access: null,
      group_access: { access_level: 30, notification_level: 3 },
    });
  });

  it('never count invitations: both are null for somebody who may push', async () => {
    const { world, gitlab, token, ada, partners } = await arrange({});
    const owner = world.addOrganization({ slug: 'clients' });
    const direct = world.addRepository({ owner, name: 'direct' });
    world.grant({ to: partners, on: direct, level: 'write' });
    const whole = world.addOrganization({ slug: 'whole' });
    const through = world.addRepository({ owner: whole, name: 'through' });
    world.grant({ to: partners, on: whole, level: 'write' });
    for (const project of [direct, through]) {
      expect(effectiveLevel(world, ada, project, gitlabRules)).toBe('write');
      expect(await listed(gitlab, token, project)).toEqual([undefined, undefined]);
    }
  });

  it('may show who owns a personal project as its maintainer, though an owner is what they are', async () => {
    const { gitlab, token, ada, notes } = await arrange({ personalOwners: 'maintainer' });
    expect(await listed(gitlab, token, notes)).toEqual([40, undefined]);
    expect(await highestLevel(gitlab, token, notes)).toBe(50);
    const levelIn = async (path: string) =>
      fieldOf((await get(gitlab, `/projects/${notes.id}/${path}/${ada.id}`, token)).body, 'access_level');
    expect([await levelIn('members'), await levelIn('members/all')]).toEqual([40, 50]);
  });

  it('tell a project of one’s own and a grant by name as project_access', async () => {
    const { world, gitlab, token, ada, notes, api } = await arrange({});
    world.grant({ to: ada, on: api, level: 'none', role: 'guest' });
    expect(await listed(gitlab, token, notes)).toEqual([50, undefined]);
    expect(await listed(gitlab, token, api)).toEqual([10, 30]);
  });
});

/** What the levels of a listing come to, with what is open to everybody. */
function levelNamed(accessLevel: number, readable: boolean): string {
  if (accessLevel >= 50) return 'admin';
  if (accessLevel >= 40) return 'maintain';
  if (accessLevel >= 30) return 'write';
  return accessLevel >= 20 || readable ? 'read' : 'none';
}

describe('all levels together', () => {
  it.each([1, 2])('agree with what the world gives, in generated world %d', async (seed) => {
    const { world, viewer } = generateWorld({ ...gitlabWorldSize, seed, repositories: 400, reach: 0.8 });
    const gitlab = await simulators.start({ world, limits: 'off' });
    const token = personalToken(gitlab, viewer);
    const levels = new Map<unknown, number>();
    for (const level of [10, 15, 20, 25, 30, 40, 50])
      for (let page = 1; page <= 5; page += 1)
        for (const id of pluck(
          (await get(gitlab, `/projects?min_access_level=${level}&per_page=100&page=${page}`, token)).body,
          'id',
        ))
          levels.set(id, level);
    for (const project of world.repositories) {
      const readable = project.visibility !== 'private';
      expect(levelNamed(levels.get(project.id) ?? 0, readable)).toBe(
        effectiveLevel(world, viewer, project, gitlabRules),
      );
    }
    expect(new Set(levels.values())).toEqual(new Set([10, 15, 20, 30, 40, 50]));
    expect(accessLevelOf({ level: 'read', role: 'custom-read' })).toBe(20);
  });
});
