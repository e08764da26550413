import type { Response } from 'express';
import { once } from 'node:events';

/** Sends a piece of an answer, and waits until there is room for more; rejects when whoever reads has gone. */
export async function writeText(response: Response, text: string): Promise<void> {
  if (response.closed) throw new Error('Nobody reads this any more.');
  if (response.write(text)) return;
  const closed = new AbortController();
  const close = (): void => {
    closed.abort();
  };
  response.once('close', close);
  try {
    await once(response, 'drain', { signal: closed.signal });
  } finally {
    response.off('close', close);
  }
}
