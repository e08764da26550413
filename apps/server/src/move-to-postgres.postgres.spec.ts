import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ServerProcess } from './testing/server-process.js';
import { testDatabaseUrl } from './testing/test-database.js';

const script = fileURLToPath(new URL('../dist/move-to-postgres.js', import.meta.url));
const run = promisify(execFile);

type Settings = Readonly<Record<string, string>>;

/** What the command wrote to where, and its exit code. */
async function move(settings: Settings) {
  try {
    return { code: 0, ...(await run(process.execPath, [script], { env: settings })) };
  } catch (error) {
    return error;
  }
}

// Each starts processes, of which some machines have few to spare.
jest.setTimeout(60_000);

describe('move-to-postgres', () => {
  let folder: string;
  let embedded: Settings;
  let postgres: Settings;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-server-'));
    const dataDirectory = join(folder, 'data');
    const account = { ADMIN_USERNAME: 'grace', ADMIN_PASSWORD: 'a password that nobody guesses' };
    embedded = { DATA_DIR: dataDirectory, ...account };
    postgres = { ...embedded, DATABASE_URL: (await testDatabaseUrl(dataDirectory)) ?? '' };
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function startAndStop(settings: Settings): Promise<void> {
    await (await ServerProcess.start(settings)).stop();
  }

  it('moves what a server has stored, tells of each table, and another goes on there', async () => {
    await startAndStop(embedded);
    const moved = await move(postgres);
    expect(moved).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^people: 1 row, checksum [0-9a-f]{16} in both$/m),
    });
    expect(JSON.stringify(moved)).not.toContain(new URL(postgres['DATABASE_URL'] ?? '').password);
    await startAndStop(postgres);
    await expect(startAndStop(embedded)).rejects.toThrow(/was moved to the PostgreSQL/);
  });

  it('is refused, in words, while the server runs', async () => {
    const server = await ServerProcess.start(embedded);
    expect(await move(postgres)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Another anyforge is running .* Stop it/),
    });
    await server.stop();
  });

  it('asks for the address of the PostgreSQL', async () => {
    expect(await move(embedded)).toMatchObject({
      code: 1,
      stderr: 'DATABASE_URL is needed: the address of the PostgreSQL to move to.\n',
    });
  });
});
