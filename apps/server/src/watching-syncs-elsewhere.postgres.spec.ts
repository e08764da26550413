import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ApiClient } from './testing/api-client.js';
import type { SeenEvent } from './testing/event-stream.js';
import type { Forge } from './testing/forges.fixture.js';
import { forges } from './testing/forges.fixture.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const sync = z.object({ id: z.string(), state: z.string(), revision: z.number() });
const withId = z.object({ id: z.string() });
const issued = z.object({ token: z.string() });

/** The states and revisions that a stream tells, until it ends. */
async function read(events: AsyncIterable<SeenEvent>): Promise<readonly z.infer<typeof sync>[]> {
  const seen: z.infer<typeof sync>[] = [];
  for await (const { data } of events) seen.push(sync.parse(JSON.parse(data)));
  return seen;
}

describe('two servers on one database, of which one leaves the synchronizing to the other', () => {
  let folder: string;
  let forge: Forge;
  let working: TestServer;
  let serving: TestServer;
  /** The same person at each. */
  let atWorking: ApiClient;
  let atServing: ApiClient;

  beforeAll(async () => {
    const startForge = forges['github'];
    if (startForge === undefined) throw new Error('There is no such forge.');
    forge = await startForge();
    folder = await mkdtemp(join(tmpdir(), 'anyforge-servers-'));
    const dataDirectory = join(folder, 'data');
    working = await startTestServer({ dataDirectory });
    serving = await startTestServer({ dataDirectory, settings: { syncConcurrency: 0 } });
    const input = { name: 'shell', scopes: ['manage'] };
    const { token } = issued.parse((await working.api.post('/api/v1/api-tokens', input)).body);
    const headers = { authorization: `Bearer ${token}` };
    atWorking = new ApiClient(working.url, headers);
    atServing = new ApiClient(serving.url, headers);
    const provider = { name: 'Acme', type: 'github', config: forge.config };
    const { id } = withId.parse((await atServing.post('/api/v1/git-providers', provider)).body);
    const connected = await atServing.put(`/api/v1/git-providers/${id}/connection`, forge.signIn);
    const { syncId } = z.object({ syncId: z.string() }).parse(connected.body);
    await read(atServing.events(`/api/v1/syncs/${syncId}/events`));
  });
  afterAll(async () => {
    await serving.close();
    await working.close();
    await forge.simulator.close();
    await rm(folder, { recursive: true });
  });

  /** Holds up the second page of the listing until it is called. */
  function hold(): () => void {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      const stop = forge.simulator.onRequest(({ path, query }) =>
        path === '/user/repos' && query['page'] !== undefined && query['page'] !== '1' ? held : undefined,
      );
      release = () => {
        stop();
        resolve();
      };
    });
    return release;
  }

  it('tells at one what the other does, and goes on at the other where the reader was', async () => {
    const release = hold();
    const { id } = withId.parse((await atServing.post('/api/v1/syncs')).body);
    const path = `/api/v1/syncs/${id}/events`;
    const stream = atServing.events(path);
    let running: z.infer<typeof sync> | undefined;
    for await (const { data } of stream) {
      running = sync.parse(JSON.parse(data));
      if (running.state === 'running') break;
    }
    const after = running?.revision ?? -1;
    const headers = { 'last-event-id': String(after) };
    const here = read(atServing.events(path, headers));
    const there = read(atWorking.events(path, headers));
    release();
    const [seenHere, seenThere] = await Promise.all([here, there]);
    expect(seenHere.at(-1)).toMatchObject({ id, state: 'succeeded' });
    expect(seenHere.at(-1)).toEqual(seenThere.at(-1));
    const first = Math.min(...[...seenHere, ...seenThere].map(({ revision }) => revision));
    expect(first).toBeGreaterThan(after);
    const end = { 'last-event-id': String(seenHere.at(-1)?.revision) };
    expect((await atWorking.get(path, end)).status).toBe(204);
  });

  it('cancels at one what the other runs, and tells both', async () => {
    const release = hold();
    const { id } = withId.parse((await atServing.post('/api/v1/syncs')).body);
    const path = `/api/v1/syncs/${id}/events`;
    for await (const { data } of atServing.events(path)) {
      if (sync.parse(JSON.parse(data)).state === 'running') break;
    }
    const seen = [read(atServing.events(path)), read(atWorking.events(path))];
    const cancelled = await atServing.post(`/api/v1/syncs/${id}/cancellation`);
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    for (const told of await Promise.all(seen)) expect(told.at(-1)?.state).toBe('cancelled');
    release();
  });
});
