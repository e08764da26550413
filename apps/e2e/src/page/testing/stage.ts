import { afterAll, beforeAll, jest, test } from '@jest/globals';
import { openBrowser } from '@anyforge/test-browser';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { impatienceMs, patienceMs, testLimitMs } from './patience.js';
import type { PageHost, Visit, VisitOptions } from './visit.js';
import { startVisit } from './visit.js';

/** A server with the page, and whatever belongs to it. */
export interface World {
  readonly server: PageHost;
  close(): Promise<void>;
}

/** One world, and one browser of a kind, for all tests of a file. */
export class Stage<W extends World> {
  readonly #visits = new Set<Visit>();
  readonly #browsers = new Map<boolean, Promise<Browser>>();
  #world: W | undefined;
  #patienceMs = patienceMs;

  /** Opens it before the tests of the file, and closes everything after them. */
  constructor(start: () => Promise<W>) {
    jest.setTimeout(testLimitMs);
    beforeAll(async () => {
      this.#world = await start();
    });
    afterAll(async () => {
      for (const browser of this.#browsers.values())
        await browser.then(
          (opened) => opened.close(),
          // Whoever asked for it has been told.
          () => undefined,
        );
      await this.#world?.close();
    });
  }

  /** @throws Error before the tests begin */
  get world(): W {
    if (this.#world === undefined) throw new Error('There is nothing yet before the tests begin.');
    return this.#world;
  }

  /** Opens a browser of its own for somebody. What goes wrong in it unseen fails the test in which it does. */
  async visit(options: VisitOptions = {}): Promise<Visit> {
    const browser = await this.#browser(options.blocksWindows ?? false);
    const visit = await startVisit(browser, this.world.server, options);
    visit.context.setDefaultTimeout(this.#patienceMs);
    this.#visits.add(visit);
    visit.context.once('close', () => this.#visits.delete(visit));
    return visit;
  }

  /** A test that also fails for what went wrong unseen, and that leaves pictures and traces when it fails. */
  test(name: string, run: () => Promise<void>): void {
    test(name, async () => {
      try {
        await run();
        const unseen = [...this.#visits].flatMap(({ watch }) => watch.take());
        if (unseen.length > 0) throw new Error(`The page went wrong unseen:\n${unseen.join('\n')}`);
      } catch (error) {
        this.#patienceMs = impatienceMs;
        for (const { context } of this.#visits) context.setDefaultTimeout(impatienceMs);
        const folder = await this.#keepEvidence();
        throw new Error(`${messageOf(error)}\n\nPictures and traces are in ${folder}`, { cause: error });
      }
      for (const { context } of this.#visits) await nextTrace(context);
    });
  }

  async #keepEvidence(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'anyforge-page-failed-'));
    for (const [index, { context, watch }] of [...this.#visits].entries()) {
      watch.take();
      const name = `browser-${index + 1}`;
      for (const [number, page] of context.pages().entries())
        await page.screenshot({ path: join(folder, `${name}-page-${number + 1}.png`) });
      await nextTrace(context, { path: join(folder, `${name}.trace.zip`) });
    }
    return folder;
  }

  #browser(blocksWindows: boolean): Promise<Browser> {
    const browser = this.#browsers.get(blocksWindows) ?? openBrowser({ blocksWindows });
    this.#browsers.set(blocksWindows, browser);
    return browser;
  }
}

/** What happened since the last one is kept at the path, or forgotten. */
async function nextTrace({ tracing }: BrowserContext, kept: { readonly path?: string } = {}): Promise<void> {
  await tracing.stopChunk(kept);
  await tracing.startChunk();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
