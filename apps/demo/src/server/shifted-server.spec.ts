import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ShiftedServer } from './shifted-server.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anyforge-shifted-'));
});
afterEach(() => rm(folder, { recursive: true, maxRetries: 5 }));

/** Loaded in place of what shifts the time: nobody listens where it says, and who it was it leaves behind. */
const deaf = (pidFile: string): string => `
  import { writeFileSync } from 'node:fs';
  import { join } from 'node:path';
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) {
    writeFileSync(join(process.env.SHIFTED_TIME_FOLDER, 'main'), 'no port');
    writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
  }`;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('A server whose time cannot be set does not go on running', async () => {
  const pidFile = join(folder, 'pid');
  const settings = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(deaf(pidFile))}` };
  await expect(ShiftedServer.start(settings, join(folder, 'data'))).rejects.toThrow('NaN');
  const pid = Number(await readFile(pidFile, 'utf8'));
  expect(pid).toBeGreaterThan(0);
  expect(isRunning(pid)).toBe(false);
}, 60_000);
