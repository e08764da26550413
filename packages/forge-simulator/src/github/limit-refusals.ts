import type { FaultEffect } from '../http/faults.js';
import type { Spender } from './limits.js';
import { Refusal } from './refusal.js';

const aboutPrimary =
  'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-primary-rate-limits';
const aboutSecondary =
  'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits';
const terms = 'https://docs.github.com/en/site-policy/github-terms/github-terms-of-service';
const usualRetryAfterSeconds = 60;

/** Headers that belong to the answer a refusal takes the place of. */
const aboutTheAnswer = ['cache-control', 'etag', 'last-modified', 'link', 'x-github-sso'];

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

/**
 * A fault that answers as GitHub does at a secondary limit: with the headers of its own answer, the hourly budget among
 * them. `retryAfter` may be seconds, 60 when not given, a date, or null for no such header.
 */
export function secondaryLimitFault(
  options: {
    readonly retryAfter?: number | Date | null;
    readonly status?: 403 | 429;
  } = {},
): FaultEffect {
  const { retryAfter = usualRetryAfterSeconds, status = 403 } = options;
  const value = retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter);
  return {
    kind: 'edit',
    edit: ({ headers }) => {
      const { 'x-github-request-id': requestId = '', date = '' } = headers;
      const kept = Object.entries(headers).filter(([name]) => !aboutTheAnswer.includes(name));
      const message = secondaryMessage({ now: new Date(date), requestId });
      return {
        status,
        headers: {
          ...Object.fromEntries(kept),
          'content-type': 'application/json; charset=utf-8',
          ...(retryAfter === null ? {} : { 'retry-after': value }),
        },
        body: JSON.stringify({ message, documentation_url: aboutSecondary, status: String(status) }),
      };
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
