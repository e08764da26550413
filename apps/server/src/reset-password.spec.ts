import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ServerProcess } from './testing/server-process.js';
import { testDatabaseUrl } from './testing/test-database.js';

const script = fileURLToPath(new URL('../dist/reset-password.js', import.meta.url));
const run = promisify(execFile);

// Each starts processes, of which some machines have few to spare.
jest.setTimeout(60_000);

describe('reset-password', () => {
  let folder: string;
  let settings: Readonly<Record<string, string>>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-server-'));
    const dataDirectory = join(folder, 'data');
    const databaseUrl = await testDatabaseUrl(dataDirectory);
    settings = {
      DATA_DIR: dataDirectory,
      PUBLIC_URL: 'https://anyforge.test/at',
      ADMIN_USERNAME: 'root',
      ADMIN_PASSWORD: 'correct horse battery',
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    };
    await (await ServerProcess.start(settings)).stop();
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** What the command wrote to where, and its exit code. */
  async function resetPassword(...words: readonly string[]) {
    try {
      return { code: 0, ...(await run(process.execPath, [script, ...words], { env: settings })) };
    } catch (error) {
      return error;
    }
  }

  it('prints a link with which the administrator chooses another', async () => {
    expect(await resetPassword('root')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/\nhttps:\/\/anyforge\.test\/at\/choose-password#[\w-]{43}\n$/),
    });
  });

  it('says what is missing, and whom it does not know', async () => {
    expect(await resetPassword()).toMatchObject({ code: 1, stderr: expect.stringContaining('USERNAME') });
    expect(await resetPassword('a', 'b')).toMatchObject({ code: 1, stdout: '' });
    expect(await resetPassword('ada')).toMatchObject({
      code: 1,
      stderr: 'There is nobody of this username.\n',
    });
  });
});
