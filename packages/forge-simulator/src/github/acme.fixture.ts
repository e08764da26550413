import type { Clock } from '../http/clock.js';
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

/** A clock that moves only when it is told to, or when something sleeps on it. */
export class ManualClock implements Clock {
  #time = Date.UTC(2026, 10, 20, 12);

  now(): Date {
    return new Date(this.#time);
  }

  advance(ms: number): void {
    this.#time += ms;
  }

  sleep(ms: number): Promise<void> {
    this.advance(ms);
    return Promise.resolve();
  }
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; the test says what it expects of it. */
  readonly body: unknown;
}

/** Simulators of one spec file, closed together. */
export class Simulators {
  readonly #running: GithubSimulator[] = [];

  async start(options: GithubSimulatorOptions): Promise<GithubSimulator> {
    const simulator = await startGithubSimulator(options);
    this.#running.push(simulator);
    return simulator;
  }

  /** GitHub.com with the company and a token of Ada's. */
  async startAcme() {
    const company = acmeWorld();
    const github = await this.start({ world: company.world });
    const token = github.tokens.issue({ kind: 'classic', person: company.ada, scopes: ['repo', 'read:org'] });
    return { ...company, github, token };
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((simulator) => simulator.close()));
  }
}

export async function get(
  simulator: GithubSimulator,
  path: string,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(simulator.apiUrl + path, {
    redirect: 'manual',
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const body: unknown = isJson ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, body };
}

/** One field of every item of a listing. */
export function pluck(body: unknown, field: string): unknown[] {
  if (!Array.isArray(body)) throw new Error('not a list');
  return body.map((item: unknown) => {
    const fields: [string, unknown][] = Object.entries(item ?? {});
    return fields.find(([name]) => name === field)?.[1];
  });
}
