import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ReadFile {
  /** Below the folder. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** Every file of a folder and below. What is not there has no files; what may not be read is an error. */
export async function readFolder(folder: string): Promise<readonly ReadFile[]> {
  const entries = await unlessMissing(readdir(folder, { recursive: true, withFileTypes: true }));
  const files: ReadFile[] = [];
  for (const entry of entries ?? []) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // What its owner removes meanwhile is not there to be found.
    const bytes = await unlessMissing(readFile(path));
    if (bytes !== undefined) files.push({ path: path.slice(folder.length + 1), bytes });
  }
  return files;
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
