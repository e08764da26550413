import type { CallEvent, Logger } from '@anyforge/core';
import type { ForgeRequest } from './message.js';

/** Tells the caller what happens. An observer that throws is reported and does no harm to the call. */
export function tell(request: Pick<ForgeRequest, 'call'>, logger: Logger, event: CallEvent): void {
  try {
    request.call.onEvent?.(event);
  } catch {
    logger.warn({ event: event.kind }, 'an onEvent callback threw; the call goes on');
  }
}
