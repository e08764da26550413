import { chmod, stat } from 'node:fs/promises';

/**
 * Takes the permissions of everybody else away from a file or folder that exists.
 *
 * @throws the system's error when it may not be changed and others have permissions.
 */
export async function makeOwnerOnly(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) await chmod(path, mode & 0o7700);
}
