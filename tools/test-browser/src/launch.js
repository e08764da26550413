// @ts-check
import { chromium } from 'playwright-core';

/**
 * A browser on this machine, and what it needs in its environment.
 *
 * @typedef {{ readonly path: string, readonly environment?: Readonly<Record<string, string>> }} Executable
 */

/** It runs in containers, where there is no graphics card, and speaks to nobody but who it is sent to. */
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** Of a Chromium that has no windows of its own: others have a blocker, which automation switches off. */
const noWindows = '--block-new-web-contents';
const noBlocker = '--disable-popup-blocking';

/** @param {Executable} executable @param {import('./index.js').BrowserOptions} options */
export function launch({ path, environment = {} }, options) {
  return chromium.launch({
    executablePath: path,
    args: [...flags, ...(options.blocksWindows === true ? [noWindows] : []), ...(options.flags ?? [])],
    ignoreDefaultArgs: options.blocksWindows === true ? [noBlocker] : false,
    headless: options.window !== true,
    // Chromium has no sandbox for root.
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...process.env, ...environment },
    timeout: 60_000,
  });
}
