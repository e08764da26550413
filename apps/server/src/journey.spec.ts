import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessRules, ForgeSimulator, Person, Repository } from '@anyforge/forge-simulator';
import {
  bitbucketDataCenterRules,
  bitbucketWorldSize,
  generateWorld,
  gitlabRules,
  gitlabWorldSize,
  reachOf,
  startBitbucketCloudSimulator,
  startBitbucketDataCenterSimulator,
  startGithubSimulator,
  startGitlabSimulator,
} from '@anyforge/forge-simulator';
import { z } from 'zod';
import type { ApiClient } from './testing/api-client.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const withId = z.object({ id: z.string() });
const sync = z.object({ state: z.string(), revision: z.number() });
const repositories = z.object({
  items: z.array(z.object({ path: z.string(), permission: z.object({ level: z.string() }) })),
  nextCursor: z.string().optional(),
});

interface Forge {
  readonly simulator: ForgeSimulator;
  readonly viewer: Person;
  /** What the person pastes, and with which username where the forge asks for one. */
  readonly signIn: { readonly token: string; readonly username?: string };
  readonly config: object;
  readonly rules?: AccessRules;
  /** How the forge names a repository, where not as the world does. */
  readonly pathOf?: (repository: Repository) => string;
}

const worldPath = ({ path }: Repository): string => path;

/** What a person brings from each forge. */
const forges: Readonly<Record<string, () => Promise<Forge>>> = {
  github: async () => {
    const { world, viewer } = generateWorld({ repositories: 230 });
    const simulator = await startGithubSimulator({ world, profile: 'enterprise-server' });
    const token = simulator.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:org'] });
    return { simulator, viewer, signIn: { token }, config: { baseUrl: simulator.webUrl } };
  },
  gitlab: async () => {
    const { world, viewer } = generateWorld({ repositories: 230, ...gitlabWorldSize });
    const simulator = await startGitlabSimulator({ world, profile: 'self-managed', pathPrefix: '/gitlab' });
    const token = simulator.tokens.issue({ kind: 'personal', person: viewer, scopes: ['read_api'] });
    return {
      simulator,
      viewer,
      signIn: { token },
      config: { baseUrl: simulator.webUrl },
      rules: gitlabRules,
    };
  },
  bitbucket: async () => {
    const { world, viewer } = generateWorld({ repositories: 230, ...bitbucketWorldSize });
    const simulator = await startBitbucketCloudSimulator({ world });
    const scopes = ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'];
    const token = simulator.tokens.issue({ kind: 'api', person: viewer, scopes });
    const { webUrl, apiUrl } = simulator;
    return {
      simulator,
      viewer,
      signIn: { token, username: viewer.email ?? '' },
      config: { baseUrl: webUrl, apiUrl },
    };
  },
  'bitbucket-data-center': async () => {
    const { world, viewer } = generateWorld({ repositories: 230, ...bitbucketWorldSize });
    const simulator = await startBitbucketDataCenterSimulator({ world, pathPrefix: '/bitbucket' });
    const token = simulator.tokens.issue({ kind: 'personal', person: viewer });
    return {
      simulator,
      viewer,
      signIn: { token },
      config: { baseUrl: simulator.webUrl },
      rules: bitbucketDataCenterRules,
      pathOf: ({ path, owner }) => (owner.type === 'person' ? `~${path}` : path),
    };
  },
};

describe('the journey from a git provider to its repositories', () => {
  let server: TestServer;
  let api: ApiClient;
  // A sync asks every forge that the person is signed in to, those of earlier journeys too.
  const running: ForgeSimulator[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    api = server.api;
  });
  afterAll(async () => {
    await server.close();
    for (const simulator of running) await simulator.close();
  });

  async function synchronize(): Promise<void> {
    const started = await api.post('/api/v1/syncs');
    const location = started.headers.get('location') ?? '';
    let seen = sync.parse(started.body);
    while (seen.state === 'queued' || seen.state === 'running')
      seen = sync.parse((await api.get(`${location}?after=${seen.revision}`)).body);
    expect(seen).toMatchObject({ state: 'succeeded' });
  }

  async function listed(gitProviderId: string): Promise<readonly string[]> {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ limit: '100', gitProviderId });
      if (cursor !== undefined) query.set('cursor', cursor);
      const page = repositories.parse((await api.get(`/api/v1/repositories?${query.toString()}`)).body);
      found.push(...page.items.map(({ path, permission }) => `${path} ${permission.level}`));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return found.toSorted();
  }

  it.each(Object.entries(forges))('ends with what the world has: %s', async (type, start) => {
    const { simulator, viewer, signIn, config, rules, pathOf = worldPath } = await start();
    running.push(simulator);
    const created = await api.post('/api/v1/git-providers', { name: `Acme ${type}`, type, config });
    expect(created.status).toBe(201);
    const { id } = withId.parse(created.body);
    const connected = await api.put(`/api/v1/git-providers/${id}/connection`, signIn);
    expect(connected).toMatchObject({
      status: 200,
      body: { kind: 'token', account: { displayName: viewer.name } },
    });
    await synchronize();
    const reach = [...reachOf(simulator.world, viewer, rules)];
    expect(reach.length).toBeGreaterThan(200);
    expect(await listed(id)).toEqual(
      reach.map(([repository, { level }]) => `${pathOf(repository)} ${level}`).toSorted(),
    );
  });
});
