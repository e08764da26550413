import { describe, expect, it } from '@jest/globals';
import type { AccessRules, Standing } from './access-rules.js';
import { githubRules } from './access-rules.js';
import { accessOf, effectiveLevel, holdersOf, reachOf } from './access.js';
import { company } from './company.fixture.js';

describe("a forge's rules", () => {
  it('give its administrators nothing, or admin everywhere', () => {
    const { world, acme, api } = company();
    const root = world.addPerson({ username: 'root', administrator: true });
    const everything: AccessRules = { ...githubRules, administrators: 'everything' };
    expect(effectiveLevel(world, root, api)).toBe('none');
    expect([reachOf(world, root).size, holdersOf(world, api).size]).toEqual([0, 0]);
    expect(accessOf(world, root, api, everything)).toMatchObject({
      level: 'admin',
      sources: [{ via: 'inherited', level: 'admin' }],
    });
    expect([...reachOf(world, root, everything).keys()]).toEqual([api]);
    expect([...holdersOf(world, api, everything).keys()]).toEqual([root]);
    expect([...world.membersOf(acme)].map(({ person }) => person)).not.toContain(root);
  });

  it('give its administrators admin everywhere without its counting as a grant', () => {
    const { world, api } = company();
    const root = world.addPerson({ username: 'root', administrator: true });
    const unlisted: AccessRules = { ...githubRules, administrators: 'unlisted' };
    expect(effectiveLevel(world, root, api, unlisted)).toBe('admin');
    expect([reachOf(world, root, unlisted).size, holdersOf(world, api, unlisted).size]).toEqual([0, 0]);
    world.grant({ to: root, on: api, level: 'read' });
    expect(reachOf(world, root, unlisted).get(api)?.level).toBe('admin');
  });

  it('may count what everybody may read in an organization as granted to its members', () => {
    const { world, ada, grace, acme } = company();
    const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
    const inner = world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' });
    const eve = world.addPerson({ username: 'eve', external: true });
    world.setMember({ organization: acme, person: eve });
    const rules: AccessRules = { ...githubRules, internal: 'signed-in', membersReadOpen: true };
    const reach = [ada, grace, eve].map((person) => [...reachOf(world, person, rules).keys()]);
    expect(reach).toEqual([[open, inner], [], [open]]);
    expect([...holdersOf(world, open, rules).keys()]).toEqual([ada, eve]);
    expect(reachOf(world, ada).size).toBe(1);
  });

  it('may leave out of what somebody reaches what was granted to be read and everybody may read', () => {
    const { world, grace, acme } = company();
    const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
    const rules: AccessRules = { ...githubRules, reachesOpenByReading: false };
    world.grant({ to: grace, on: open, level: 'read' });
    expect([reachOf(world, grace, rules).size, reachOf(world, grace).size]).toEqual([0, 1]);
    expect([...holdersOf(world, open, rules).keys()]).toEqual([grace]);
    world.grant({ to: grace, on: open, level: 'write' });
    expect(reachOf(world, grace, rules).get(open)?.level).toBe('write');
  });

  it('let members of any organization read what is internal, or everybody who is signed in', () => {
    const { world, ada, grace, acme } = company();
    const inner = world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' });
    const signedIn: AccessRules = { ...githubRules, internal: 'signed-in' };
    expect([effectiveLevel(world, grace, inner), effectiveLevel(world, grace, inner, signedIn)]).toEqual([
      'none',
      'read',
    ]);
    expect(accessOf(world, grace, inner, signedIn).sources).toEqual([{ via: 'public', level: 'read' }]);
    expect([...holdersOf(world, inner).keys()]).toEqual([ada]);
    expect([...holdersOf(world, inner, signedIn).keys()]).toEqual([]);
  });

  it('keep external people from what is internal, and from nothing that is granted or public', () => {
    const { world, acme, api } = company();
    const signedIn: AccessRules = { ...githubRules, internal: 'signed-in' };
    const eve = world.addPerson({ username: 'eve', external: true });
    const inner = world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' });
    const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
    world.grant({ to: eve, on: api, level: 'write' });
    const levels = [api, inner, open].map((repository) => effectiveLevel(world, eve, repository, signedIn));
    expect(levels).toEqual(['write', 'none', 'read']);
  });

  it('may tell apart roles that are of one level', () => {
    const { world, ada, grace, acme, api } = company();
    const ranks = ['guest', 'planner', 'reporter'];
    const rankOf = ({ level, role }: Standing) => (level === 'none' ? ranks.indexOf(role ?? '') : 3);
    const rules: AccessRules = { ...githubRules, compare: (left, right) => rankOf(left) - rankOf(right) };
    const guests = world.addOrganization({ slug: 'guests' });
    world.setMember({ organization: acme, person: ada, roleName: 'guest' });
    world.grant({ to: ada, on: api, level: 'none', role: 'planner' });
    world.setMember({ organization: guests, person: grace, level: 'admin' });
    world.grant({ to: guests, on: api, level: 'none', role: 'guest' });
    expect(accessOf(world, ada, api, rules)).toMatchObject({ level: 'none', role: 'planner' });
    expect(accessOf(world, grace, api, rules)).toMatchObject({ level: 'none', role: 'guest' });
    expect([...holdersOf(world, api, rules).keys()]).toEqual([ada, grace]);
  });

  it('count what is internal as a grant to members of its owner and of the organizations above alone', () => {
    const { world, ada, grace, acme } = company();
    const platform = world.addOrganization({ slug: 'platform', parent: acme });
    const sibling = world.addOrganization({ slug: 'sibling', parent: acme, members: [grace] });
    const inner = world.addRepository({ owner: platform, name: 'inner', visibility: 'internal' });
    expect(sibling.path).toBe('acme/sibling');
    expect(accessOf(world, ada, inner).sources).toContainEqual({ via: 'inherited', level: 'read' });
    expect(accessOf(world, grace, inner).sources).toEqual([{ via: 'public', level: 'read' }]);
    expect([...reachOf(world, grace).keys()]).toEqual([]);
    expect([...holdersOf(world, inner).keys()]).toEqual([ada]);
  });
});
