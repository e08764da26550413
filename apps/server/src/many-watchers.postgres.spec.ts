import { expect, it } from '@jest/globals';
import { generateWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ServerProcess } from './testing/server-process.js';
import { signInAsAdministrator } from './testing/sign-in.js';
import { testDatabaseUrl } from './testing/test-database.js';

const withId = z.object({ id: z.string() });
const connection = z.object({ syncId: z.string() });

it('twenty may watch at once, of which the process has nothing to say', async () => {
  const { world, viewer } = generateWorld({ repositories: 3, reach: 1 });
  const github = await startGithubSimulator({ world, profile: 'enterprise-server' });
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-server-'));
  const server = await ServerProcess.start({
    DATABASE_URL: (await testDatabaseUrl(folder)) ?? '',
    DATA_DIR: join(folder, 'data'),
    ALLOW_ADDRESSES: 'loopback',
    // The sync stays as it is.
    SYNC_CONCURRENCY: '0',
  });
  const api = await signInAsAdministrator(server);
  const input = { name: 'Acme', type: 'github', config: { baseUrl: github.webUrl } };
  const { id } = withId.parse((await api.post('/api/v1/git-providers', input)).body);
  const token = github.tokens.issue({ kind: 'classic', person: viewer, scopes: ['repo', 'read:org'] });
  const connected = await api.put(`/api/v1/git-providers/${id}/connection`, { token });
  const path = `/api/v1/syncs/${connection.parse(connected.body).syncId}/events`;

  const streams = Array.from({ length: 20 }, () => api.events(path));
  for (const stream of streams) expect((await stream.next()).value?.name).toBe('sync');
  expect(await api.get(path)).toMatchObject({ status: 429, body: { code: 'too_many_streams' } });
  await server.stop();
  for (const stream of streams) expect((await stream.next()).value?.name).toBe('problem');
  expect(server.output).not.toContain('MaxListeners');

  await github.close();
  await rm(folder, { recursive: true });
});
