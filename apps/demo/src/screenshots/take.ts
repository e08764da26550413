import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Demo } from '../demo.js';
import { demoPassword } from '../server/people.js';
import type { AccountHolder } from '../server/people.js';
import type { Look } from './looks.js';
import type { Shot } from './shots.js';

type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>;

/** What a page does while it is made ready has happened when its picture is taken. */
const readyWithinMs = 30_000;

/** Takes pictures of a demo, all at one moment there. */
export class Camera {
  readonly #browser: Browser;
  readonly #demo: Demo;
  readonly #moment: Date;
  readonly #signedIn = new Map<AccountHolder, Promise<Cookies>>();

  constructor(browser: Browser, demo: Demo, moment: Date) {
    this.#browser = browser;
    this.#demo = demo;
    this.#moment = moment;
  }

  async take({ person, path, live, prepare, arrange }: Shot, { options }: Look): Promise<Buffer> {
    await this.#demo.goTo(new Date(this.#moment.getTime() - readyWithinMs));
    const context = await this.#browser.newContext({
      ...options,
      ...(person === undefined ? {} : { storageState: await this.#sessionOf(person) }),
    });
    try {
      await context.clock.setFixedTime(this.#moment);
      const page = await context.newPage();
      if (prepare !== undefined) await prepare(page);
      const below = typeof path === 'string' ? path : await path(this.#demo);
      await page.goto(`${this.#demo.url}${below}`, { waitUntil: live === true ? 'load' : 'networkidle' });
      await settled(page);
      if (arrange !== undefined) {
        await arrange(page);
        await settled(page);
      }
      return await page.screenshot({ animations: 'disabled', caret: 'hide' });
    } finally {
      await context.close();
    }
  }

  /** One session for all pictures of somebody. */
  #sessionOf(person: AccountHolder): Promise<Cookies> {
    const known = this.#signedIn.get(person) ?? this.#signIn(person);
    this.#signedIn.set(person, known);
    return known;
  }

  async #signIn(username: AccountHolder): Promise<Cookies> {
    const { url } = this.#demo;
    const context = await this.#browser.newContext();
    try {
      const response = await context.request.post(`${url}/api/v1/session`, {
        data: { username, password: demoPassword },
        headers: { origin: new URL(url).origin },
      });
      if (!response.ok()) throw new Error(`${username} was not signed in: ${await response.text()}`);
      return await context.storageState();
    } finally {
      await context.close();
    }
  }
}

/** There is a screen with a heading, and nothing is being loaded. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  for (const waiting of ['[aria-busy="true"]', '.mantine-Skeleton-root', '.mantine-Loader-root'])
    await page.locator(`main ${waiting}`).first().waitFor({ state: 'hidden' });
}
