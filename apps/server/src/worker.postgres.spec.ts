import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { generateWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { z } from 'zod';
import type { ApiClient } from './testing/api-client.js';
import { BuiltProcess } from './testing/built-process.js';
import { ServerProcess } from './testing/server-process.js';
import { signInAsAdministrator } from './testing/sign-in.js';
import { testDatabaseUrl } from './testing/test-database.js';

const withId = z.object({ id: z.string() });
const sync = z.object({ id: z.string(), state: z.string(), revision: z.number() });

describe('workers on the PostgreSQL of a server that only serves', () => {
  const { world, viewer } = generateWorld({ seed: 11, repositories: 450 });
  let github: GithubSimulator;
  let folder: string;
  let settings: Readonly<Record<string, string>>;
  let server: ServerProcess;
  let api: ApiClient;
  const workers: BuiltProcess[] = [];

  async function startWorker(): Promise<BuiltProcess> {
    const worker = await BuiltProcess.start('worker', /works on syncs/, settings);
    workers.push(worker);
    return worker;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-worker-'));
    settings = {
      DATABASE_URL: (await testDatabaseUrl(folder)) ?? '',
      DATA_DIR: join(folder, 'data'),
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      ALLOW_ADDRESSES: 'loopback',
    };
    github = await startGithubSimulator({ world, profile: 'enterprise-server' });
    server = await ServerProcess.start({ ...settings, SYNC_CONCURRENCY: '0' });
    api = await signInAsAdministrator(server);
    const provider = { name: 'GitHub', type: 'github', config: { baseUrl: github.webUrl } };
    const { id } = withId.parse((await api.post('/api/v1/git-providers', provider)).body);
    const token = github.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:user'] });
    await api.put(`/api/v1/git-providers/${id}/connection`, { token });
  }, 120_000);

  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop();
  });

  afterAll(async () => {
    await server.stop();
    await github.close();
    await rm(folder, { recursive: true });
  });

  const start = async () => sync.parse((await api.post('/api/v1/syncs')).body);

  async function ended(id: string): Promise<string> {
    let seen = sync.parse((await api.get(`/api/v1/syncs/${id}`)).body);
    while (['queued', 'running', 'waiting'].includes(seen.state)) {
      seen = sync.parse((await api.get(`/api/v1/syncs/${id}?after=${String(seen.revision)}`)).body);
    }
    return seen.state;
  }

  /** Lets the forge answer only what was asked before the third page, until it is released. */
  function holdUp(): { readonly reached: Promise<unknown>; readonly release: () => void } {
    github.log.clear();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const remove = github.onRequest((request) =>
      request.path === '/user/repos' && request.query['page'] === '3' ? released : undefined,
    );
    return {
      reached: github.log.waitFor(({ path, query }) => path === '/user/repos' && query['page'] === '3'),
      release: () => {
        remove();
        release();
      },
    };
  }

  it('do what the server is asked for', async () => {
    const { id } = await start();
    await startWorker();
    expect(await ended(id)).toBe('succeeded');
  });

  it('give back what they do when they are told to stop, and another goes on at once', async () => {
    const first = await startWorker();
    const { reached, release } = holdUp();
    const { id } = await start();
    await reached;
    await startWorker();
    // The forge has not answered yet: what the first one does is not done.
    expect(await first.stop()).toBe(0);
    const stoppedAt = performance.now();
    release();
    expect(await ended(id)).toBe('succeeded');
    expect(performance.now() - stoppedAt).toBeLessThan(10_000);
  });

  it('go on with what one was doing that was killed, within a minute', async () => {
    const first = await startWorker();
    const { reached, release } = holdUp();
    const { id } = await start();
    await reached;
    await first.kill();
    release();
    const killedAt = performance.now();
    await startWorker();
    expect(await ended(id)).toBe('succeeded');
    expect(performance.now() - killedAt).toBeLessThan(60_000);
  }, 120_000);
});
