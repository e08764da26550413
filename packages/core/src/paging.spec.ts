import { describe, expect, it } from '@jest/globals';
import type { Page } from './paging.js';
import { paged } from './paging.js';

function listing() {
  const log: string[] = [];
  const numbers = paged<number>(async function* (): AsyncGenerator<Page<number>> {
    try {
      log.push('first');
      yield { items: [1, 2], resume: 'after 2' };
      log.push('second');
      yield { items: [3] };
    } finally {
      log.push('stopped');
    }
  });
  return { log, numbers };
}

describe('paged', () => {
  it('iterates the items of all pages in order', async () => {
    const items: number[] = [];
    for await (const item of listing().numbers) items.push(item);
    expect(items).toEqual([1, 2, 3]);
  });

  it('gives the pages with their resume', async () => {
    const resumes: (string | undefined)[] = [];
    for await (const page of listing().numbers.pages()) resumes.push(page.resume);
    expect(resumes).toEqual(['after 2', undefined]);
  });

  it('asks for nothing before the first item is wanted, and stops with the loop', async () => {
    const { log, numbers } = listing();
    const iterator = numbers[Symbol.asyncIterator]();
    expect(log).toEqual([]);
    await iterator.next();
    expect(log).toEqual(['first']);
    await iterator.return?.();
    expect(log).toEqual(['first', 'stopped']);
  });

  it('starts a new run for every iteration', async () => {
    const { log, numbers } = listing();
    for await (const _ of numbers) break;
    for await (const _ of numbers) break;
    expect(log).toEqual(['first', 'stopped', 'first', 'stopped']);
  });

  it('gives items in order to whoever asks for several at once', async () => {
    const iterator = listing().numbers[Symbol.asyncIterator]();
    const results = await Promise.all([1, 2, 3, 4].map(() => iterator.next()));
    expect(results.map((result) => (result.done === true ? undefined : result.value))).toEqual([
      1,
      2,
      3,
      undefined,
    ]);
  });

  it('can be left while a page is still to come', async () => {
    const left: string[] = [];
    const endless = paged<number>(() => ({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => {
          left.push('left');
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    }));
    const iterator = endless[Symbol.asyncIterator]();
    void iterator.next();
    await iterator.return?.();
    expect(left).toEqual(['left']);
  });

  it('goes on after a page that failed, if the run does, and gives nothing once it is left', async () => {
    let asked = 0;
    const flaky = paged<number>(() => ({
      [Symbol.asyncIterator]: () => ({
        next: () => {
          asked += 1;
          if (asked === 1) return Promise.reject(new Error('once'));
          return Promise.resolve({ done: asked > 3, value: { items: [asked, asked] } });
        },
      }),
    }));
    const iterator = flaky[Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toThrow('once');
    expect(await iterator.next()).toEqual({ done: false, value: 2 });
    await iterator.return?.();
    asked = 9;
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('throws what the run throws, after the items before it', async () => {
    const broken = paged<number>(async function* () {
      yield { items: [1] };
      throw new Error('page 2 was lost');
    });
    const items: number[] = [];
    const run = async () => {
      for await (const item of broken) items.push(item);
    };
    await expect(run()).rejects.toThrow('page 2 was lost');
    expect(items).toEqual([1]);
  });
});
