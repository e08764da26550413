import type { Reply } from '../http/asking.fixture.js';
import { ask, fieldOf, pluck } from '../http/asking.fixture.js';
import { Running } from '../http/running.fixture.js';
import type { Organization, Person, Repository, Team } from '../world/model.js';
import type { World } from '../world/world.js';
import { createWorld } from '../world/world.js';
import type { GiteaSimulator, GiteaSimulatorOptions } from './simulator.js';
import { startGiteaSimulator } from './simulator.js';

/** A small company: grace owns acme, ada writes to its api through a team, eve helps with its issues alone. */
export interface Acme {
  readonly world: World;
  readonly ada: Person;
  readonly grace: Person;
  readonly eve: Person;
  readonly stranger: Person;
  readonly acme: Organization;
  readonly platform: Team;
  readonly helpers: Team;
  /** Private; ada's team writes, eve's team sees issues. */
  readonly api: Repository;
  /** Private, and no team's but the owners'. */
  readonly vault: Repository;
  readonly open: Repository;
  /** Ada's own, private. */
  readonly notes: Repository;
}

export function acmeWorld(): Acme {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada L.' });
  const grace = world.addPerson({ username: 'grace' });
  const eve = world.addPerson({ username: 'eve', email: null });
  const stranger = world.addPerson({ username: 'stranger' });
  const acme = world.addOrganization({ slug: 'acme', name: 'Acme', owners: [grace] });
  const platform = world.addTeam({ organization: acme, slug: 'platform', members: [ada] });
  const helpers = world.addTeam({ organization: acme, slug: 'helpers', members: [eve] });
  const api = world.addRepository({ owner: acme, name: 'api', description: 'The API' });
  const vault = world.addRepository({ owner: acme, name: 'vault' });
  const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
  const notes = world.addRepository({ owner: ada, name: 'notes' });
  world.grant({ to: platform, on: api, level: 'write' });
  world.grant({ to: helpers, on: api, level: 'none', role: 'issues' });
  return { world, ada, grace, eve, stranger, acme, platform, helpers, api, vault, open, notes };
}

const scopes = ['read:user', 'read:organization', 'read:repository'];

export class Giteas extends Running<GiteaSimulatorOptions, GiteaSimulator> {
  constructor() {
    super(startGiteaSimulator);
  }

  /** A Gitea with the company, and a way to ask it as somebody. */
  async startAcme(options: Partial<GiteaSimulatorOptions> = {}) {
    const company = acmeWorld();
    const gitea = await this.start({ world: company.world, ...options });
    const as = (person: Person, granted: readonly string[] = scopes): string =>
      gitea.tokens.issue({ kind: 'personal', person, scopes: granted });
    return { ...company, gitea, as };
  }
}

/** Asks an address, or a path of the API. */
export function get(
  simulator: GiteaSimulator,
  path: string,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return ask(path.startsWith('http') ? path : simulator.apiUrl + path, token, headers);
}

/** One field of every item of a list, or of a search's. */
export function listed({ body }: Reply, field = 'full_name'): unknown[] {
  return pluck(Array.isArray(body) ? body : fieldOf(body, 'data'), field);
}

export function message({ body }: Reply): unknown {
  return fieldOf(body, 'message');
}
