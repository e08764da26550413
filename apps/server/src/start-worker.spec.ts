import { describe, expect, it } from '@jest/globals';
import { systemClock } from '@anyforge/provider-kit';
import { createLogger } from './logger.js';
import { readSettings } from './settings.js';
import { startWorker } from './start-worker.js';

describe('a worker', () => {
  const effects = { logger: createLogger('silent'), clock: systemClock };

  it('refuses to start on the embedded database, which another process can not open', async () => {
    await expect(startWorker(readSettings({}), effects)).rejects.toThrow(/^A worker needs DATABASE_URL: /);
  });

  it('refuses to start with nothing to do', async () => {
    const settings = readSettings({
      DATABASE_URL: 'postgres://user:secret@127.0.0.1:1/none',
      SYNC_CONCURRENCY: '0',
    });
    await expect(startWorker(settings, effects)).rejects.toThrow(/^SYNC_CONCURRENCY is 0, /);
  });
});
