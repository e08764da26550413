import type { Reply } from '../http/asking.fixture.js';
import { ask } from '../http/asking.fixture.js';
import { Running } from '../http/running.fixture.js';
import type { Organization, Person, Repository } from '../world/model.js';
import type { World } from '../world/world.js';
import { createWorld } from '../world/world.js';
import type { GitlabSimulator, GitlabSimulatorOptions } from './simulator.js';
import { startGitlabSimulator } from './simulator.js';

/**
 * A small company in nested groups: grace owns acme; ada is a developer of acme, a maintainer of acme/platform and a
 * member of partners; eve has nothing but what single specs give her.
 */
export interface Acme {
  readonly world: World;
  readonly ada: Person;
  readonly grace: Person;
  readonly eve: Person;
  readonly acme: Organization;
  readonly platform: Organization;
  readonly partners: Organization;
  /** Private, in acme. */
  readonly api: Repository;
  /** Private, in acme/platform. */
  readonly infra: Repository;
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
  const acme = world.addOrganization({ slug: 'acme', name: 'Acme', owners: [grace] });
  const platform = world.addOrganization({ slug: 'platform', name: 'Platform', parent: acme });
  const partners = world.addOrganization({ slug: 'partners' });
  world.setMember({ organization: acme, person: ada, level: 'write' });
  world.setMember({ organization: platform, person: ada, level: 'maintain' });
  world.setMember({ organization: partners, person: ada, level: 'maintain' });
  const api = world.addRepository({ owner: acme, name: 'api' });
  const infra = world.addRepository({ owner: platform, name: 'infra' });
  const inner = world.addRepository({ owner: acme, name: 'inner', visibility: 'internal' });
  const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
  const notes = world.addRepository({ owner: ada, name: 'notes' });
  return { world, ada, grace, eve, acme, platform, partners, api, infra, inner, open, notes };
}

export class Simulators extends Running<GitlabSimulatorOptions, GitlabSimulator> {
  constructor() {
    super(startGitlabSimulator);
  }

  /** GitLab.com with the company, and a way to ask it as somebody. */
  async startAcme(options: Partial<GitlabSimulatorOptions> = {}) {
    const company = acmeWorld();
    const gitlab = await this.start({ world: company.world, limits: 'off', ...options });
    return { ...company, gitlab, as: (person: Person) => personalToken(gitlab, person) };
  }
}

/** A token of somebody's that may read everything. */
export function personalToken(gitlab: GitlabSimulator, person: Person): string {
  return gitlab.tokens.issue({ kind: 'personal', person, scopes: ['read_api'] });
}

/** Asks an address, or a path of the API. */
export function get(
  simulator: GitlabSimulator,
  path: string,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return ask(path.startsWith('http') ? path : simulator.apiUrl + path, token, headers);
}
