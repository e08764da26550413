import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GithubSimulator, Person, World } from '@anyforge/forge-simulator';
import { generateWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const withId = z.object({ id: z.string() });
const connected = z.object({ syncId: z.string() });
const sync = z.object({
  state: z.string(),
  revision: z.number(),
  tasks: z.array(z.object({ repositories: z.number() })),
});
const budget = z.object({ resources: z.object({ core: z.object({ used: z.number() }) }) });

describe('a second sync with a GitHub on which nothing has changed', () => {
  let world: World;
  let viewer: Person;
  let github: GithubSimulator;
  let server: TestServer;
  let token: string;
  let providerId: string;

  beforeAll(async () => {
    ({ world, viewer } = generateWorld({ seed: 3, repositories: 1_930, reach: 1 }));
    github = await startGithubSimulator({ world, profile: 'cloud' });
    token = github.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:org'] });
    server = await startTestServer();
    const config = { baseUrl: github.webUrl, apiUrl: github.apiUrl };
    const provider = { name: 'Acme', type: 'github', config };
    providerId = withId.parse((await server.api.post('/api/v1/git-providers', provider)).body).id;
    const path = `/api/v1/git-providers/${providerId}/connection`;
    await ended(connected.parse((await server.api.put(path, { token })).body).syncId);
  });
  afterAll(async () => {
    await server.close();
    await github.close();
  });

  async function ended(id: string): Promise<z.infer<typeof sync>> {
    let seen = sync.parse((await server.api.get(`/api/v1/syncs/${id}`)).body);
    while (['queued', 'running', 'waiting'].includes(seen.state))
      seen = sync.parse((await server.api.get(`/api/v1/syncs/${id}?after=${seen.revision}`)).body);
    return seen;
  }

  const again = async () => {
    const { id } = withId.parse((await server.api.post('/api/v1/syncs')).body);
    return ended(id);
  };

  /** Of the hourly limit, as GitHub counts. */
  const pointsUsed = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, 'user-agent': 'test' };
    const answer = await fetch(`${github.apiUrl}/rate_limit`, { headers });
    return budget.parse(await answer.json()).resources.core.used;
  };

  it('is told so in every answer, and uses none of the hourly limit', async () => {
    const used = await pointsUsed();
    const before = github.log.entries.length;
    const { state, tasks } = await again();
    expect([state, tasks.map(({ repositories }) => repositories)]).toEqual(['succeeded', [1_930]]);
    const asked = github.log.entries.slice(before);
    expect(asked.length).toBeGreaterThanOrEqual(20);
    expect(asked.filter(({ status }) => status !== 304)).toEqual([]);
    expect(await pointsUsed()).toBe(used);
  });

  it('asks for no more than what has changed', async () => {
    const [renamed] = world.repositories;
    if (renamed === undefined) throw new Error('There is no repository.');
    world.updateRepository(renamed, { description: 'Other words' });
    const before = github.log.entries.length;
    expect((await again()).state).toBe('succeeded');
    const whole = github.log.entries.slice(before).filter(({ status }) => status === 200);
    expect(whole.length).toBe(1);
  });

  it('leaves nothing that GitHub has answered in the data folder for anybody to read', async () => {
    await server.api.delete(`/api/v1/git-providers/${providerId}/connection`);
    const files = await readdir(server.dataDirectory, { recursive: true, withFileTypes: true });
    expect(files.length).toBeGreaterThan(0);
    for (const file of files.filter((each) => each.isFile())) {
      const bytes = await readFile(join(file.parentPath, file.name));
      expect(bytes.includes('stargazers_url')).toBe(false);
    }
    const { syncId } = connected.parse(
      (await server.api.put(`/api/v1/git-providers/${providerId}/connection`, { token })).body,
    );
    const before = github.log.entries.length;
    await ended(syncId);
    expect(github.log.entries.slice(before).filter(({ status }) => status === 304)).toEqual([]);
  });
});
