import type { Response } from 'express';

/**
 * Aborts when the client goes away, so that nobody works or waits for it.
 *
 * @param stopping ends it as well, with its own reason
 */
export function untilClosed(response: Response, stopping?: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort(stopping?.reason);
  };
  if (response.closed) {
    // It has gone while we found out who asks.
    controller.abort();
    return controller.signal;
  }
  stopping?.addEventListener('abort', stop);
  if (stopping?.aborted === true) stop();
  response.once('close', () => {
    stopping?.removeEventListener('abort', stop);
    controller.abort();
  });
  return controller.signal;
}
