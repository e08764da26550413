import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { createWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { z } from 'zod';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const withId = z.object({ id: z.string() });
const connected = z.object({ syncId: z.string() });
const sync = z.object({ finishedAt: z.string().optional(), revision: z.number() });

describe('the history of a git provider’s syncs', () => {
  let github: GithubSimulator;
  let server: TestServer;
  let path: string;

  beforeAll(async () => {
    const world = createWorld();
    const ada = world.addPerson({ username: 'ada' });
    world.addRepository({ owner: ada, name: 'notes' });
    github = await startGithubSimulator({ world, profile: 'enterprise-server' });
    const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo', 'read:org'] });
    server = await startTestServer();
    const provider = { name: 'Ours', type: 'github', config: { baseUrl: github.webUrl } };
    path = `/api/v1/git-providers/${withId.parse((await server.api.post('/api/v1/git-providers', provider)).body).id}`;
    const { syncId } = connected.parse((await server.api.put(`${path}/connection`, { token })).body);
    let seen = sync.parse((await server.api.get(`/api/v1/syncs/${syncId}`)).body);
    while (seen.finishedAt === undefined)
      seen = sync.parse((await server.api.get(`/api/v1/syncs/${syncId}?after=${seen.revision}`)).body);
  });
  afterAll(async () => {
    await server.close();
    await github.close();
  });

  it('is of two weeks in pieces of six hours, unless it is asked for another time', async () => {
    expect(await server.api.get(`${path}/sync-history`)).toMatchObject({
      status: 200,
      body: { bucketMinutes: 360, items: [{ succeeded: 1, failed: 0, medianMs: expect.any(Number) }] },
    });
    expect(await server.api.get(`${path}/sync-history?days=1`)).toMatchObject({
      status: 200,
      body: { bucketMinutes: 60, items: [{ succeeded: 1 }] },
    });
  });

  it.each(['0', '31', 'x', ''])('is refused of %j days, and says how many there may be', async (days) => {
    const refused = await server.api.get(`${path}/sync-history?days=${days}`);
    expect(refused).toMatchObject({ status: 422, body: { fields: [{ path: 'days' }] } });
  });

  it('is for administrators', async () => {
    const member = await server.newMember('bob');
    expect(await member.get(`${path}/sync-history`)).toMatchObject({ status: 403 });
  });
});
