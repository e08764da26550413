import { expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer } from './testing/start-test-server.js';

it('a server refuses to share its data folder with a second one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-data-folder-'));
  const server = await startTestServer({ dataDirectory: folder });
  try {
    await expect(startTestServer({ dataDirectory: folder })).rejects.toMatchObject({ kind: 'store_locked' });
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
});
