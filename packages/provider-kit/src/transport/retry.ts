import type { ResolvedContext } from '../context.js';
import { defaultMaxWaitMs } from '../limits/rate-limit.js';
import type { Handler } from './message.js';
import { spreadMs } from './retry-after.js';
import { tell } from './tell.js';

export interface RetryOptions {
  readonly context: Pick<ResolvedContext, 'clock' | 'logger' | 'random'>;
  readonly retries: Retries;
}

export interface Retries {
  /** Attempts after the first for answers that failed. */
  readonly failures: number;
  /** Attempts after the first for answers that were limited: each waits until the forge says. */
  readonly limits: number;
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods */
export const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);
const firstDelayMs = 500;
const longestDelayMs = 20_000;

/**
 * Makes an idempotent request again when its failure may pass: after the time that the forge names, at most
 * `maxWaitMs`, else after a random part of a doubling delay. A limited one goes again at once, since the limiter
 * below does the waiting.
 */
export function withRetry(next: Handler, { context, retries }: RetryOptions): Handler {
  const { clock } = context;
  const random = (): number => context.random();
  return async (request) => {
    const maxWaitMs = request.call.maxWaitMs ?? defaultMaxWaitMs;
    const left = { ...retries };

    for (let attempt = 1; ; attempt += 1) {
      const answer = await next(request);
      const { failure } = answer;
      if (failure?.retryable !== true || answer.hopeless === true) return answer;
      if (!idempotentMethods.has(request.method)) return answer;
      const named = failure.details.retryAt;
      const namedMs = named && Math.max(0, named.getTime() - clock.now().getTime());
      if (namedMs !== undefined && namedMs > maxWaitMs) return answer;
      const pool = failure.kind === 'rate_limited' ? 'limits' : 'failures';
      if (left[pool] === 0) return answer;
      const ceilingMs = Math.min(firstDelayMs * 2 ** (retries.failures - left.failures), longestDelayMs);
      left[pool] -= 1;
      tell(request, context.logger, { kind: 'retry', attempt, reason: failure.kind });
      context.logger.debug(
        { attempt, reason: failure.kind, url: request.url.origin },
        'asking the forge again',
      );
      if (pool === 'limits') continue;
      const waitMs = namedMs === undefined ? random() * ceilingMs : namedMs + spreadMs(namedMs, random);
      await clock.sleep(waitMs, request.signal);
    }
  };
}
