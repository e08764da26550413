import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { generateWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { z } from 'zod';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const withId = z.object({ id: z.string() });
const connected = z.object({ syncId: z.string() });
const sync = z.looseObject({ state: z.string(), tasks: z.array(z.unknown()) });
const requestsAnHour = 20;

describe('a forge that allows too few requests for a list', () => {
  const { world, viewer } = generateWorld({ repositories: 3_000 });
  let forge: GithubSimulator;
  let server: TestServer;

  beforeAll(async () => {
    const limits = { authenticatedPerHour: requestsAnHour };
    forge = await startGithubSimulator({ world, profile: 'enterprise-server', limits });
    server = await startTestServer();
  });
  afterAll(async () => {
    await server.close();
    await forge.close();
  });

  it('has the sync wait, and lets people through meanwhile', async () => {
    const { api } = server;
    const token = forge.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:org'] });
    const provider = { name: 'Acme', type: 'github', config: { baseUrl: forge.webUrl } };
    const { id } = withId.parse((await api.post('/api/v1/git-providers', provider)).body);
    const path = `/api/v1/git-providers/${id}`;
    const { syncId } = connected.parse((await api.put(`${path}/connection`, { token })).body);
    let waiting: z.infer<typeof sync> | undefined;
    for await (const { data } of api.events(`/api/v1/syncs/${syncId}/events`)) {
      waiting = sync.parse(JSON.parse(data));
      if (waiting.state === 'waiting') break;
    }
    expect(waiting?.tasks).toEqual([
      expect.objectContaining({
        state: 'waiting',
        waitingUntil: expect.any(String),
        error: expect.objectContaining({
          kind: 'rate_limited',
          message: expect.stringContaining('kept for what people do themselves'),
        }),
      }),
    ]);
    const sent = forge.log.entries.length;
    expect(sent).toBeLessThan(requestsAnHour);
    expect((await api.get(`${path}/organizations`)).status).toBe(200);
    expect(forge.log.entries.length).toBeGreaterThan(sent);
  });
});
