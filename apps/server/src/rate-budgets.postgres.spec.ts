import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { generateWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const withId = z.object({ id: z.string() });
const connected = z.object({ syncId: z.string() });
const health = z.object({
  health: z.object({ rateBudgets: z.array(z.looseObject({ limit: z.number(), remaining: z.number() })) }),
});

describe('two servers on one database, of which one leaves the synchronizing to the other', () => {
  const { world, viewer } = generateWorld({ repositories: 230 });
  let folder: string;
  let forge: GithubSimulator;
  let working: TestServer;
  let serving: TestServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-servers-'));
    const dataDirectory = join(folder, 'data');
    working = await startTestServer({ dataDirectory });
    serving = await startTestServer({ dataDirectory, settings: { syncConcurrency: 0 } });
    forge = await startGithubSimulator({ world, profile: 'enterprise-server', limits: 'on' });
  });
  afterAll(async () => {
    await serving.close();
    await working.close();
    await forge.close();
    await rm(folder, { recursive: true });
  });

  it('tell at one what the other has heard of the forge’s limits', async () => {
    const token = forge.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:org'] });
    const provider = { name: 'Acme', type: 'github', config: { baseUrl: forge.webUrl } };
    const { id } = withId.parse((await serving.api.post('/api/v1/git-providers', provider)).body);
    const path = `/api/v1/git-providers/${id}`;
    const { syncId } = connected.parse((await serving.api.put(`${path}/connection`, { token })).body);
    for await (const { data } of serving.api.events(`/api/v1/syncs/${syncId}/events`)) z.string().parse(data);
    const [core, ...others] = health.parse((await serving.api.get(path)).body).health.rateBudgets;
    expect(core).toMatchObject({ name: 'core', per: 'credential', limit: 5_000 });
    expect(core?.remaining).toBeLessThan(5_000);
    expect(others).toEqual([]);
  });
});
