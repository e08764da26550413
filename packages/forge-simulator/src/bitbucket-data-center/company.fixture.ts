import type { Reply } from '../http/asking.fixture.js';
import { ask, fieldOf, pluck as pluckList } from '../http/asking.fixture.js';
import { Running } from '../http/running.fixture.js';
import type { Organization, Person, Repository, Team } from '../world/model.js';
import type { World } from '../world/world.js';
import { createWorld } from '../world/world.js';
import type { BitbucketDataCenterSimulator, BitbucketDataCenterSimulatorOptions } from './simulator.js';
import { startBitbucketDataCenterSimulator } from './simulator.js';

/** A small company: grace administers the project ACME, ada reaches some of its repositories, eve one. */
interface DataCenterCompany {
  readonly world: World;
  readonly ada: Person;
  readonly grace: Person;
  readonly eve: Person;
  readonly acme: Organization;
  /** A group of the whole forge that ada is in. */
  readonly developers: Team;
  /** Private; ada may write through the group, eve may read. */
  readonly api: Repository;
  /** Private; ada administers it. */
  readonly web: Repository;
  readonly open: Repository;
  /** Private, archived; nobody but grace. */
  readonly old: Repository;
  /** Ada's own, private. */
  readonly notes: Repository;
}

function dataCenterCompany(): DataCenterCompany {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada L.' });
  const grace = world.addPerson({ username: 'grace' });
  const eve = world.addPerson({ username: 'eve' });
  const acme = world.addOrganization({ slug: 'ACME', name: 'Acme', owners: [grace] });
  const developers = world.addTeam({ slug: 'developers', members: [ada] });
  const api = world.addRepository({ owner: acme, name: 'api', description: 'Everything' });
  world.grant({ to: developers, on: api, level: 'write' });
  world.grant({ to: eve, on: api, level: 'read' });
  const web = world.addRepository({ owner: acme, name: 'web', forkOf: api });
  world.grant({ to: ada, on: web, level: 'admin' });
  const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
  const old = world.addRepository({ owner: acme, name: 'old', archived: true });
  const notes = world.addRepository({ owner: ada, name: 'notes' });
  return { world, ada, grace, eve, acme, developers, api, web, open, old, notes };
}

export class DataCenters extends Running<BitbucketDataCenterSimulatorOptions, BitbucketDataCenterSimulator> {
  constructor() {
    super(startBitbucketDataCenterSimulator);
  }

  /** A Bitbucket with the company, and a token of each of its people. */
  async startCompany(options: Partial<BitbucketDataCenterSimulatorOptions> = {}) {
    const company = dataCenterCompany();
    const bitbucket = await this.start({ world: company.world, ...options });
    const tokenOf = (person: Person): string => bitbucket.tokens.issue({ kind: 'personal', person });
    const tokens = { ada: tokenOf(company.ada), grace: tokenOf(company.grace), eve: tokenOf(company.eve) };
    return { ...company, bitbucket, tokens };
  }
}

/** Asks an address, or a path of the API, with a bearer token if there is one. */
export function get(
  simulator: BitbucketDataCenterSimulator,
  path: string,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return ask(path.startsWith('/') ? simulator.apiUrl + path : path, token, headers);
}

/** One field of every item of a page. */
export function pluck({ body }: Reply, field: string): unknown[] {
  return pluckList(fieldOf(body, 'values'), field);
}

/** The class that a refusal names. */
export function exceptionOf({ body }: Reply): unknown {
  const errors = fieldOf(body, 'errors');
  return Array.isArray(errors) ? fieldOf(errors[0], 'exceptionName') : undefined;
}
