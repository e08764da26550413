import { ApiUnreachable } from '../api-error.js';
import type { Timers } from '../timers.js';

export interface ChunkOptions {
  /** The one that the request has. */
  readonly signal: AbortSignal | undefined;
  /** Of the error when the connection is lost. */
  readonly lostMessage: string;
  readonly timers: Pick<Timers, 'sleep'>;
  /** After how long without a byte the connection counts as lost. Absent: never. */
  readonly maxQuietMs?: number | undefined;
}

/**
 * The bytes of an answer as they come. Whoever stops to iterate ends the request.
 *
 * @throws ApiUnreachable when the connection is lost; the signal's reason when it is aborted.
 */
export async function* chunksOf(
  body: ReadableStream<Uint8Array>,
  { timers, maxQuietMs = Infinity, signal, lostMessage }: ChunkOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  // Not every browser iterates over streams.
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await withinQuiet(reader.read(), maxQuietMs, timers);
      if (done) return;
      yield value;
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ApiUnreachable(lostMessage, { cause });
  } finally {
    // A stream that has failed says so once more.
    await reader.cancel().catch(() => undefined);
  }
}

async function withinQuiet<Result>(
  work: Promise<Result>,
  maxQuietMs: number,
  timers: Pick<Timers, 'sleep'>,
): Promise<Result> {
  if (maxQuietMs === Infinity) return work;
  const settled = new AbortController();
  const quiet = async (): Promise<never> => {
    await timers.sleep(maxQuietMs, settled.signal);
    throw new Error(`Nothing has come for ${maxQuietMs} ms.`);
  };
  try {
    return await Promise.race([work, quiet()]);
  } finally {
    settled.abort();
  }
}
