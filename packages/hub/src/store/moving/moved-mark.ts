import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError } from '../../errors.js';
import { systemErrorCode } from '../../system-error.js';

/** In the data folder: says that what is in it was moved. */
const fileName = 'moved-to-postgres.txt';

/**
 * Marks a data folder, so that nobody goes on with it by mistake: two servers with the same sign-ins at the forges would
 * make each other's worthless. It is on the disk when this resolves.
 *
 * @returns the path of the mark
 * @throws HubError `store_failed`: everything was moved, but there is no mark.
 */
export async function markMoved(directory: string, shown: string, at: Date): Promise<string> {
  const file = join(directory, fileName);
  const words = `The data in this folder was moved to the PostgreSQL at ${shown} on ${at.toISOString()}.\n`;
  try {
    await writeDown(file, words);
    return file;
  } catch (error) {
    throw new HubError(
      'store_failed',
      `Everything is in ${shown}. The mark ${file} could not be written (${systemErrorCode(error) ?? 'unknown error'}): do not start a server on this folder; run the command again.`,
    );
  }
}

async function writeDown(file: string, words: string): Promise<void> {
  const opened = await open(file, 'w', 0o600);
  try {
    await opened.writeFile(words);
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** @throws HubError `store_unusable` when the data of this folder was moved. */
export async function refuseMoved(directory: string): Promise<void> {
  const file = join(directory, fileName);
  const words = await readFile(file, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (words === undefined) return;
  throw new HubError(
    'store_unusable',
    `${words.trim()} Start with the address of that database. To go back to what this folder held then, stop every server on that database for good, and delete ${file}.`,
  );
}
