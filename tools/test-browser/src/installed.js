// @ts-check
import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';

/**
 * Where browsers are looked for: nothing of the process is read but this.
 *
 * @typedef {{
 *   readonly platform: NodeJS.Platform,
 *   readonly environment: Readonly<Record<string, string | undefined>>,
 *   readonly home: string,
 * }} Machine
 */

/** What the programs are called on a search path. */
const names = [
  'chromium',
  'chromium-browser',
  'chromium-headless-shell',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const macApplications = ['Chromium', 'Google Chrome', 'Microsoft Edge', 'Brave Browser'];

const windowsPrograms = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** In a folder of Playwright's cache, for the systems that it has browsers for. */
const cachedPrograms = [
  'chrome-linux/chrome',
  'chrome-linux64/chrome',
  'chrome-linux/headless_shell',
  'chrome-headless-shell-linux64/chrome-headless-shell',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-win/chrome.exe',
  'chrome-win64/chrome.exe',
];

/**
 * The browsers that are installed: those of the search path first, then those in the usual places, then Playwright's.
 *
 * @param {Machine} machine
 * @returns {Promise<readonly string[]>}
 */
export async function findInstalled(machine) {
  const candidates = [...onSearchPath(machine), ...usual(machine), ...(await cached(machine))];
  const found = [];
  for (const path of new Set(candidates)) if (await isProgram(path)) found.push(path);
  return found;
}

/** @param {Machine} machine */
function onSearchPath({ platform, environment }) {
  const [{ delimiter, join }, suffix] = platform === 'win32' ? [win32, '.exe'] : [posix, ''];
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
}

/** @param {Machine} machine @returns {readonly string[]} */
function usual({ platform, environment, home }) {
  if (platform === 'darwin') {
    return ['/Applications', posix.join(home, 'Applications')].flatMap((folder) =>
      macApplications.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
      const folder = environment[name];
      return folder === undefined ? [] : windowsPrograms.map((program) => win32.join(folder, program));
    });
  }
  return ['/usr/bin', '/usr/local/bin', '/opt/google/chrome', '/snap/bin'].flatMap((folder) =>
    names.map((name) => `${folder}/${name}`),
  );
}

/** The newest first. @param {Machine} machine */
async function cached({ platform, environment, home }) {
  const { join } = platform === 'win32' ? win32 : posix;
  const folder = environment['PLAYWRIGHT_BROWSERS_PATH'] ?? usualCache(platform, environment, home);
  const versions = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('chromium'));
  versions.sort((left, right) => right.localeCompare(left, 'en', { numeric: true }));
  return versions.flatMap((version) => cachedPrograms.map((program) => join(folder, version, program)));
}

/** @param {NodeJS.Platform} platform @param {Machine['environment']} environment @param {string} home */
function usualCache(platform, environment, home) {
  if (platform === 'darwin') return posix.join(home, 'Library/Caches/ms-playwright');
  if (platform === 'win32') {
    return win32.join(environment['LOCALAPPDATA'] ?? win32.join(home, 'AppData\\Local'), 'ms-playwright');
  }
  return posix.join(environment['XDG_CACHE_HOME'] ?? posix.join(home, '.cache'), 'ms-playwright');
}

/** @param {string} path */
async function isProgram(path) {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return false;
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
