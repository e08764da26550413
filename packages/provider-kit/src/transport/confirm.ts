import type { ResolvedContext } from '../context.js';
import { defaultMaxWaitMs } from '../limits/rate-limit.js';
import type { Handler } from './message.js';
import { idempotentMethods } from './retry.js';
import { tell } from './tell.js';

/**
 * Asks once more before an answer is believed that the forge may not mean. Beneath the authorization, so that no
 * credential is renewed for one.
 */
export function withConfirmation(
  next: Handler,
  { clock, logger }: Pick<ResolvedContext, 'clock' | 'logger'>,
): Handler {
  return async (request) => {
    const answer = await next(request);
    const { confirmAfterMs, failure } = answer;
    if (confirmAfterMs === undefined || failure === undefined) return answer;
    if (!idempotentMethods.has(request.method)) return answer;
    if (confirmAfterMs > (request.call.maxWaitMs ?? defaultMaxWaitMs)) return answer;
    tell(request, logger, { kind: 'retry', attempt: 1, reason: failure.kind });
    await clock.sleep(confirmAfterMs, request.signal);
    return next(request);
  };
}
