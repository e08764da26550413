import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Clock } from '@anyforge/core';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { generateWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { systemClock } from '@anyforge/provider-kit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ApiClient } from './testing/api-client.js';
import type { SeenEvent } from './testing/event-stream.js';
import { readEvents } from './testing/event-stream.js';
import { signInAs } from './testing/sign-in.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const sync = z.object({ id: z.string(), state: z.string(), revision: z.number() });
const withId = z.object({ id: z.string() });
const open: ReadonlySet<string> = new Set(['queued', 'running', 'waiting']);

let folder: string;
let github: GithubSimulator;
let token: string;
let server: TestServer;
let api: ApiClient;
/** Lets the listings that wait at their second page go on. */
let release = (): void => undefined;

/** The time of the system, but that a pause of 15 seconds lasts until a test says that it is over. */
class HeartClock implements Clock {
  readonly #sleeping = new Set<() => void>();

  now(): Date {
    return systemClock.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms !== 15_000) return systemClock.sleep(ms, signal);
    return new Promise((resolve, reject) => {
      this.#sleeping.add(resolve);
      signal?.addEventListener('abort', () => {
        this.#sleeping.delete(resolve);
        reject(new Error('Aborted.'));
      });
    });
  }

  beat(): void {
    for (const wake of this.#sleeping) wake();
    this.#sleeping.clear();
  }
}

const clock = new HeartClock();

const start = () => startTestServer({ dataDirectory: join(folder, 'data'), clock });

beforeAll(async () => {
  const { world, viewer } = generateWorld({ repositories: 230, reach: 1 });
  github = await startGithubSimulator({ world, profile: 'enterprise-server' });
  token = github.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:org'] });
  folder = await mkdtemp(join(tmpdir(), 'anyforge-server-'));
  server = await start();
  api = server.api;
  const config = { baseUrl: github.webUrl };
  const input = { name: 'Acme', type: 'github', config };
  const { id } = withId.parse((await api.post('/api/v1/git-providers', input)).body);
  const connected = await api.put(`/api/v1/git-providers/${id}/connection`, { token });
  const { syncId } = z.object({ syncId: z.string() }).parse(connected.body);
  await ended(syncId);
});
afterEach(() => {
  release();
});
afterAll(async () => {
  await server.close();
  await github.close();
  await rm(folder, { recursive: true });
});

function path(id: string): string {
  return `/api/v1/syncs/${id}/events`;
}

function read({ data }: SeenEvent): z.infer<typeof sync> {
  return sync.parse(JSON.parse(data));
}

async function collect(events: AsyncIterable<SeenEvent>): Promise<readonly SeenEvent[]> {
  const seen: SeenEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

/** The next event that tells of a sync in this state. */
async function untilState(events: AsyncIterator<SeenEvent>, state: string): Promise<z.infer<typeof sync>> {
  for (;;) {
    const { value, done } = await events.next();
    if (done === true) throw new Error(`The sync was never ${state}.`);
    const told = read(value);
    if (told.state === state) return told;
  }
}

async function ended(id: string): Promise<z.infer<typeof sync>> {
  const seen = await collect(api.events(path(id)));
  const last = seen.at(-1);
  if (last === undefined) throw new Error('Nothing was told.');
  return read(last);
}

/** A sync that stands still before its second page until `release`. */
async function startHeld(): Promise<string> {
  const held = new Promise<void>((resolve) => {
    const stop = github.onRequest(({ path: asked, query }) =>
      asked === '/user/repos' && query['page'] !== undefined && query['page'] !== '1' ? held : undefined,
    );
    release = () => {
      stop();
      resolve();
    };
  });
  return withId.parse((await api.post('/api/v1/syncs')).body).id;
}

describe('the events of a sync', () => {
  it('tell how it is, and each change until its end, with growing revisions', async () => {
    const id = await startHeld();
    const seen: z.infer<typeof sync>[] = [];
    for await (const event of api.events(path(id))) {
      const told = read(event);
      expect([event.name, event.id]).toEqual(['sync', String(told.revision)]);
      seen.push(told);
      if (told.state === 'running') release();
    }
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.slice(0, -1).every(({ state }) => open.has(state))).toBe(true);
    expect(seen.at(-1)).toEqual(sync.parse((await api.get(`/api/v1/syncs/${id}`)).body));
    const revisions = seen.map(({ revision }) => revision);
    expect(revisions).toEqual([...new Set(revisions)].toSorted((one, other) => one - other));
  });

  it('go on where the reader was, and leave an end that was seen at that', async () => {
    const id = await startHeld();
    const stream = api.events(path(id));
    const told = await untilState(stream, 'running');
    await stream.return();
    const again = api.events(path(id), { 'last-event-id': String(told.revision) });
    const rest = collect(again);
    release();
    const [next] = (await rest).map(read);
    expect(next?.revision).toBeGreaterThan(told.revision);

    const { revision, state } = await ended(id);
    expect(state).toBe('succeeded');
    const seen = { 'last-event-id': String(revision) };
    expect((await api.get(path(id), seen)).status).toBe(204);
    expect((await api.get(`${path(id)}?after=0`, seen)).status).toBe(204);
    expect((await api.get(`${path(id)}?after=${String(revision)}`)).status).toBe(204);
    for (const other of ['0', 'of another stream']) {
      const events = readEvents((await api.get(path(id), { 'last-event-id': other })).text);
      expect(events.map(({ id: told }) => told)).toEqual([String(revision)]);
    }
  });

  it('are the person’s own, with a session or a token that may read', async () => {
    const id = await startHeld();
    release();
    await ended(id);
    const member = await server.newMember('grace');
    expect((await member.get(path(id))).status).toBe(404);
    const reader = await server.apiToken(api, ['read']);
    expect((await reader.get(path(id))).status).toBe(200);
    const git = await server.apiToken(api, ['git']);
    expect((await git.get(path(id))).status).toBe(403);
  });
});

describe('the stream of somebody who may read it no more', () => {
  const ways: Readonly<Record<string, () => Promise<{ reader: ApiClient; leave: () => Promise<unknown> }>>> =
    {
      'has signed out': async () => {
        const reader = await signInAs(server, 'root');
        return { reader, leave: () => reader.delete('/api/v1/session') };
      },
      'uses an API token that was deleted': async () => {
        const made = await api.post('/api/v1/api-tokens', { name: 'reader', scopes: ['read'] });
        const { token, apiToken } = z.object({ token: z.string(), apiToken: withId }).parse(made.body);
        const reader = new ApiClient(server.url, { authorization: `Bearer ${token}` });
        return { reader, leave: () => api.delete(`/api/v1/api-tokens/${apiToken.id}`) };
      },
    };

  it.each(Object.entries(ways))('ends: who %s', async (_, come) => {
    const id = await startHeld();
    const { reader, leave } = await come();
    const stream = reader.events(path(id));
    await untilState(stream, 'running');
    const rest = collect(stream);
    await leave();
    clock.beat();
    expect((await rest).at(-1)).toMatchObject({
      name: 'problem',
      data: expect.stringContaining('"code":"not_signed_in"'),
    });
    release();
    await ended(id);
  });
});

describe('a sync that is cancelled', () => {
  it('ends for those who watch it, and is cancelled once', async () => {
    const id = await startHeld();
    const stream = api.events(path(id));
    await stream.next();
    const rest = collect(stream);
    const cancelled = await api.post(`/api/v1/syncs/${id}/cancellation`);
    expect(cancelled).toMatchObject({ status: 200, body: { id, state: 'cancelled', done: 1 } });
    const last = (await rest).at(-1);
    expect(last && read(last).state).toBe('cancelled');
    expect(await api.post(`/api/v1/syncs/${id}/cancellation`)).toMatchObject({ body: cancelled.body });
  });

  it('is one’s own, and not for a token that may only read', async () => {
    const id = await startHeld();
    const member = await server.newMember('hopper');
    expect((await member.post(`/api/v1/syncs/${id}/cancellation`)).status).toBe(404);
    const reader = await server.apiToken(api, ['read']);
    expect((await reader.post(`/api/v1/syncs/${id}/cancellation`)).status).toBe(403);
    release();
    expect((await ended(id)).state).toBe('succeeded');
  });
});

describe('a server that stops', () => {
  it('tells those who watch a sync, by stream and by waiting', async () => {
    const id = await startHeld();
    const stream = api.events(path(id));
    await untilState(stream, 'running');
    const rest = collect(stream);
    const waiting = api.get(`/api/v1/syncs/${id}?after=1000000`);
    // The next answer comes after the request before it has arrived.
    await api.get('/health/live');
    await server.close();
    expect(await waiting).toMatchObject({ status: 503, body: { code: 'closed' } });
    expect((await rest).at(-1)).toMatchObject({
      name: 'problem',
      data: expect.stringContaining('"code":"closed"'),
    });
    release();
    server = await start();
    api = server.api;
    expect((await ended(id)).state).toBe('succeeded');
  });
});
