import type { Clock } from '@anyforge/core';
import type { Response } from 'express';
import { once } from 'node:events';

/** How long whoever reads may take nothing of what is there for them. */
const patienceMs = 30_000;

export interface TextWriting {
  readonly clock: Clock;
  /** Aborted when whoever reads has gone, and when the server stops. */
  readonly signal: AbortSignal;
}

/**
 * Sends a piece of an answer, and waits until there is room for more. Rejects when whoever reads has gone; who takes
 * nothing for half a minute, or until the server stops, is given up: the connection ends.
 */
export async function writeText(
  response: Response,
  text: string,
  { clock, signal }: TextWriting,
): Promise<void> {
  if (response.destroyed) throw new Error('Nobody reads this any more.');
  if (response.write(text)) return;
  const waiting = new AbortController();
  const stop = (): void => {
    waiting.abort();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const lost = async (): Promise<never> => {
    await clock.sleep(patienceMs, waiting.signal);
    throw new Error('Nobody takes this any more.');
  };
  try {
    await Promise.race([once(response, 'drain', { signal: waiting.signal }), lost()]);
  } catch (error) {
    response.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
