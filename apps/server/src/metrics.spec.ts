import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Forge } from './testing/forges.fixture.js';
import { forges } from './testing/forges.fixture.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

describe('the metrics of a server', () => {
  let forge: Forge;
  let server: TestServer;

  beforeAll(async () => {
    const startForge = forges['github'];
    if (startForge === undefined) throw new Error('There is no such forge.');
    forge = await startForge();
    server = await startTestServer({ settings: { metrics: { host: '127.0.0.1', port: 0 } } });
    const input = { name: 'A name of Acme', type: 'github', config: forge.config };
    const created = await server.api.post('/api/v1/git-providers', input);
    const { id } = z.object({ id: z.string() }).parse(created.body);
    const connected = await server.api.put(`/api/v1/git-providers/${id}/connection`, forge.signIn);
    const { syncId } = z.object({ syncId: z.string() }).parse(connected.body);
    // Ends when the sync does.
    await server.api.get(`/api/v1/syncs/${syncId}/events`);
  });
  afterAll(async () => {
    await server.close();
    await forge.simulator.close();
  });

  const ask = (path: string) => fetch(`${server.metricsUrl ?? ''}${path}`);
  const numberOf = (text: string, name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    );

  it('count what was synchronized and asked', async () => {
    const response = await ask('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    const { log } = forge.simulator;
    const stored = numberOf(text, 'anyforge_sync_repositories_stored_total{type="github"}');
    expect(stored).toBeGreaterThan(0);
    expect(numberOf(text, 'anyforge_syncs_ended_total{state="succeeded"}')).toBe(1);
    expect(numberOf(text, 'anyforge_sync_tasks_ended_total{type="github",state="succeeded",kind=""}')).toBe(
      1,
    );
    expect(numberOf(text, 'anyforge_sync_tasks_running{type="github"}')).toBe(0);
    expect(numberOf(text, 'anyforge_sync_queue_lag_seconds_count')).toBeGreaterThan(0);
    const asked = numberOf(text, 'anyforge_forge_requests_total{type="github",status="2xx"}');
    expect(asked).toBeGreaterThanOrEqual(log.to('/user/repos').length);
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']) {
      expect(numberOf(text, name)).toBeGreaterThan(0);
    }
  });

  it('name nobody, no place and no secret', async () => {
    const text = await (await ask('/metrics')).text();
    const words = [forge.signIn.token, forge.viewer.username, 'Acme', new URL(forge.simulator.webUrl).host];
    for (const word of words) expect(text).not.toContain(word);
  });

  it('are served beside the health of the process, and nothing else is', async () => {
    for (const path of ['/health/live', '/health/ready']) {
      expect(await (await ask(path)).json()).toEqual({ status: 'ok' });
    }
    const nothing = await ask('/api/v1/session');
    expect([nothing.status, await nothing.json()]).toEqual([
      404,
      expect.objectContaining({ code: 'not_found' }),
    ]);
  });

  it('are not to be had where people are', async () => {
    expect((await server.api.get('/metrics')).status).toBe(404);
  });
});

describe('a server that is given no port for its metrics', () => {
  it('tells them nowhere', async () => {
    const server = await startTestServer();
    expect(server.metricsUrl).toBeUndefined();
    await server.close();
  });
});
