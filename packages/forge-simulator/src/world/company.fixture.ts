import type { Organization, Person, Repository } from './model.js';
import type { World } from './world.js';
import { createWorld } from './world.js';

/** The smallest company: ada is a member of acme, grace of nothing; acme owns the private repository api. */
export interface Company {
  readonly world: World;
  readonly ada: Person;
  readonly grace: Person;
  readonly acme: Organization;
  readonly api: Repository;
}

export function company(): Company {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  const grace = world.addPerson({ username: 'grace' });
  const acme = world.addOrganization({ slug: 'acme', members: [ada] });
  const api = world.addRepository({ owner: acme, name: 'api' });
  return { world, ada, grace, acme, api };
}
