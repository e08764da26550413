import { expect, it } from '@jest/globals';
import { everybody } from '../world/model.js';
import type { Company } from '../world/company.fixture.js';
import { company } from '../world/company.fixture.js';
import { mustBeShowable } from './showable.js';

it.each<[string, (company: Company) => unknown]>([
  [
    "'acme/inner', a workspace within another",
    ({ world, acme }) => world.addOrganization({ slug: 'inner', parent: acme }),
  ],
  [
    "'acme/x', which is internal",
    ({ world, acme }) => world.addRepository({ owner: acme, name: 'x', visibility: 'internal' }),
  ],
  ["'eva', who is external", ({ world }) => world.addPerson({ username: 'eva', external: true })],
  ["'maintain' on 'acme/api'", ({ world, ada, api }) => world.grant({ to: ada, on: api, level: 'maintain' })],
  [
    "the role 'guest' on 'acme/api'",
    ({ world, ada, api }) => world.grant({ to: ada, on: api, level: 'read', role: 'guest' }),
  ],
  [
    "a grant to everybody on 'acme/api'",
    ({ world, api }) => world.grant({ to: everybody, on: api, level: 'read' }),
  ],
  [
    "'acme/api' shared with 'other'",
    ({ world, api }) => world.grant({ to: world.addOrganization({ slug: 'other' }), on: api, level: 'read' }),
  ],
  [
    "the group 'forge' on 'acme/api'",
    ({ world, api }) =>
      world.grant({ to: world.addTeam({ organization: undefined, slug: 'forge' }), on: api, level: 'read' }),
  ],
  [
    "the base permission of 'acme': 'triage'",
    ({ world, acme }) => {
      world.setBasePermission(acme, 'triage');
    },
  ],
  [
    "'ada' as a 'guest' of 'acme'",
    ({ world, ada, acme }) => world.setMember({ organization: acme, person: ada, roleName: 'guest' }),
  ],
  [
    "what 'ada' has in 'acme': 'triage'",
    ({ world, ada, acme }) => world.setMember({ organization: acme, person: ada, level: 'triage' }),
  ],
])('A world is refused that has %s', (words, change) => {
  const made = company();
  mustBeShowable(made.world);
  change(made);
  expect(() => {
    mustBeShowable(made.world);
  }).toThrow(`Bitbucket Cloud cannot show ${words}`);
});
