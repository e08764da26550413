import type { CachedResponse } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import { rest } from '../transport/transport.fixture.js';
import { boundWrites } from './bound-writes.js';

const entry: CachedResponse = { etag: '"a"', value: { body: '{}' } };

describe('writing to a cache', () => {
  it('goes on beside at most 31 others, and is left out beyond that', async () => {
    const ends: (() => void)[] = [];
    const cache = boundWrites({
      read: async () => entry,
      write: () =>
        new Promise((resolve) => {
          ends.push(resolve);
        }),
    });
    for (let write = 0; write < 40; write += 1) void cache.write(`entry ${write}`, entry);
    await rest();
    expect(ends).toHaveLength(32);
    expect(await cache.read('entry 0')).toBe(entry);
    ends[0]?.();
    await rest();
    void cache.write('later', entry);
    await rest();
    expect(ends).toHaveLength(33);
  });

  it('has its room again after one that failed', async () => {
    let asked = 0;
    const cache = boundWrites({
      read: async () => undefined,
      write: () => {
        asked += 1;
        throw new Error('no connection');
      },
    });
    for (let write = 0; write < 40; write += 1) await cache.write('one', entry).catch(() => undefined);
    expect(asked).toBe(40);
  });
});
