import type { ForgeSimulator, OAuthClient, Person, World } from '@anyforge/forge-simulator';
import {
  createWorld,
  startBitbucketCloudSimulator,
  startBitbucketDataCenterSimulator,
  startGiteaSimulator,
  startGithubSimulator,
  startGitlabSimulator,
} from '@anyforge/forge-simulator';
import { z } from 'zod';
import type { ApiClient } from './api-client.js';

/** A forge where applications can be registered, and two people who have accounts there. */
export interface OAuthForge {
  readonly type: string;
  readonly simulator: ForgeSimulator;
  readonly ada: Person;
  readonly eve: Person;
  readonly config: Readonly<Record<string, unknown>>;
  /** What every application there is allowed, where the forge has that at the application. */
  readonly scopes?: readonly string[];
}

type Started = Pick<OAuthForge, 'simulator' | 'config' | 'scopes'>;

const starts: Readonly<Record<string, (world: World) => Promise<Started>>> = {
  github: async (world) => {
    const simulator = await startGithubSimulator({ world });
    const { webUrl: baseUrl, apiUrl } = simulator;
    return { simulator, config: { baseUrl, apiUrl } };
  },
  gitlab: async (world) => {
    const simulator = await startGitlabSimulator({ world, profile: 'self-managed', pathPrefix: '/gitlab' });
    return { simulator, config: { baseUrl: simulator.webUrl } };
  },
  bitbucket: async (world) => {
    const simulator = await startBitbucketCloudSimulator({ world });
    const { webUrl: baseUrl, apiUrl } = simulator;
    return { simulator, config: { baseUrl, apiUrl }, scopes: ['account', 'repository'] };
  },
  'bitbucket-data-center': async (world) => {
    const simulator = await startBitbucketDataCenterSimulator({ world, pathPrefix: '/bitbucket' });
    return { simulator, config: { baseUrl: simulator.webUrl } };
  },
  gitea: async (world) => {
    const simulator = await startGiteaSimulator({ world, pathPrefix: '/git' });
    return { simulator, config: { baseUrl: simulator.webUrl } };
  },
};

export const oauthForgeTypes: readonly string[] = Object.keys(starts);

export async function startOAuthForge(type: string): Promise<OAuthForge> {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  const eve = world.addPerson({ username: 'eve' });
  for (const owner of [ada, eve]) world.addRepository({ owner, name: `engine-of-${owner.username}` });
  const started = await starts[type]?.(world);
  if (started === undefined) throw new Error(`There is no forge ${type}.`);
  return { type, ada, eve, ...started };
}

/** A git provider at a forge, with an application that is registered there. */
export interface AddedProvider {
  readonly id: string;
  readonly client: OAuthClient;
}

const created = z.object({ id: z.string() });

/** Adds a git provider at a forge, and its application there, whose redirect URL has the id of the git provider in it. */
export async function addOAuthProvider(
  administrator: ApiClient,
  publicUrl: string,
  { type, simulator, config, scopes }: OAuthForge,
  name = 'Forge',
): Promise<AddedProvider> {
  const added = await administrator.post('/api/v1/git-providers', { name, type, config });
  const { id } = created.parse(added.body);
  const redirectUris = [`${publicUrl}/oauth/callback/${id}`];
  const client = simulator.oauth.registerClient({ name, redirectUris, ...(scopes && { scopes }) });
  const { clientId, clientSecret } = client;
  await changeProvider(administrator, id, { config: { ...config, oauth: { clientId, clientSecret } } });
  return { id, client };
}

/** Changes a git provider as it is now. */
export async function changeProvider(administrator: ApiClient, id: string, changes: object): Promise<void> {
  const path = `/api/v1/git-providers/${id}`;
  const etag = (await administrator.get(path)).headers.get('etag') ?? '';
  const { status, text } = await administrator.patch(path, changes, { 'if-match': etag });
  if (status !== 200) throw new Error(`The git provider was not changed: ${text}`);
}
