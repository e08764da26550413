import { afterEach, describe, expect, it } from '@jest/globals';
import type { WorldSize } from '../world/generate.js';
import { generateWorld } from '../world/generate.js';
import { everybody } from '../world/model.js';
import type { Acme } from './acme.fixture.js';
import { acmeWorld, get, Simulators } from './acme.fixture.js';
import { mustBeShowable } from './showable.js';
import { startGithubSimulator } from './simulator.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const unshowable: readonly [string, (company: Acme) => unknown][] = [
  [
    "'acme/inner', an organization within another",
    ({ world, acme }) => world.addOrganization({ slug: 'inner', parent: acme }),
  ],
  [
    "'acme/api' shared with 'friends'",
    ({ world, api }) => {
      world.grant({ to: world.addOrganization({ slug: 'friends' }), on: api, level: 'read' });
    },
  ],
  ["'eva', who is external", ({ world }) => world.addPerson({ username: 'eva', external: true })],
  [
    "a grant to everybody on 'acme'",
    ({ world, acme }) => world.grant({ to: everybody, on: acme, level: 'read' }),
  ],
  [
    "the group 'auditors' with a grant on 'acme/api'",
    ({ world, api }) => {
      world.grant({ to: world.addTeam({ slug: 'auditors' }), on: api, level: 'read' });
    },
  ],
  [
    "the team 'staff' of 'other' with a grant on 'acme/api'",
    ({ world, api }) => {
      const organization = world.addOrganization({ slug: 'other' });
      world.grant({ to: world.addTeam({ organization, slug: 'staff' }), on: api, level: 'read' });
    },
  ],
  [
    "the team 'platform' of 'acme' with a grant on 'ada/notes'",
    ({ world, platform, notes }) => world.grant({ to: platform, on: notes, level: 'read' }),
  ],
  [
    "a grant on the project 'CORE'",
    ({ world, ada, acme }) => {
      world.grant({ to: ada, on: world.addProject({ organization: acme, key: 'CORE' }), level: 'read' });
    },
  ],
  [
    "'guest', a role that may do nothing, on 'acme/api'",
    ({ world, ada, api }) => world.grant({ to: ada, on: api, level: 'none', role: 'guest' }),
  ],
  [
    "'ada' as a 'guest' of 'acme' that may do nothing",
    ({ world, ada, acme }) => world.setMember({ organization: acme, person: ada, roleName: 'guest' }),
  ],
];

describe('a world that GitHub cannot show', () => {
  it.each(unshowable)('is refused at the start: %s', async (words, change) => {
    const company = acmeWorld();
    change(company);
    await expect(startGithubSimulator({ world: company.world })).rejects.toThrow(
      `GitHub cannot show ${words}`,
    );
  });

  it('is none that was generated without asking for nesting or shares', () => {
    const show = (size: WorldSize) => () => {
      mustBeShowable(generateWorld({ repositories: 300, ...size }).world);
    };
    expect(show({})).not.toThrow();
    expect(show({ nesting: 1 })).toThrow('an organization within another');
    expect(show({ shares: true })).toThrow('shared with');
  });

  it('is refused as soon as it becomes one', async () => {
    const { world, acme, platform } = acmeWorld();
    const github = await simulators.start({ world });
    world.grant({ to: platform, on: acme, level: 'read' });
    expect((await get(github, '/zen')).status).toBe(200);
    world.addOrganization({ slug: 'inner', parent: acme });
    const reply = await get(github, '/zen');
    expect([reply.status, reply.text]).toEqual([500, expect.stringContaining('GitHub cannot show')]);
  });
});
