import type { Credential, Repository } from '@anyforge/core';
import type {
  BitbucketCloudSimulator,
  BitbucketCloudSimulatorOptions,
  Person,
  Visibility,
  World,
} from '@anyforge/forge-simulator';
import { createWorld, startBitbucketCloudSimulator } from '@anyforge/forge-simulator';
import { afterEach } from '@jest/globals';
import { bitbucketPlugin } from './plugin.js';
import type { BitbucketSession } from './session.js';

type Options = Omit<BitbucketCloudSimulatorOptions, 'world'>;

/** Starts worlds of `acmeWorld` for the tests of a file, each of which is closed after its test. */
export function acmeStarter() {
  let running: BitbucketCloudSimulator[] = [];
  afterEach(async () => {
    await Promise.all(running.map((simulator) => simulator.close()));
    running = [];
  });
  return async (options: Options = {}) => {
    const company = acmeWorld();
    const bitbucket = await startBitbucketCloudSimulator({ limits: 'off', ...options, world: company.world });
    running.push(bitbucket);
    return { ...company, bitbucket, session: signIn(bitbucket, oauthOf(bitbucket, company.ada)) };
  };
}

/** Ada's two workspaces: acme, which grace owns and where ada was granted something, and her own. */
function acmeWorld() {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada', name: 'Ada Lovelace' });
  const grace = world.addPerson({ username: 'grace' });
  const acme = world.addOrganization({ slug: 'acme', name: 'Acme Inc.', owners: [grace], members: [ada] });
  const core = world.addProject({ organization: acme, key: 'CORE' });
  const platform = world.addTeam({ organization: acme, slug: 'platform', members: [ada] });
  const api = world.addRepository({ owner: acme, name: 'api', project: core, description: 'The API' });
  const bare = world.addRepository({ owner: acme, name: 'bare', empty: true, forkOf: api });
  const lib = world.addRepository({ owner: acme, name: 'lib', project: core, visibility: 'public' });
  const open = world.addRepository({ owner: acme, name: 'open', visibility: 'public' });
  const secret = world.addRepository({ owner: acme, name: 'secret' });
  const notes = world.addRepository({ owner: ada, name: 'notes' });
  world.grant({ to: platform, on: api, level: 'write' });
  world.grant({ to: ada, on: core, level: 'read' });
  world.grant({ to: ada, on: bare, level: 'read' });
  return { world, ada, grace, acme, api, bare, lib, open, secret, notes };
}

/** What `repositories()` lists of that world for ada. */
export const readable = ['acme/api write', 'acme/bare read', 'acme/lib read', 'ada/notes admin'];

export function signIn(bitbucket: BitbucketCloudSimulator, credential: Credential): BitbucketSession {
  const { webUrl, apiUrl } = bitbucket;
  return bitbucketPlugin.create({ baseUrl: webUrl, apiUrl }).signIn(credential);
}

export function oauthOf(bitbucket: BitbucketCloudSimulator, person: Person): Credential {
  const scopes = ['account', 'email', 'repository'];
  return { kind: 'oauth', accessToken: bitbucket.tokens.issue({ kind: 'oauth', person, scopes }) };
}

/** 'acme/api write', in the order of the listing. */
export async function describeAll(listing: AsyncIterable<Repository>): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { path, permission } of listing) lines.push(`${path} ${permission.level}`);
  return lines;
}

/** So many repositories of acme that a person may read, 'acme/r000' and on, as `describeAll` tells them. */
export function addReadable(
  world: World,
  person: Person,
  count: number,
  visibility: Visibility = 'private',
): readonly string[] {
  const owner = world.organization('acme');
  if (owner === undefined) throw new Error('there is no acme');
  return Array.from({ length: count }, (_, index) => {
    const on = world.addRepository({ owner, name: `r${String(index).padStart(3, '0')}`, visibility });
    world.grant({ to: person, on, level: 'read' });
    return `${on.path} read`;
  });
}
