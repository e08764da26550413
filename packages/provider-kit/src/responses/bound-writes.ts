import type { ResponseCache } from '@anyforge/core';

/** Each holds an answer until it ends, which a cache that hangs never lets it. */
const mostWrites = 32;

/** Writes to a cache no more than so many answers at once, and leaves out the others: that costs the saving alone. */
export function boundWrites(cache: ResponseCache): ResponseCache {
  let underWay = 0;
  return {
    read: (key) => cache.read(key),
    async write(key, entry) {
      if (underWay >= mostWrites) return;
      underWay += 1;
      try {
        await cache.write(key, entry);
      } finally {
        underWay -= 1;
      }
    },
  };
}
