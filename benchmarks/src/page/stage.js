import { createClient } from '@anyforge/client';
import { generateWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { openBrowser } from '@anyforge/test-browser';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServerProcess } from './server-process.js';

const password = 'a walk in the forest';

/**
 * A browser of somebody who is signed in to the server, and to a forge with so many repositories.
 *
 * @typedef {object} Viewer
 * @property {number} repositories
 * @property {import('playwright-core').BrowserContext} context
 *
 * @typedef {object} Stage
 * @property {string} url
 * @property {import('playwright-core').Browser} browser
 * @property {(repositories: number) => Promise<Viewer>} addViewer
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Stage>} */
export async function openStage() {
  /** @type {(() => Promise<unknown>)[]} */
  const endings = [];
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'anyforge-bench-'));
    endings.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const server = await startServerProcess({
      DATA_DIR: join(folder, 'data'),
      ALLOW_ADDRESSES: 'loopback',
      PUBLIC_GIT_PROVIDERS: 'no',
      ADMIN_USERNAME: 'root',
      ADMIN_PASSWORD: password,
    });
    endings.push(() => server.stop());
    const browser = await openBrowser();
    endings.push(() => browser.close());
    const { url } = server;
    const administrator = await apiOf(await signIn(browser, url, 'root'), url);
    const addViewer = async (/** @type {number} */ repositories) => {
      const { simulator, token } = await startForge(repositories);
      endings.push(() => simulator.close());
      const { id } = await administrator.POST('/git-providers', {
        body: {
          name: `Forge of ${String(repositories)}`,
          type: 'github',
          config: { baseUrl: simulator.webUrl },
        },
      });
      const context = await joinAs(browser, url, administrator, `viewer-${String(repositories)}`);
      const own = await apiOf(context, url);
      await own.PUT('/git-providers/{id}/connection', { params: { path: { id } }, body: { token } });
      await synchronized(own, repositories);
      return { repositories, context };
    };
    return { url, browser, addViewer, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param {number} repositories */
async function startForge(repositories) {
  const { world, viewer } = generateWorld({ repositories, reach: repositories });
  const simulator = await startGithubSimulator({ world, profile: 'enterprise-server' });
  const scopes = ['repo', 'read:org', 'read:user'];
  return { simulator, token: simulator.tokens.issue({ kind: 'classic', person: viewer, scopes }) };
}

/** @param {import('playwright-core').Browser} browser @param {string} url @param {string} username */
async function signIn(browser, url, username) {
  const context = await browser.newContext();
  await post(context, url, '/session', { username, password });
  return context;
}

/**
 * @param {import('playwright-core').Browser} browser @param {string} url
 * @param {import('@anyforge/client').Client} administrator @param {string} username
 */
async function joinAs(browser, url, administrator, username) {
  const { link } = await administrator.POST('/people', { body: { username, role: 'member' } });
  const context = await browser.newContext();
  await post(context, url, '/password-links/use', { token: new URL(link.url).hash.slice(1), password });
  return context;
}

/** Speaks for whoever is signed in in a browser. @param {import('playwright-core').BrowserContext} context @param {string} url */
async function apiOf(context, url) {
  const { token } = await post(context, url, '/api-tokens', { name: 'bench', scopes: ['manage'] });
  return createClient({ baseUrl: `${url}/api/v1`, token: String(token) });
}

/**
 * As a page of the server would.
 *
 * @param {import('playwright-core').BrowserContext} context @param {string} url @param {string} path @param {object} data
 * @returns {Promise<Record<string, unknown>>}
 */
async function post(context, url, path, data) {
  const response = await context.request.post(`${url}/api/v1${path}`, { data, headers: { origin: url } });
  if (!response.ok()) throw new Error(`POST ${path} was refused: ${await response.text()}`);
  return response.json();
}

/** Waits for the first sync. @param {import('@anyforge/client').Client} api @param {number} repositories */
async function synchronized(api, repositories) {
  const [first] = (await api.GET('/syncs')).items;
  if (first === undefined) throw new Error('The connection has started no sync.');
  let sync = first;
  while (sync.finishedAt === undefined) {
    sync = await api.GET('/syncs/{id}', {
      params: { path: { id: sync.id }, query: { after: String(sync.revision) } },
    });
  }
  const listed = sync.tasks.reduce((sum, task) => sum + task.repositories, 0);
  if (sync.state !== 'succeeded' || listed !== repositories)
    throw new Error(`The sync ${sync.state} with ${String(listed)} of ${String(repositories)} repositories.`);
}
