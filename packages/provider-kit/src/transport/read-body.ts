import { abortable } from '../abort.js';

/** A body went over the cap. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/**
 * Reads a body whole.
 *
 * @throws BodyTooLargeError when it has more than `maxBytes`, counted after decompression
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  options: { readonly maxBytes: number; readonly signal: AbortSignal; readonly onChunk: () => void },
): Promise<Uint8Array<ArrayBuffer>> {
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await abortable(reader.read(), options.signal);
      if (done) return join(chunks, size);
      options.onChunk();
      size += value.byteLength;
      if (size > options.maxBytes) throw new BodyTooLargeError();
      chunks.push(value);
    }
  } catch (error) {
    // Frees the socket; a stream that has failed already rejects here once more.
    reader.cancel().catch(() => undefined);
    throw error;
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
