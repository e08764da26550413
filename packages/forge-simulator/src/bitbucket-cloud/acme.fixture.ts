import type { Reply } from '../http/asking.fixture.js';
import { ask, fieldOf } from '../http/asking.fixture.js';
import { Running } from '../http/running.fixture.js';
import type { Organization, Person, Project, Repository, Team } from '../world/model.js';
import type { World } from '../world/world.js';
import { createWorld } from '../world/world.js';
import type { BitbucketCloudSimulator, BitbucketCloudSimulatorOptions } from './simulator.js';
import { startBitbucketCloudSimulator } from './simulator.js';

/** A small company: ada is a member of acme, grace owns it, eve has been granted one repository there. */
interface Acme {
  readonly world: World;
  readonly ada: Person;
  readonly grace: Person;
  readonly eve: Person;
  readonly acme: Organization;
  readonly platform: Team;
  readonly core: Project;
  /** Private, in the project core; the group platform, and through it ada, may write; eve may read. */
  readonly api: Repository;
  /** Private, in the project core, on which ada may read. */
  readonly lib: Repository;
  /** Public; nobody was granted anything. */
  readonly open: Repository;
  /** Private and empty; ada may read. */
  readonly bare: Repository;
  /** Ada's own, private. */
  readonly notes: Repository;
}

function acmeWorld(): Acme {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada L.' });
  const grace = world.addPerson({ username: 'grace' });
  const eve = world.addPerson({ username: 'eve' });
  const acme = world.addOrganization({ slug: 'acme', name: 'Acme Inc.', owners: [grace], members: [ada] });
  const platform = world.addTeam({ organization: acme, slug: 'platform', members: [ada] });
  const core = world.addProject({ organization: acme, key: 'CORE', name: 'Core' });
  const api = world.addRepository({ owner: acme, name: 'api', project: core });
  const lib = world.addRepository({ owner: acme, name: 'lib', project: core, forkOf: api });
  const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
  const bare = world.addRepository({ owner: acme, name: 'bare', empty: true });
  const notes = world.addRepository({ owner: ada, name: 'notes' });
  world.grant({ to: platform, on: api, level: 'write' });
  world.grant({ to: eve, on: api, level: 'read' });
  world.grant({ to: ada, on: core, level: 'read' });
  world.grant({ to: ada, on: bare, level: 'read' });
  return { world, ada, grace, eve, acme, platform, core, api, lib, open, bare, notes };
}

/** Everything that an OAuth consumer may be given to read. */
export const readScopes = ['account', 'email', 'repository'] as const;

/** Everything that an API token may be given to read. */
export const readApiScopes = [
  'read:user:bitbucket',
  'read:workspace:bitbucket',
  'read:repository:bitbucket',
] as const;

export class Simulators extends Running<BitbucketCloudSimulatorOptions, BitbucketCloudSimulator> {
  constructor() {
    super(startBitbucketCloudSimulator);
  }

  /** The company, with Ada's OAuth token. */
  async startAcme(options: Omit<BitbucketCloudSimulatorOptions, 'world'> = {}) {
    const company = acmeWorld();
    const bitbucket = await this.start({ ...options, world: company.world });
    const token = bitbucket.tokens.issue({ kind: 'oauth', person: company.ada, scopes: readScopes });
    return { ...company, bitbucket, token };
  }
}

/** @param authorization a Bearer token, or headers of any kind */
export function get(
  simulator: BitbucketCloudSimulator,
  path: string,
  authorization: string | Record<string, string> = {},
): Promise<Reply> {
  const url = path.startsWith('http') ? path : simulator.apiUrl + path;
  return typeof authorization === 'string' ? ask(url, authorization) : ask(url, undefined, authorization);
}

export function basic(username: string, token: string): Record<string, string> {
  return { authorization: `Basic ${btoa(`${username}:${token}`)}` };
}

/** One field of every value of a listing. */
export function pluck(body: unknown, ...path: readonly string[]): unknown[] {
  const values = fieldOf(body, 'values');
  if (!Array.isArray(values)) throw new Error('not a listing');
  return values.map((value: unknown) => path.reduce(fieldOf, value));
}
