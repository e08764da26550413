import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ForgeSimulator, Repository } from '@anyforge/forge-simulator';
import { reachOf } from '@anyforge/forge-simulator';
import { z } from 'zod';
import type { ApiClient } from './testing/api-client.js';
import type { TestServer } from './testing/start-test-server.js';
import { forges } from './testing/forges.fixture.js';
import { startTestServer } from './testing/start-test-server.js';

const withId = z.object({ id: z.string() });
const sync = z.object({ state: z.string(), revision: z.number() });
const repositories = z.object({
  items: z.array(z.object({ path: z.string(), permission: z.object({ level: z.string() }) })),
  nextCursor: z.string().optional(),
});

const worldPath = ({ path }: Repository): string => path;

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
