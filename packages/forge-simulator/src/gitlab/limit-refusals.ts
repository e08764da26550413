import type { FaultEffect } from '../http/faults.js';
import type { Excess } from './limits.js';
import { Refusal, renderRefusal } from './refusal.js';

const tooManyOfOneEndpoint = {
  message: { error: 'This endpoint has been requested too many times. Try again later.' },
};
const tooManyOfAll = 'Retry later\n';

/**
 * What stands in front of GitLab says: plain text, with everything about the limit, as requests a minute.
 * @see https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers
 */
export function throttled(
  name: 'throttle_authenticated_api' | 'throttle_unauthenticated_api',
  excess: Excess,
): Refusal {
  const { rate, observed, resetAt, retryAfterSeconds } = excess;
  return new Refusal(429, tooManyOfAll, {
    'ratelimit-name': name,
    'ratelimit-limit': String(Math.ceil((rate.requests * 60) / rate.seconds)),
    'ratelimit-observed': String(observed),
    'ratelimit-remaining': '0',
    'ratelimit-reset': String(resetAt.getTime() / 1000),
    'ratelimit-resettime': resetAt.toUTCString(),
    'retry-after': String(retryAfterSeconds),
  });
}

/** What GitLab itself says of one endpoint: JSON, and when to come again at most. */
export function endpointLimit({ retryAfterSeconds }: Excess, tellsWhen: boolean): Refusal {
  return new Refusal(
    429,
    tooManyOfOneEndpoint,
    tellsWhen ? { 'retry-after': String(retryAfterSeconds) } : {},
  );
}

/**
 * A fault that answers as GitLab does at a limit: of `all` requests with every header about it, of one `endpoint`
 * with `Retry-After` alone. `retryAfter` is in seconds, 60 when not given; null for an answer that does not tell.
 */
export function gitlabLimitFault(
  options: { readonly of?: 'all' | 'endpoint'; readonly retryAfter?: number | null } = {},
): FaultEffect {
  const { of = 'all', retryAfter = 60 } = options;
  return {
    kind: 'edit',
    edit: ({ headers: { date = '' } }) => {
      const excess: Excess = {
        rate: { requests: 2000, seconds: 60 },
        observed: 2001,
        resetAt: new Date(Math.floor(Date.parse(date) / 1000) * 1000 + (retryAfter ?? 60) * 1000),
        retryAfterSeconds: retryAfter ?? 60,
      };
      const refusal =
        of === 'endpoint' || retryAfter === null
          ? endpointLimit(excess, retryAfter !== null)
          : throttled('throttle_authenticated_api', excess);
      const response = renderRefusal(refusal);
      return { ...response, headers: { date, ...response.headers } };
    },
  };
}
