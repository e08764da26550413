// @ts-check
import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Two tests at once wait for each other; a registry that is out of reach is soon given up. */
const options = [
  '-o',
  'DPkg::Lock::Timeout=300',
  '-o',
  'Acquire::Retries=1',
  '-o',
  'Acquire::http::Timeout=20',
];

/**
 * Installs the system's own Chromium.
 *
 * @type {() => Promise<import('./launch.js').Executable>}
 */
export async function installOnDebian() {
  if (process.getuid?.() !== 0) throw new Error('Only root may install it.');
  await access('/usr/bin/apt-get').catch(() => {
    throw new Error('This system has no apt-get.');
  });
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await execute('apt-get', [...options, 'update'], { env });
  await execute('apt-get', [...options, 'install', '--yes', '--no-install-recommends', 'chromium'], { env });
  return { path: '/usr/bin/chromium' };
}
