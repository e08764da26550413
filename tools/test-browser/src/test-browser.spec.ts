import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { findInstalled } from './installed.js';
import { launch } from './launch.js';
import { openBrowser } from './open-browser.js';
import { unpacked } from './packaged.js';

jest.setTimeout(120_000);

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-browsers-'));
  folders.push(folder);
  return folder;
}

async function placeProgram(path: string, mode = 0o755): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '');
  await chmod(path, mode);
  return path;
}

afterEach(async () => {
  delete process.env['CHROMIUM_PATH'];
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function titleShownBy(browser: Browser): Promise<string> {
  try {
    const page = await browser.newPage();
    await page.setContent('<title>Shown</title>');
    return await page.title();
  } finally {
    await browser.close();
  }
}

describe('the browser', () => {
  test('shows a page', async () => {
    expect(await titleShownBy(await openBrowser())).toBe('Shown');
  });

  test('is the one of the package where none is installed, or the package says for what it has none', async () => {
    const shown = unpacked().then(async (executable) => titleShownBy(await launch(executable, {})));
    if (process.platform === 'linux' && process.arch === 'x64') expect(await shown).toBe('Shown');
    else await expect(shown).rejects.toThrow(process.platform);
  });

  test('is no other than the one that CHROMIUM_PATH names', async () => {
    const path = join(await newFolder(), 'none');
    process.env['CHROMIUM_PATH'] = path;
    const refusal = await openBrowser().catch((error: unknown) => String(error));
    expect(refusal).toContain(`- CHROMIUM_PATH (${path})`);
    expect(refusal).not.toContain('@sparticuz/chromium');
  });

  test('lets a page open any window, or no second one where it blocks windows', async () => {
    // What is evaluated counts as one press of a person.
    const openTwo = `window.open('about:blank'); window.open('about:blank') === null`;
    for (const blocksWindows of [false, true]) {
      const browser = await openBrowser({ blocksWindows });
      const context = await browser.newContext();
      const page = await context.newPage();
      expect(await page.evaluate<boolean>(openTwo)).toBe(blocksWindows);
      await browser.close();
    }
  });

  test('ends with a process that is killed', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const fixture = fileURLToPath(new URL('opens-and-waits.fixture.js', import.meta.url));
    const child = spawn(process.execPath, [fixture, `http://127.0.0.1:${portOf(server)}/`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    // What is asked for stays unanswered, so that only the end of the browser ends it.
    const asked = once(server, 'request').then(([request]: IncomingMessage[]) => request);
    const request = await asked;
    const ended = request === undefined ? undefined : once(request.socket, 'close');
    child.kill('SIGKILL');
    await ended;
    expect(request?.socket.destroyed).toBe(true);
    server.close();
  });
});

function portOf(server: Server): string {
  const address = server.address();
  return typeof address === 'object' && address !== null ? String(address.port) : '';
}

describe('browsers that are installed', () => {
  test('are those of the search path before those of Playwright, the newest of these first', async () => {
    const home = await newFolder();
    const [first, second] = [join(home, 'first'), join(home, 'second')];
    const cache = join(home, '.cache', 'ms-playwright');
    const placed = [
      await placeProgram(join(second, 'chromium')),
      await placeProgram(join(first, 'google-chrome')),
      await placeProgram(join(cache, 'chromium-1200', 'chrome-linux', 'chrome')),
      await placeProgram(join(cache, 'chromium-999', 'chrome-linux', 'chrome')),
    ];
    const environment = { PATH: `${first}:${second}` };
    const found = await findInstalled({ platform: 'linux', environment, home });
    expect(found.filter((path) => path.startsWith(home))).toEqual(placed);
  });

  test('are the applications of somebody at a Mac', async () => {
    const home = await newFolder();
    const path = join(home, 'Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    await placeProgram(path);
    const found = await findInstalled({ platform: 'darwin', environment: {}, home });
    expect(found).toContain(path);
  });

  test('are not files that nobody may run', async () => {
    const home = await newFolder();
    await placeProgram(join(home, 'bin', 'chromium'), 0o644);
    const environment = { PATH: join(home, 'bin') };
    const found = await findInstalled({ platform: 'linux', environment, home });
    expect(found.filter((path) => path.startsWith(home))).toEqual([]);
  });
});
