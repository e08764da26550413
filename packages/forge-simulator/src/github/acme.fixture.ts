import type { Reply } from '../http/asking.fixture.js';
import { ask } from '../http/asking.fixture.js';
import { Running } from '../http/running.fixture.js';
import type { Organization, Person, Repository, Team } from '../world/model.js';
import type { World } from '../world/world.js';
import { createWorld } from '../world/world.js';
import type { GithubSimulator, GithubSimulatorOptions } from './simulator.js';
import { startGithubSimulator } from './simulator.js';

/** A small company: ada is a member of acme, grace owns it, eve is an outside collaborator on one repository. */
export interface Acme {
  readonly world: World;
  readonly ada: Person;
  readonly grace: Person;
  readonly eve: Person;
  readonly acme: Organization;
  readonly platform: Team;
  /** Private; the team platform, and through it ada, may write; eve may read. */
  readonly api: Repository;
  readonly inner: Repository;
  readonly open: Repository;
  /** Ada's own, private. */
  readonly notes: Repository;
}

export function acmeWorld(): Acme {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada L.' });
  const grace = world.addPerson({ username: 'grace' });
  const eve = world.addPerson({ username: 'eve' });
  const acme = world.addOrganization({
    slug: 'acme',
    basePermission: 'read',
    owners: [grace],
    members: [ada],
  });
  const platform = world.addTeam({ organization: acme, slug: 'platform', members: [ada] });
  const api = world.addRepository({ owner: acme, name: 'api' });
  world.grant({ to: platform, on: api, level: 'write' });
  world.grant({ to: eve, on: api, level: 'read' });
  const inner = world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' });
  const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
  const notes = world.addRepository({ owner: ada, name: 'notes' });
  return { world, ada, grace, eve, acme, platform, api, inner, open, notes };
}

export class Simulators extends Running<GithubSimulatorOptions, GithubSimulator> {
  constructor() {
    super(startGithubSimulator);
  }

  /** GitHub.com with the company and a token of Ada's. */
  async startAcme() {
    const company = acmeWorld();
    const github = await this.start({ world: company.world });
    const token = github.tokens.issue({ kind: 'classic', person: company.ada, scopes: ['repo', 'read:org'] });
    return { ...company, github, token };
  }
}

export function get(
  simulator: GithubSimulator,
  path: string,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return ask(simulator.apiUrl + path, token, headers);
}
