import { describe, expect, it } from '@jest/globals';
import { gate } from '../testing/test-hub.js';
import { writePipelined } from './page-pipeline.js';

/** Pages that come when they are let in, each a number of rows. */
class Pages implements AsyncIterable<number> {
  readonly #waiting: ((result: IteratorResult<number>) => void)[] = [];
  readonly #come: IteratorResult<number>[] = [];
  #failure: Error | undefined;
  asked = 0;
  left = false;

  come(...sizes: readonly number[]): void {
    for (const value of sizes) this.#settle({ done: false, value });
  }

  end(): void {
    this.#settle({ done: true, value: undefined });
  }

  fail(error: Error): void {
    this.#failure = error;
  }

  #settle(result: IteratorResult<number>): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#come.push(result);
    else next(result);
  }

  [Symbol.asyncIterator](): AsyncIterator<number> {
    return {
      next: () => {
        this.asked += 1;
        const come = this.#come.shift();
        if (come !== undefined) return Promise.resolve(come);
        if (this.#failure !== undefined) return Promise.reject(this.#failure);
        return new Promise((resolve) => this.#waiting.push(resolve));
      },
      return: () => {
        this.left = true;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }
}

/** What is written, each write as slow as its gate. */
class Writes {
  readonly batches: (readonly number[])[] = [];
  readonly gates: ReturnType<typeof gate>[] = [];
  failure: Error | undefined;
  #begun = gate();
  #areFast = false;

  async write(pages: readonly number[]): Promise<void> {
    const done = gate();
    this.batches.push(pages);
    this.gates.push(done);
    this.#begun.open();
    this.#begun = gate();
    if (!this.#areFast) await done.opened;
    if (this.failure !== undefined) throw this.failure;
  }

  /** Resolves when so many have begun. */
  async begun(count: number): Promise<void> {
    while (this.batches.length < count) await this.#begun.opened;
  }

  finishAll(): void {
    this.#areFast = true;
    for (const done of this.gates) done.open();
  }

  finish(count: number): void {
    this.gates[count - 1]?.open();
  }
}

function run(
  pages: Pages,
  writes: Writes,
  signal = new AbortController().signal,
  gatherMs = 0,
): Promise<void> {
  return writePipelined({
    pages,
    receive: (page) => page,
    sizeOf: (page) => page,
    write: (batch) => writes.write(batch),
    gatherMs,
    signal,
  });
}

/** Whatever is ready happens, before the next turn of the event loop. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('pages that are written while the next are read', () => {
  it('are written in order, those that have come meanwhile together', async () => {
    const [pages, writes] = [new Pages(), new Writes()];
    const running = run(pages, writes);
    pages.come(1);
    await writes.begun(1);
    pages.come(2, 3, 4);
    await settled();
    writes.finish(1);
    await writes.begun(2);
    pages.end();
    writes.finish(2);
    await running;
    expect(writes.batches).toEqual([[1], [2, 3, 4]]);
  });

  it('are no more in one go than a transaction should hold, but a large one is not taken apart here', async () => {
    const [pages, writes] = [new Pages(), new Writes()];
    const running = run(pages, writes);
    pages.come(1);
    await writes.begun(1);
    pages.come(500, 300, 1, 900);
    pages.end();
    for (const write of [1, 2, 3, 4]) {
      await writes.begun(write);
      await settled();
      writes.finish(write);
    }
    await running;
    expect(writes.batches).toEqual([[1], [500, 300], [1], [900]]);
  });

  it('are not read further ahead than is good for memory', async () => {
    const [pages, writes] = [new Pages(), new Writes()];
    const running = run(pages, writes);
    pages.come(...Array<number>(10).fill(500));
    await writes.begun(1);
    await settled();
    expect(pages.asked).toBe(4);
    pages.end();
    writes.finishAll();
    await running;
    expect(writes.batches.flat()).toHaveLength(10);
  });

  it('are written before it is told that the reading has failed', async () => {
    const [pages, writes] = [new Pages(), new Writes()];
    const running = expect(run(pages, writes)).rejects.toThrow('slow down');
    pages.come(1, 2);
    pages.fail(new Error('slow down'));
    await writes.begun(1);
    await settled();
    writes.finish(1);
    await writes.begun(2);
    writes.finish(2);
    await running;
    expect(writes.batches).toEqual([[1], [2]]);
  });

  it('end the reading when they cannot be written, however long the next page takes', async () => {
    const [pages, writes] = [new Pages(), new Writes()];
    const running = expect(run(pages, writes)).rejects.toThrow('superseded');
    pages.come(1, 2);
    await writes.begun(1);
    await settled();
    writes.failure = new Error('superseded');
    writes.finish(1);
    await running;
    expect(pages.left).toBe(true);
    expect(writes.batches).toEqual([[1]]);
  });

  it('are left when the signal aborts, after the write that is under way', async () => {
    const [pages, writes, stopping] = [new Pages(), new Writes(), new AbortController()];
    let isOver = false;
    const running = run(pages, writes, stopping.signal).finally(() => {
      isOver = true;
    });
    const ended = expect(running).rejects.toThrow('stop');
    pages.come(1, 2);
    await writes.begun(1);
    await settled();
    stopping.abort(new Error('stop'));
    await settled();
    expect(pages.left).toBe(true);
    expect(isOver).toBe(false);
    writes.finish(1);
    await ended;
    expect(writes.batches).toEqual([[1]]);
  });
});

describe('pages too few to be worth a write after another', () => {
  /** Longer than a test may take. */
  const longer = 60_000;

  /** One page is written, and another waits for more. */
  async function gathering() {
    const [pages, writes, stopping] = [new Pages(), new Writes(), new AbortController()];
    const running = run(pages, writes, stopping.signal, longer);
    pages.come(1);
    await writes.begun(1);
    pages.come(2);
    await settled();
    writes.finishAll();
    await settled();
    expect(writes.batches).toEqual([[1]]);
    return { pages, writes, stopping, running };
  }

  it('are written with those that come, once they are enough', async () => {
    const { pages, writes, running } = await gathering();
    pages.come(297);
    await settled();
    expect(writes.batches).toEqual([[1]]);
    pages.come(1);
    await writes.begun(2);
    pages.end();
    await running;
    expect(writes.batches).toEqual([[1], [2, 297, 1]]);
  });

  it('are written when there are no more', async () => {
    const { pages, writes, running } = await gathering();
    pages.end();
    await running;
    expect(writes.batches).toEqual([[1], [2]]);
  });

  it('are written when the next page fails', async () => {
    const { pages, writes, running } = await gathering();
    pages.fail(new Error('slow down'));
    pages.come(3);
    await expect(running).rejects.toThrow('slow down');
    expect(writes.batches).toEqual([[1], [2, 3]]);
  });

  it('are left when the signal aborts', async () => {
    const { writes, stopping, running } = await gathering();
    stopping.abort(new Error('stop'));
    await expect(running).rejects.toThrow('stop');
    expect(writes.batches).toEqual([[1]]);
  });
});
