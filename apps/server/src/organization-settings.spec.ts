import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { ApiClient } from './testing/api-client.js';
import type { Forge } from './testing/forges.fixture.js';
import { forges } from './testing/forges.fixture.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const withId = z.object({ id: z.string() });
const signedIn = z.object({ syncId: z.string() });
const sync = z.object({ id: z.string(), revision: z.number(), finishedAt: z.string().optional() });
const list = z.object({ items: z.array(z.object({ path: z.string() })), total: z.number() });
const organizations = z.object({
  items: z.array(z.object({ id: z.string(), path: z.string() })),
  omitted: z.array(z.unknown()),
});
const preview = z.object({
  total: z.number(),
  kept: z.number(),
  hidden: z.number(),
  outside: z.number(),
  organizations: z.array(z.object({ kept: z.number(), hidden: z.number() })),
  samples: z.object({ kept: z.array(z.string()), hidden: z.array(z.string()) }),
  personalRepositories: z.boolean(),
});
const count = z.object({ count: z.number() });

describe.each(Object.keys(forges))('organization settings of %s', (type) => {
  let server: TestServer;
  let api: ApiClient;
  let forge: Forge;
  let path: string;

  beforeAll(async () => {
    const opened = await forges[type]?.();
    if (opened === undefined) throw new Error(`There is no forge ${type}.`);
    forge = opened;
    server = await startTestServer();
    api = server.api;
    const added = await api.post('/api/v1/git-providers', { name: 'Ours', type, config: forge.config });
    path = `/api/v1/git-providers/${withId.parse(added.body).id}`;
  });
  afterAll(async () => {
    await server.close();
    await forge.simulator.close();
  });

  async function ended(id: string): Promise<void> {
    let { body } = await api.get(`/api/v1/syncs/${id}`);
    for (;;) {
      const { revision, finishedAt } = sync.parse(body);
      if (finishedAt !== undefined) {
        expect(body).toMatchObject({ state: 'succeeded' });
        return;
      }
      ({ body } = await api.get(`/api/v1/syncs/${id}?after=${String(revision)}`));
    }
  }

  async function visible(): Promise<z.output<typeof list>> {
    return list.parse((await api.get('/api/v1/repositories?limit=200')).body);
  }

  it('are chosen from what my account sees, previewed, applied by the next sync, and cleaned up after', async () => {
    expect(await api.get(`${path}/organizations`)).toMatchObject({
      status: 409,
      body: { code: 'not_connected' },
    });
    const reply = await api.put(`${path}/connection`, forge.signIn);
    await ended(signedIn.parse(reply.body).syncId);
    const all = await visible();

    const { items } = organizations.parse((await api.get(`${path}/organizations`)).body);
    const chosen = items.find(({ path: name }) =>
      all.items.some((repository) => repository.path.startsWith(`${name}/`)),
    );
    if (chosen === undefined) throw new Error('None of the organizations has a repository.');
    const settings = { organizations: [{ id: chosen.id, path: chosen.path }], patterns: [] };
    const shown = preview.parse((await api.post(`${path}/organization-settings/preview`, settings)).body);
    expect(shown).toMatchObject({ total: all.total, outside: shown.hidden, personalRepositories: false });
    expect(shown.kept).toBeGreaterThan(0);
    expect(shown.hidden).toBeGreaterThan(0);
    expect(shown.samples.kept.every((sample) => sample.startsWith(`${chosen.path}/`))).toBe(true);

    const saved = await api.patch(path, settings, { 'if-match': '"1"' });
    expect(saved.status).toBe(200);
    await ended(sync.parse((await api.post('/api/v1/syncs')).body).id);
    const locked = await visible();
    expect(locked.total).toBe(shown.kept);
    expect(locked.items.every((repository) => repository.path.startsWith(`${chosen.path}/`))).toBe(true);

    expect(count.parse((await api.get(`${path}/clean-up`)).body)).toEqual({ count: shown.hidden });
    expect(await api.post(`${path}/clean-up`, { count: shown.hidden + 1 })).toMatchObject({
      status: 409,
      body: { code: 'clean_up_changed', count: shown.hidden },
    });
    expect((await api.post(`${path}/clean-up`, { count: shown.hidden })).status).toBe(204);
    expect(count.parse((await api.get(`${path}/clean-up`)).body)).toEqual({ count: 0 });
    expect((await visible()).total).toBe(shown.kept);
  });
});
