import { describe, expect, it } from '@jest/globals';
import { createMemoryResponses } from './memory-responses.js';

const entry = (letters: number) => ({ etag: '"a"', value: { body: 'x'.repeat(letters) } });

describe('answers in memory', () => {
  it('are given back as they were, the newest of a name', async () => {
    const responses = createMemoryResponses();
    await responses.write('one', entry(1));
    await responses.write('one', entry(2));
    expect(await responses.read('one')).toEqual(entry(2));
    expect(await responses.read('other')).toBeUndefined();
  });

  it('never hold more than is allowed: what was used last stays', async () => {
    const responses = createMemoryResponses({ maxSize: 3_500 });
    for (const name of ['one', 'two', 'three']) await responses.write(name, entry(1_000));
    await responses.read('one');
    await responses.write('four', entry(1_000));
    const held = await Promise.all(['one', 'two', 'three', 'four'].map((name) => responses.read(name)));
    expect(held.map((found) => found !== undefined)).toEqual([true, false, true, true]);
  });

  it('count what replaces another only once', async () => {
    const responses = createMemoryResponses({ maxSize: 3_500 });
    await responses.write('one', entry(1_000));
    for (let time = 0; time < 10; time += 1) await responses.write('two', entry(2_000));
    expect(await responses.read('one')).toBeDefined();
  });

  it('do not take in what is larger than all that is allowed, nor keep what it replaces', async () => {
    const responses = createMemoryResponses({ maxSize: 3_500 });
    await responses.write('one', entry(1_000));
    await responses.write('two', entry(1_000));
    await responses.write('two', entry(4_000));
    expect(await responses.read('one')).toBeDefined();
    expect(await responses.read('two')).toBeUndefined();
  });
});
