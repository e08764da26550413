import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ServerProcess } from './testing/server-process.js';
import { testDatabaseUrl } from './testing/test-database.js';

const script = fileURLToPath(new URL('../dist/rotate-key.js', import.meta.url));
const run = promisify(execFile);
const makeKey = () => randomBytes(32).toString('base64');

type Settings = Readonly<Record<string, string>>;

/** What the command wrote to where, and its exit code. */
async function rotateKey(settings: Settings) {
  try {
    return { code: 0, ...(await run(process.execPath, [script], { env: settings })) };
  } catch (error) {
    return error;
  }
}

// Each starts processes, of which some machines have few to spare.
jest.setTimeout(60_000);

describe('rotate-key', () => {
  let folder: string;
  let place: Settings;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-server-'));
    const dataDirectory = join(folder, 'data');
    const databaseUrl = await testDatabaseUrl(dataDirectory);
    place = {
      DATA_DIR: dataDirectory,
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    };
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function startAndStop(settings: Settings): Promise<void> {
    await (await ServerProcess.start(settings)).stop();
  }

  it('makes a new key where the data folder keeps it', async () => {
    await startAndStop(place);
    const file = join(folder, 'data', 'encryption.key');
    const before = await readFile(file, 'utf8');
    expect(await rotateKey(place)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('behind the new one'),
    });
    expect(await readFile(file, 'utf8')).not.toBe(before);
    await startAndStop(place);
  });

  it('is refused, in words, while a server runs with the key that is to go', async () => {
    const server = await ServerProcess.start(place);
    expect(await rotateKey(place)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Another anyforge is running.*Stop it|Restart every server/),
    });
    await server.stop();
  });

  it('ends the need for the key before, which the settings name among the old ones', async () => {
    const [old, next] = [makeKey(), makeKey()];
    await startAndStop({ ...place, ENCRYPTION_KEY: old });
    const settings = { ...place, ENCRYPTION_KEY: next, ENCRYPTION_KEYS_OLD: old };
    expect(await rotateKey(settings)).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('Take it out of the settings'),
    });
    await startAndStop({ ...place, ENCRYPTION_KEY: next });
    await expect(startAndStop({ ...place, ENCRYPTION_KEY: old })).rejects.toThrow(/Give it the missing key/);
  });

  it('names the key that is missing, and shows none', async () => {
    const [key, other] = [makeKey(), makeKey()];
    await startAndStop({ ...place, ENCRYPTION_KEY: key });
    const refused = await rotateKey({ ...place, ENCRYPTION_KEY: other });
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/encrypted with key [0-9a-f]{16}/),
    });
    expect(JSON.stringify(refused)).not.toContain(other);
  });
});
