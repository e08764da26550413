import { describe, expect, it } from '@jest/globals';
import type { AccessRules } from './access-rules.js';
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

  it('let members of any organization read what is internal, or everybody who is signed in', () => {
    const { world, ada, grace, acme } = company();
    const inner = world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' });
    const signedIn: AccessRules = { ...githubRules, internal: 'signed-in' };
    expect([effectiveLevel(world, grace, inner), effectiveLevel(world, grace, inner, signedIn)]).toEqual([
      'none',
      'read',
    ]);
    expect(accessOf(world, grace, inner, signedIn).sources).toEqual([{ via: 'public', level: 'read' }]);
    expect([...holdersOf(world, inner, signedIn).keys()]).toEqual([ada]);
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
