import { setTimeout } from 'node:timers/promises';
import { untilAborted } from '../until-aborted.js';

export interface Pipeline<Page, Listed> {
  readonly pages: AsyncIterable<Page>;
  /** Called with each page as it comes, in order. */
  readonly receive: (page: Page) => Listed;
  /** How many rows a page has. */
  readonly sizeOf: (listed: Listed) => number;
  /** Stores the pages that have come since the last call, in order. Never called again before it has settled. */
  readonly write: (pages: readonly Listed[]) => Promise<void>;
  /** How long more is waited for, after a write, where there is little to write; 40 by default. */
  readonly gatherMs?: number | undefined;
  /** At its abort the reading ends without waiting for the pages' answer. */
  readonly signal: AbortSignal;
}

/** With so many rows waiting to be written no further page is read. */
const rowsAheadAtMost = 2000;
/** Written together while others come. */
const rowsAtOnce = 800;
/** After a write, with fewer, more is waited for a moment: a transaction of a few rows costs nearly as much. */
const rowsWorthWriting = 300;
const defaultGatherMs = 40;

/**
 * Writes pages while the next ones are being read. One that follows slowly is written at once; when they come fast,
 * several are written together, and reading waits in the end.
 *
 * What was read before a page failed is written first.
 *
 * @throws what a write, else what reading threw; the signal's reason. Nothing is being written any more then.
 */
export async function writePipelined<Page, Listed>(pipeline: Pipeline<Page, Listed>): Promise<void> {
  const { pages, receive, sizeOf, signal } = pipeline;
  const writer = new PageWriter(pipeline);
  const stop = new AbortController();
  const reading = AbortSignal.any([signal, stop.signal]);
  void writer.failed.then((error) => {
    stop.abort(error);
  });
  const iterator = pages[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const next = await untilAborted(iterator.next(), reading);
      if (next.done === true) break;
      const listed = receive(next.value);
      writer.add(listed, sizeOf(listed));
      await untilAborted(writer.hasRoom(), reading);
    }
    isOver = true;
  } catch (error) {
    isOver = !reading.aborted;
    throw error;
  } finally {
    if (!isOver) iterator.return?.().catch(() => undefined);
    await (reading.aborted ? writer.abandon() : writer.finish());
  }
}

class PageWriter<Listed> {
  /** Resolves with what a write threw. */
  readonly failed: Promise<unknown>;
  readonly #write: (pages: readonly Listed[]) => Promise<void>;
  readonly #gatherMs: number;
  readonly #waiting: { readonly listed: Listed; readonly rows: number }[] = [];
  /** Aborts when nothing more is to be waited for. */
  #enough = new AbortController();
  #isOver = false;
  #rows = 0;
  #running: Promise<void> | undefined;
  #fail: (error: unknown) => void = () => undefined;

  constructor({ write, gatherMs = defaultGatherMs }: Pick<Pipeline<unknown, Listed>, 'write' | 'gatherMs'>) {
    this.#write = write;
    this.#gatherMs = gatherMs;
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  add(listed: Listed, rows: number): void {
    this.#waiting.push({ listed, rows });
    this.#rows += rows;
    if (this.#rows >= rowsWorthWriting) this.#enough.abort();
    this.#running ??= this.#run();
    // Told by `failed`, and to whoever waits for the end.
    this.#running.catch(this.#fail);
  }

  /** Resolves when there is room for another page. */
  async hasRoom(): Promise<void> {
    while (this.#rows >= rowsAheadAtMost) await this.#running;
  }

  /** Resolves when all is written. @throws what a write threw */
  async finish(): Promise<void> {
    this.#isOver = true;
    this.#enough.abort();
    await this.#running;
  }

  /** The same, with the write under way as the last one. */
  async abandon(): Promise<void> {
    this.#waiting.length = 0;
    await this.finish();
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      await this.#write(batch.map(({ listed }) => listed));
      this.#rows -= batch.reduce((sum, { rows }) => sum + rows, 0);
      await this.#gather();
    }
    this.#running = undefined;
  }

  async #gather(): Promise<void> {
    if (this.#isOver || this.#rows >= rowsWorthWriting || this.#waiting.length === 0) return;
    this.#enough = new AbortController();
    await setTimeout(this.#gatherMs, undefined, { signal: this.#enough.signal }).catch(() => undefined);
  }

  /** One page at least. */
  #take(): readonly { readonly listed: Listed; readonly rows: number }[] {
    let rows = 0;
    const end = this.#waiting.findIndex((page) => (rows += page.rows) > rowsAtOnce);
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : Math.max(end, 1));
  }
}
