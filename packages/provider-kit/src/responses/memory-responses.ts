import type { CachedResponse, ResponseCache } from '@anyforge/core';

export interface MemoryResponsesOptions {
  /** The most that the answers may hold together, in characters; 32 million by default. */
  readonly maxSize?: number | undefined;
}

const defaultMaxSize = 32_000_000;

/** Makes a cache of answers for one process, to be passed as `ProviderContext.responses`. What was used last stays. */
export function createMemoryResponses({
  maxSize = defaultMaxSize,
}: MemoryResponsesOptions = {}): ResponseCache {
  /** The least recently used first. */
  const entries = new Map<string, CachedResponse & { readonly size: number }>();
  let size = 0;

  const remove = (key: string): void => {
    size -= entries.get(key)?.size ?? 0;
    entries.delete(key);
  };

  return {
    read(key) {
      const entry = entries.get(key);
      if (entry !== undefined) {
        entries.delete(key);
        entries.set(key, entry);
      }
      return Promise.resolve(entry && { etag: entry.etag, value: entry.value });
    },
    write(key, { etag, value }) {
      remove(key);
      const added = sizeOf([key, etag, value]);
      if (added <= maxSize) {
        entries.set(key, { etag, value, size: added });
        size += added;
      }
      for (const oldest of entries.keys()) {
        if (size <= maxSize) break;
        remove(oldest);
      }
      return Promise.resolve();
    },
  };
}

/** About what a value holds: its texts, and a little for all else. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce((sum, [name, inner]) => sum + name.length + sizeOf(inner), 8);
}
