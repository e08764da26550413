import type { CachedResponse, Clock, ResponseCache } from '@anyforge/core';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { systemClock } from '../system-clock.js';

export interface MemoryResponsesOptions {
  /** The most that the answers may hold together, compressed, in bytes; 64 million by default. */
  readonly maxBytes?: number | undefined;
  /** Tells how long an answer was not used. The system's by default. */
  readonly clock?: Clock | undefined;
}

interface PackedResponse {
  readonly etag: string;
  readonly packed: Uint8Array;
  readonly bytes: number;
  /** Milliseconds of the clock. */
  readonly usedAt: number;
}

const defaultMaxBytes = 64_000_000;

/** What one entry holds beside its texts, roughly. */
const overheadBytes = 200;

/** So that what is asked for once a day finds its answers. */
const keptMs = 48 * 60 * 60 * 1_000;

const compress = promisify(deflateRaw);
const decompress = promisify(inflateRaw);

/**
 * Makes a cache of answers for one process, to be passed as `ProviderContext.responses`.
 *
 * When it is full, what was not used for two days makes room; where nothing is that old, no more is taken in. A listing
 * that is read from end to end, again and again, and is too large would else push out each page just before its turn.
 */
export function createMemoryResponses({
  maxBytes = defaultMaxBytes,
  clock = systemClock,
}: MemoryResponsesOptions = {}): ResponseCache {
  /** The least recently used first. */
  const entries = new Map<string, PackedResponse>();
  let held = 0;

  const remove = (key: string): void => {
    held -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  };

  /** Takes away what was not used for long until so much more has room. */
  const makeRoom = (bytes: number, now: number): boolean => {
    for (const [oldest, { usedAt }] of entries) {
      if (held + bytes <= maxBytes || usedAt > now - keptMs) break;
      remove(oldest);
    }
    return held + bytes <= maxBytes;
  };

  return {
    async read(key): Promise<CachedResponse | undefined> {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, { ...entry, usedAt: clock.now().getTime() });
      const value: unknown = deserialize(await decompress(entry.packed));
      return { etag: entry.etag, value };
    },
    async write(key, { etag, value }) {
      const packed = await compress(serialize(value));
      const bytes = key.length + etag.length + packed.byteLength + overheadBytes;
      const usedAt = clock.now().getTime();
      remove(key);
      if (bytes > maxBytes || !makeRoom(bytes, usedAt)) return;
      entries.set(key, { etag, packed, bytes, usedAt });
      held += bytes;
    },
  };
}
