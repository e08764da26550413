import { mkdir, readdir } from 'node:fs/promises';
import { HubError } from '../errors.js';
import { makeOwnerOnly } from '../owner-only.js';
import { systemErrorCode } from '../system-error.js';

/**
 * Makes the data folder where it is missing, and keeps it from everybody but its owner.
 *
 * @param directory An absolute path.
 * @throws HubError `store_unusable`.
 */
export async function prepareDataFolder(directory: string): Promise<void> {
  await orUnusable(directory, async () => {
    const created = await mkdir(directory, { recursive: true, mode: 0o700 });
    if (created === undefined && !(await isOurs(directory)))
      throw new Error('it holds files that are not of anyforge');
    await makeOwnerOnly(directory);
  });
}

/** Does something in the data folder; what fails there is told as the folder's fault. */
export async function orUnusable(directory: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    const reason = systemErrorCode(error) ?? (error instanceof Error ? error.message : 'unknown reason');
    throw new HubError(
      'store_unusable',
      `The data folder ${directory} can't be used (${reason}). Give a folder of its own, that this user may create, write and keep from others.`,
    );
  });
}

/** A folder that somebody else keeps things in is not ours to close to others. A new volume has `lost+found`. */
async function isOurs(directory: string): Promise<boolean> {
  const names = await readdir(directory);
  return (
    names.includes('anyforge.db') || names.every((name) => /^(encryption\.key|lost\+found$|\.)/.test(name))
  );
}
