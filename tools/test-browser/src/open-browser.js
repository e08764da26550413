// @ts-check
import { homedir } from 'node:os';
import { installOnDebian } from './debian.js';
import { findInstalled } from './installed.js';
import { launch } from './launch.js';
import { unpacked } from './packaged.js';

/** @typedef {{ readonly name: string, readonly find: () => Promise<import('./launch.js').Executable> }} Way */

/** @returns {AsyncGenerator<Way>} */
async function* ways() {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') {
    // Who names a browser wants that one, and no other in silence.
    yield { name: `CHROMIUM_PATH (${given})`, find: async () => ({ path: given }) };
    return;
  }
  const { platform, env } = process;
  for (const path of await findInstalled({ platform, environment: env, home: homedir() })) {
    yield { name: path, find: async () => ({ path }) };
  }
  yield { name: '@sparticuz/chromium', find: unpacked };
  yield { name: 'apt-get install chromium', find: installOnDebian };
}

/** @type {typeof import('./index.js').openBrowser} */
export async function openBrowser(options = {}) {
  const failures = [];
  for await (const { name, find } of ways()) {
    try {
      return await launch(await find(), options);
    } catch (error) {
      failures.push(`- ${name}: ${shortly(error)}`);
    }
  }
  throw new Error(
    `No Chromium to open. Install Chromium or Chrome, or set CHROMIUM_PATH to the program. What was tried:\n${failures.join('\n')}`,
  );
}

/** What a browser wrote as it failed is long: its command line, and whatever it could not find. @param {unknown} error */
function shortly(error) {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().slice(0, 600).replaceAll('\n', '\n  ');
}
