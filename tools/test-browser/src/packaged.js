// @ts-check
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageFolder } from './package-folder.js';

const execute = promisify(execFile);

/**
 * The browser in the package for Linux on x64, in a folder of the temporary folder that is filled once and shared.
 *
 * @type {() => Promise<import('./launch.js').Executable>}
 */
export async function unpacked() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`It has no browser for ${process.platform} on ${process.arch}.`);
  }
  const user = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `anyforge-chromium-${await version()}-${String(user)}`);
  if ((await ownerOf(folder)) === undefined) await fill(folder);
  // Everybody may write to the temporary folder.
  if ((await ownerOf(folder)) !== user) throw new Error(`${folder} is somebody else's. Remove it.`);
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']];
  return {
    path: join(folder, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: libraries.filter((path) => path !== undefined && path !== '').join(':'),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  };
}

/**
 * Fills one beside it first, so that nobody finds half of it. The package unpacks into the temporary folder of its
 * process: hence a process of its own.
 *
 * @param {string} folder
 */
async function fill(folder) {
  const beside = await mkdtemp(`${folder}-`);
  try {
    await execute(process.execPath, [fileURLToPath(new URL('unpack.js', import.meta.url))], {
      env: { ...process.env, TMPDIR: beside, NODE_OPTIONS: '' },
    });
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    // Somebody else may have been faster.
    if ((await ownerOf(folder)) === undefined) throw error;
  }
}

async function version() {
  /** @type {unknown} */
  const read = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  if (typeof read === 'object' && read !== null && 'version' in read) return String(read.version);
  throw new Error('The package does not say which version it is.');
}

/** @param {string} path */
async function ownerOf(path) {
  const found = await stat(path).catch(() => undefined);
  return found?.uid;
}
