import { afterAll, beforeAll, jest, test } from '@jest/globals';
import { openBrowser } from '@anyforge/test-browser';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import type { PageHost, Visit, VisitOptions } from './visit.js';
import { startVisit } from './visit.js';

/** A server with the page, and whatever belongs to it. */
export interface World {
  readonly server: PageHost;
  close(): Promise<void>;
}

/** One world and one browser for all tests of a file. */
export class Stage<W extends World> {
  readonly #visits = new Set<Visit>();
  #parts: { readonly world: W; readonly browser: Browser } | undefined;

  /** Opens it before the tests of the file, and closes everything after them. */
  constructor(start: () => Promise<W>, flags: readonly string[] = []) {
    jest.setTimeout(60_000);
    beforeAll(async () => {
      const world = await start();
      try {
        this.#parts = { world, browser: await openBrowser({ flags }) };
      } catch (error) {
        await world.close();
        throw error;
      }
    });
    afterAll(async () => {
      await this.#parts?.browser.close();
      await this.#parts?.world.close();
    });
  }

  /** @throws Error before the tests begin */
  get world(): W {
    return this.#started().world;
  }

  /** @throws Error before the tests begin */
  get browser(): Browser {
    return this.#started().browser;
  }

  /** Opens a browser of its own for somebody. What goes wrong in it unseen fails the test in which it does. */
  async visit(options: VisitOptions = {}): Promise<Visit> {
    const visit = await startVisit(this.browser, this.world.server, options);
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

  #started(): { readonly world: W; readonly browser: Browser } {
    if (this.#parts === undefined) throw new Error('There is nothing yet before the tests begin.');
    return this.#parts;
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
