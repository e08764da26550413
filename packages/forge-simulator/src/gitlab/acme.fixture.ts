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

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; the test says what it expects of it. */
  readonly body: unknown;
}

/** Simulators of one spec file, closed together. */
export class Simulators {
  readonly #running: GitlabSimulator[] = [];

  async start(options: GitlabSimulatorOptions): Promise<GitlabSimulator> {
    const simulator = await startGitlabSimulator(options);
    this.#running.push(simulator);
    return simulator;
  }

  /** GitLab.com with the company, and a way to ask it as somebody. */
  async startAcme(options: Partial<GitlabSimulatorOptions> = {}) {
    const company = acmeWorld();
    const gitlab = await this.start({ world: company.world, limits: 'off', ...options });
    return { ...company, gitlab, as: (person: Person) => personalToken(gitlab, person) };
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((simulator) => simulator.close()));
  }
}

/** A token of somebody's that may read everything. */
export function personalToken(gitlab: GitlabSimulator, person: Person): string {
  return gitlab.tokens.issue({ kind: 'personal', person, scopes: ['read_api'] });
}

export async function get(
  simulator: GitlabSimulator,
  path: string,
  token?: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const url = path.startsWith('http') ? path : simulator.apiUrl + path;
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, body };
}

/** One field of every item of a listing. */
export function pluck(body: unknown, field: string): unknown[] {
  if (!Array.isArray(body)) throw new Error('not a list');
  return body.map((item: unknown) => fieldOf(item, field));
}

export function fieldOf(item: unknown, field: string): unknown {
  const fields: [string, unknown][] = Object.entries(item ?? {});
  return fields.find(([name]) => name === field)?.[1];
}

/** The addresses of a `Link` header by relation. */
export function relations({ headers }: Reply): Record<string, string> {
  return Object.fromEntries(
    [...(headers.get('link') ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(
      ([, url = '', relation = '']) => [relation, url],
    ),
  );
}
