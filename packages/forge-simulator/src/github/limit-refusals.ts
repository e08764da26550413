import type { FaultEffect } from '../http/faults.js';
import type { Spender } from './limits.js';
import { Refusal } from './refusal.js';

const aboutPrimary =
  'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-primary-rate-limits';
const aboutSecondary =
  'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits';
const terms = 'https://docs.github.com/en/site-policy/github-terms/github-terms-of-service';
const usualRetryAfterSeconds = 60;

interface Occasion {
  readonly now: Date;
  readonly requestId: string;
}

/** The hourly budget is spent. */
export function primaryLimit({ now, requestId, spender }: Occasion & { readonly spender: Spender }): Refusal {
  const message = spender.anonymous
    ? `API rate limit exceeded for ${spender.name}. (But here's the good news: Authenticated requests get a higher ` +
      'rate limit. Check out the documentation for more details.)'
    : `API rate limit exceeded for ${spender.name}. ${support({ now, requestId })} For more on scraping GitHub and ` +
      `how it may affect your rights, please review our Terms of Service (${terms})`;
  return new Refusal(403, message, { documentationUrl: aboutPrimary });
}

/** Too much at once or in a minute; the hourly budget may be untouched. */
export function secondaryLimit(occasion: Occasion & { readonly retryAfterSeconds?: number }): Refusal {
  return new Refusal(403, secondaryMessage(occasion), {
    headers: { 'retry-after': String(occasion.retryAfterSeconds ?? usualRetryAfterSeconds) },
    documentationUrl: aboutSecondary,
  });
}

/** A fault that answers as GitHub does at a secondary limit; `retryAfter` may be seconds, a date, or left out. */
export function secondaryLimitFault(options: {
  readonly retryAfter?: number | Date;
  readonly status?: 403 | 429;
}): FaultEffect {
  const { retryAfter, status = 403 } = options;
  const value = retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter);
  return {
    kind: 'respond',
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': value },
    body: {
      message: secondaryMessage({ now: new Date(0), requestId: '0000:00000:000000:000000:00000000' }),
      documentation_url: aboutSecondary,
      status: String(status),
    },
  };
}

function secondaryMessage(occasion: Occasion): string {
  return `You have exceeded a secondary rate limit. Please wait a few minutes before you try again. ${support(occasion)}`;
}

function support({ now, requestId }: Occasion): string {
  const timestamp = now.toISOString().slice(0, 19).replace('T', ' ');
  return (
    `If you reach out to GitHub Support for help, please include the request ID ${requestId} and timestamp ` +
    `${timestamp} UTC.`
  );
}
