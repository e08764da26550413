import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GithubSimulator, Person, World } from '@anyforge/forge-simulator';
import { generateWorld, reachOf, startGithubSimulator } from '@anyforge/forge-simulator';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { ApiClient } from './testing/api-client.js';
import { ServerProcess } from './testing/server-process.js';
import { signInAsAdministrator } from './testing/sign-in.js';

const pages = 6;
/** At each page, before it is answered and after. */
const kills = 2 * pages;

const withId = z.object({ id: z.string() });
const sync = z.object({ id: z.string(), state: z.string(), revision: z.number() });
const syncs = z.object({ items: z.array(sync) });
const repositories = z.object({
  items: z.array(z.object({ forgeId: z.string(), permission: z.object({ level: z.string() }) })),
  nextCursor: z.string().optional(),
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** By id: what a repository is called is told as soon as anybody has seen it, who may do what is not. */
function listed(world: World, viewer: Person): string[] {
  return [...reachOf(world, viewer)].map(([{ id }, { level }]) => `${id} ${level}`).toSorted();
}

async function visible(api: ApiClient): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '200', ...(cursor === undefined ? {} : { cursor }) });
    const page = repositories.parse((await api.get(`/api/v1/repositories?${query.toString()}`)).body);
    found.push(...page.items.map(({ forgeId, permission }) => `${forgeId} ${permission.level}`));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found.toSorted();
}

async function ended(api: ApiClient, id: string): Promise<z.infer<typeof sync>> {
  let seen = sync.parse((await api.get(`/api/v1/syncs/${id}`)).body);
  while (['queued', 'running', 'waiting'].includes(seen.state)) {
    seen = sync.parse((await api.get(`/api/v1/syncs/${id}?after=${seen.revision}`)).body);
  }
  return seen;
}

describe('a server that is killed in the middle of a sync', () => {
  const { world, viewer } = generateWorld({ seed: 11, repositories: pages * 100 - 50 });
  let github: GithubSimulator;
  let folder: string;
  let server: ServerProcess;
  let api: ApiClient;

  const start = async () => {
    server = await ServerProcess.start({ DATA_DIR: join(folder, 'data'), ALLOW_ADDRESSES: 'loopback' });
    api = await signInAsAdministrator(server);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-crash-'));
    github = await startGithubSimulator({ world, profile: 'enterprise-server' });
    await start();
    const provider = { name: 'GitHub', type: 'github', config: { baseUrl: github.webUrl } };
    const { id } = withId.parse((await api.post('/api/v1/git-providers', provider)).body);
    const token = github.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:user'] });
    await api.put(`/api/v1/git-providers/${id}/connection`, { token });
    const [first] = syncs.parse((await api.get('/api/v1/syncs')).body).items;
    await ended(api, first?.id ?? '');
  });

  afterAll(async () => {
    await server.stop();
    await github.close();
    await rm(folder, { recursive: true });
  });

  it(`shows the last complete list and finishes what it was doing, ${kills} times`, async () => {
    let complete = listed(world, viewer);
    for (let kill = 0; kill < kills; kill += 1) {
      const reach = [...reachOf(world, viewer)];
      const [deleted] = reach[0] ?? [];
      const [promoted] = reach.findLast(([, { level }]) => level !== 'admin') ?? [];
      if (deleted === undefined || promoted === undefined) throw new Error('the world has run empty');
      world.deleteRepository(deleted);
      world.grant({ to: viewer, on: promoted, level: 'admin' });
      const next = listed(world, viewer);

      // Kill it at another page each time, from the first request to the last answer, before the next goes out.
      github.log.clear();
      const { id } = sync.parse((await api.post('/api/v1/syncs')).body);
      const page = String((kill % pages) + 1);
      const answered = kill >= pages;
      await github.log.waitFor(
        ({ path, query, outcome }) =>
          path === '/user/repos' && (query['page'] ?? '1') === page && (!answered || outcome === 'answered'),
      );
      await server.kill();

      // The forge answers nothing until what is visible before the sync goes on has been looked at.
      const { promise: looked, resolve: look } = deferred();
      const release = github.onRequest(() => looked);
      await start();
      const [after] = syncs.parse((await api.get('/api/v1/syncs')).body).items;
      expect(after?.id).toBe(id);
      const shown = await visible(api);
      expect(shown).toEqual(after?.state === 'succeeded' ? next : complete);
      look();
      release();

      expect(await ended(api, id)).toMatchObject({ state: 'succeeded' });
      expect(await visible(api)).toEqual(next);
      complete = next;
    }
    const { items } = syncs.parse((await api.get('/api/v1/syncs')).body);
    expect(items.map(({ state }) => state)).toEqual(items.map(() => 'succeeded'));
  }, 240_000);
});
