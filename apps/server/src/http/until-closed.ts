import type { Response } from 'express';

/** Aborts when the client goes away, so that nobody works or waits for it. */
export function untilClosed(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    controller.abort();
  });
  return controller.signal;
}
