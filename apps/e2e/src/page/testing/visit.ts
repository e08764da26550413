import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { Watch } from './watch.js';

/** Where the page is, and the people who have accounts there. */
export interface PageHost {
  readonly url: string;
  /** Everybody's. */
  readonly password: string;
  /** Has to be called before somebody signs in: who has no account yet gets one. */
  person(username: string): Promise<unknown>;
}

export interface VisitOptions {
  /** Who is signed in from the start; nobody when absent. */
  readonly as?: string;
  /** Of the browser: its size, its colours, … */
  readonly browser?: BrowserContextOptions;
  /** Whether the browser lets no window open that nobody asked for, as people's do. */
  readonly blocksWindows?: boolean;
  /** Whether the traces of failed tests have what was to be seen at each step. They do unless told otherwise: it takes its time. */
  readonly snapshots?: boolean;
}

/** A browser of its own, with its own cookies, which somebody has open at the page. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: Watch;
  /** Opens a path of the page: '/git-providers'. */
  readonly open: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startVisit(
  browser: Browser,
  server: PageHost,
  options: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    // Whatever fades or slides has to be waited for.
    reducedMotion: 'reduce',
    ...options.browser,
  });
  const watch = new Watch(context);
  await context.tracing.start({ snapshots: options.snapshots ?? true });
  if (options.as !== undefined) await signIn(context, server, options.as);
  const page = await context.newPage();
  return {
    context,
    page,
    watch,
    open: async (path) => {
      await page.goto(server.url + path);
    },
    close: () => context.close(),
  };
}

/** Signs somebody in as the page's form does, without the form. Who has no account is invited first. */
async function signIn(context: BrowserContext, server: PageHost, username: string): Promise<void> {
  const { password } = server;
  await server.person(username);
  const response = await context.request.post(`${server.url}/api/v1/session`, {
    data: { username, password },
    headers: { origin: new URL(server.url).origin },
  });
  if (!response.ok()) throw new Error(`${username} was not signed in: ${await response.text()}`);
}
