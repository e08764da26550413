import { expect, it } from '@jest/globals';
import { systemClock } from '@anyforge/provider-kit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createLogger } from './logger.js';
import { startServer } from './server.js';
import { readSettings } from './settings.js';
import { startWorker } from './start-worker.js';
import { signInAsAdministrator } from './testing/sign-in.js';
import { testDatabaseUrl } from './testing/test-database.js';

const named = z.object({ items: z.array(z.object({ name: z.string() })) });

it('a worker that is there before any server leaves the first visit to the server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-worker-'));
  const settings = readSettings({
    DATABASE_URL: (await testDatabaseUrl(folder)) ?? '',
    DATA_DIR: folder,
    PORT: '0',
    ADMIN_USERNAME: 'grace',
    ADMIN_PASSWORD: 'correct horse battery staple',
  });
  const effects = { logger: createLogger('silent'), clock: systemClock };
  const worker = await startWorker(settings, effects);
  const server = await startServer({ ...settings, administrator: undefined }, effects);
  expect(await server.needsSetUp()).toBe(true);
  const api = await signInAsAdministrator(server);
  const { items } = named.parse((await api.get('/api/v1/git-providers')).body);
  expect(items.map(({ name }) => name)).toContain('GitHub.com');
  await server.close();
  await worker.close();
  await rm(folder, { recursive: true });
});
