import { describe, expect, it } from '@jest/globals';
import { effectiveLevel, reachOf } from './access.js';
import { company } from './company.fixture.js';
import { createWorld } from './world.js';

describe('World', () => {
  it('keeps the id and remembers the old path when a repository is renamed and transferred', () => {
    const { world, ada, api } = company();
    const { id } = api;
    world.renameRepository(api, 'backend');
    world.transferRepository(api, ada);
    expect(world.repository('ADA/Backend')?.id).toBe(id);
    expect(world.movedRepository('acme/api')).toBe(api);
    expect(world.movedRepository('acme/backend')).toBe(api);
    expect(world.repository('acme/api')).toBeUndefined();
  });

  it('forgets the old path once something else takes it', () => {
    const { world, acme, api } = company();
    world.renameRepository(api, 'backend');
    const successor = world.addRepository({ owner: acme, name: 'api' });
    expect(world.movedRepository('acme/api')).toBeUndefined();
    expect(world.repository('acme/api')).toBe(successor);
  });

  it('moves everything below an organization when it is renamed', () => {
    const { world, acme, api } = company();
    const platform = world.addOrganization({ slug: 'platform', parent: acme });
    const tool = world.addRepository({ owner: platform, name: 'tool' });
    world.renameOrganization(acme, 'emca');
    expect(world.repository('emca/api')).toBe(api);
    expect(world.repository('emca/platform/tool')).toBe(tool);
    expect(world.movedRepository('acme/platform/tool')).toBe(tool);
    expect(world.organization('acme')).toBeUndefined();
  });

  it('refuses a path that is taken, whatever its case, and changes nothing', () => {
    const { world, acme, api } = company();
    const other = world.addRepository({ owner: acme, name: 'other' });
    expect(() => {
      world.renameRepository(other, 'API');
    }).toThrow("'acme/API' already exists");
    expect(other.path).toBe('acme/other');
    expect(world.repository('acme/other')).toBe(other);
    expect(world.repository('acme/api')).toBe(api);
  });

  it('forgets a deleted repository and the grants on it', () => {
    const { world, ada, acme, api } = company();
    world.grant({ to: ada, on: api, level: 'write' });
    const fork = world.addRepository({ owner: ada, name: 'api', forkOf: api });
    world.deleteRepository(api);
    expect(world.repository('acme/api')).toBeUndefined();
    expect([...world.grantsTo(ada)]).toEqual([]);
    expect([...world.repositoriesOf(acme)]).toEqual([]);
    expect(fork.forkOf).toBeUndefined();
  });

  it('lets a path change its case', () => {
    const { world, ada, acme, api } = company();
    world.renameRepository(api, 'API');
    world.renameOrganization(acme, 'ACME');
    world.renamePerson(ada, 'Ada');
    expect([api.path, ada.username]).toEqual(['ACME/API', 'Ada']);
    expect(world.repository('acme/api')).toBe(api);
    expect(world.movedRepository('acme/api')).toBeUndefined();
    expect(world.person('ada')).toBe(ada);
  });

  it('takes somebody who leaves an organization out of its teams', () => {
    const { world, ada, acme, api } = company();
    const upper = world.addTeam({ organization: acme, slug: 'upper' });
    const lower = world.addTeam({ organization: acme, slug: 'lower', parent: upper, members: [ada] });
    const elsewhere = world.addTeam({ slug: 'auditors', members: [ada] });
    world.grant({ to: upper, on: api, level: 'write' });
    expect(world.removeMember(acme, ada)).toBe(true);
    expect(effectiveLevel(world, ada, api)).toBe('none');
    expect(reachOf(world, ada).size).toBe(0);
    expect([...world.peopleIn(lower)]).toEqual([]);
    expect([...world.teamsOf(ada)]).toEqual([elsewhere]);
    expect([...world.membershipsOf(ada)]).toEqual([]);
    expect([...world.membersOf(acme)]).toEqual([]);
    expect(world.removeMember(acme, ada)).toBe(false);
  });

  it('makes whoever joins a team a member of its organization, and of none for a group of the whole forge', () => {
    const { world, grace, acme } = company();
    world.addTeam({ slug: 'auditors', members: [grace] });
    expect([...world.membershipsOf(grace)]).toEqual([]);
    const team = world.addTeam({ organization: acme, slug: 'platform' });
    world.joinTeam(team, grace);
    expect(world.membership(acme, grace)).toMatchObject({ role: 'member', state: 'active', level: 'none' });
    expect([...world.teamsIn(acme)]).toEqual([team]);
    expect([...world.teamsIn(undefined)].map(({ slug }) => slug)).toEqual(['auditors']);
  });

  it('leaves the membership of whoever joins a team as it was', () => {
    const { world, grace, acme } = company();
    const owner = world.setMember({ organization: acme, person: grace, role: 'owner' });
    world.joinTeam(world.addTeam({ organization: acme, slug: 'platform' }), grace);
    expect(world.membership(acme, grace)).toBe(owner);
  });

  it("takes a transferred repository from its former organization's teams and from nobody else", () => {
    const { world, ada, grace, acme, api } = company();
    const other = world.addOrganization({ slug: 'other', owners: [grace] });
    const team = world.addTeam({ organization: acme, slug: 'platform', members: [ada] });
    const auditors = world.addTeam({ slug: 'auditors' });
    for (const to of [team, auditors, grace]) world.grant({ to, on: api, level: 'write' });
    world.transferRepository(api, other);
    expect([...world.grantsOn(api)].map(({ to }) => to)).toEqual([auditors, grace]);
    expect(effectiveLevel(world, ada, api)).toBe('none');
  });

  it('keeps the person who gave a repository away as a collaborator on it', () => {
    const { world, ada, grace, acme } = company();
    const notes = world.addRepository({ owner: ada, name: 'notes' });
    world.transferRepository(notes, grace);
    expect(effectiveLevel(world, ada, notes)).toBe('write');
    world.transferRepository(notes, acme);
    expect([...world.grantsOn(notes)].map(({ to, level }) => [to, level])).toEqual([
      [ada, 'write'],
      [grace, 'write'],
    ]);
  });

  it('has one way to say what a person has in an organization', () => {
    const { world, ada, acme, api } = company();
    expect(() => world.grant({ to: ada, on: acme, level: 'write' })).toThrow("a membership's level");
    expect([...world.grants]).toEqual([]);
    world.setMember({ organization: acme, person: ada, level: 'write' });
    expect(effectiveLevel(world, ada, api)).toBe('write');
  });

  it('keeps projects apart by organization, and repositories in projects of their owner', () => {
    const { world, ada, acme, api } = company();
    const other = world.addOrganization({ slug: 'other' });
    const core = world.addProject({ organization: acme, key: 'CORE' });
    const foreign = world.addProject({ organization: other, key: 'CORE' });
    expect(() => world.addProject({ organization: acme, key: 'core' })).toThrow(
      "already has a project 'CORE'",
    );
    expect(() => {
      world.setProject(api, foreign);
    }).toThrow("'acme/api' cannot be in a project of 'other'");
    expect(() => world.addRepository({ owner: ada, project: core, name: 'x' })).toThrow(
      'cannot be in a project',
    );
    expect(world.repository('ada/x')).toBeUndefined();
    world.setProject(api, core);
    expect([...world.projectsIn(acme)]).toEqual([core]);
    expect([...world.repositoriesInProject(core)]).toEqual([api]);
    world.renameRepository(api, 'backend');
    expect(api.project).toBe(core);
    world.transferRepository(api, other);
    expect(api.project).toBeUndefined();
    expect([...world.repositoriesInProject(core)]).toEqual([]);
    world.setProject(api, foreign);
    world.deleteRepository(api);
    expect([...world.repositoriesInProject(foreign)]).toEqual([]);
  });

  it('changes its revision with every change', () => {
    const { world, ada, grace, acme, api } = company();
    const team = world.addTeam({ organization: acme, slug: 'platform' });
    const project = world.addProject({ organization: acme, key: 'CORE' });
    const changes: readonly (() => unknown)[] = [
      () => world.addPerson({ username: 'eve' }),
      () => world.addOrganization({ slug: 'other' }),
      () => world.addTeam({ slug: 'auditors' }),
      () => world.addProject({ organization: acme, key: 'MOB' }),
      () => world.addRepository({ owner: acme, name: 'web' }),
      () => world.setMember({ organization: acme, person: grace }),
      () => world.removeMember(acme, grace),
      () => {
        world.joinTeam(team, ada);
      },
      () => {
        world.leaveTeam(team, ada);
      },
      () => world.grant({ to: ada, on: api, level: 'read' }),
      () => world.revoke(ada, api),
      () => {
        world.setProject(api, project);
      },
      () => {
        world.updateRepository(api, { archived: true });
      },
      () => {
        world.renameRepository(api, 'backend');
      },
      () => {
        world.transferRepository(api, ada);
      },
      () => {
        world.renamePerson(ada, 'lovelace');
      },
      () => {
        world.renameOrganization(acme, 'emca');
      },
      () => {
        world.setBasePermission(acme, 'read');
      },
      () => {
        world.setSuspended(ada, true);
      },
      () => {
        world.deleteRepository(api);
      },
    ];
    for (const change of changes) {
      const before = world.revision;
      change();
      expect(world.revision).toBeGreaterThan(before);
    }
  });

  it('forgets where a deleted repository was', () => {
    const { world, acme, api } = company();
    world.renameRepository(api, 'backend');
    world.deleteRepository(api);
    expect(world.movedRepository('acme/api')).toBeUndefined();
    expect([...world.repositoriesOf(acme)]).toEqual([]);
  });

  it('tells the time it is given', () => {
    const world = createWorld({ now: () => new Date('2026-05-06T07:08:09Z') });
    expect(world.addPerson({ username: 'ada' }).createdAt).toEqual(new Date('2026-05-06T07:08:09Z'));
  });
});
