import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createFakeClock } from '../testing/fake-clock.js';
import { createMemoryResponses } from './memory-responses.js';

/** Of about as many bytes, which do not shrink. */
const entry = (bytes: number) => ({ etag: '"a"', value: { body: randomBytes(bytes).toString('base64') } });

/** A page as a forge lists its repositories: much of it again and again. */
const listing = (items: number) => {
  const item = { url: 'https://api.github.com/repos/acme/engine', permissions: { admin: true, pull: true } };
  const list = Array.from({ length: items }, (_, id) => ({ id, ...item, description: `Engine ${id}` }));
  return { etag: '"a"', value: { body: JSON.stringify(list) } };
};

function setUp(maxBytes?: number) {
  const clock = createFakeClock();
  const responses = createMemoryResponses({ maxBytes, clock });
  const held = async (...names: readonly string[]) => {
    const found = await Promise.all(names.map((name) => responses.read(name)));
    return names.filter((_, index) => found[index] !== undefined);
  };
  return { clock, responses, held };
}

const hours = (count: number): number => count * 3_600_000;

describe('answers in memory', () => {
  it('are given back as they were, the newest of a name', async () => {
    const { responses } = setUp();
    const newest = { etag: '"b"', value: { headers: [['link', 'x']], body: '{"name":"Żółw"}' } };
    await responses.write('one', entry(1));
    await responses.write('one', newest);
    expect(await responses.read('one')).toEqual(newest);
    expect(await responses.read('other')).toBeUndefined();
  });

  it('take a fraction of the room that they would as text', async () => {
    const page = listing(100);
    const { responses, held } = setUp(JSON.stringify(page).length);
    for (const name of ['one', 'two', 'three', 'four', 'five']) await responses.write(name, page);
    expect(await held('one', 'two', 'three', 'four', 'five')).toHaveLength(5);
  });

  it('of a listing that is larger than all that is allowed are there again as far as they fit', async () => {
    const { responses, held } = setUp(5_500);
    const pages = Array.from({ length: 10 }, (_, page) => `page ${page}`);
    const found: number[] = [];
    for (let scan = 0; scan < 3; scan += 1) {
      found.push(0);
      for (const page of pages) {
        if ((await responses.read(page)) === undefined) await responses.write(page, entry(1_000));
        else found[scan] = (found[scan] ?? 0) + 1;
      }
    }
    expect(found).toEqual([0, 4, 4]);
    expect(await held(...pages)).toEqual(pages.slice(0, 4));
  });

  it('make room when they were not used for two days, the oldest first', async () => {
    const { clock, responses, held } = setUp(5_500);
    for (const name of ['one', 'two', 'three', 'four']) await responses.write(name, entry(1_000));
    await clock.advance(hours(24));
    await responses.read('one');
    await clock.advance(hours(24) + 1);
    await responses.write('five', entry(1_000));
    expect(await held('one', 'two', 'three', 'four', 'five')).toEqual(['one', 'three', 'four', 'five']);
  });

  it('count what replaces another only once', async () => {
    const { responses, held } = setUp(5_500);
    await responses.write('one', entry(1_000));
    for (let time = 0; time < 10; time += 1) await responses.write('two', entry(2_000));
    expect(await held('one', 'two')).toEqual(['one', 'two']);
  });

  it('are not taken in when larger than all that is allowed, nor is kept what they replace', async () => {
    const { clock, responses, held } = setUp(5_500);
    await responses.write('one', entry(1_000));
    await responses.write('two', entry(1_000));
    await clock.advance(hours(72));
    await responses.write('two', entry(6_500));
    expect(await held('one', 'two')).toEqual(['one']);
  });
});
