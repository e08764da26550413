import type { LimitProfile } from '@anyforge/provider-kit';
import type { GithubHost } from './host.js';

/**
 * The parts of the API that are counted apart from the rest.
 * @see https://docs.github.com/rest/rate-limit/rate-limit
 */
const buckets = [
  { path: /\/graphql$/, name: 'graphql' },
  { path: /\/search\/code$/, name: 'code_search' },
  { path: /\/search\//, name: 'search' },
] as const;

/**
 * The hourly limit, which GitHub tells in headers; an Enterprise Server tells none until its administrator turns
 * limits on.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
const serverLimits: LimitProfile = {
  budget: {
    limit: 'x-ratelimit-limit',
    remaining: 'x-ratelimit-remaining',
    reset: 'x-ratelimit-reset',
    resetFormat: 'epoch-seconds',
    resource: 'x-ratelimit-resource',
    resourceOf: (_method, { pathname }) => buckets.find(({ path }) => path.test(pathname))?.name ?? 'core',
    per: 'credential',
  },
  pacing: [],
  fallbackWaitMs: 60_000,
};

/**
 * GitHub's own hosts also have secondary limits, which they do not tell before they are overrun. This one is for the
 * endpoints of the REST API: signing in and renewing, at the web address, are not among them.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const cloudLimits = (apiUrl: string): LimitProfile => ({
  ...serverLimits,
  pacing: [
    {
      scope: 'points',
      limit: 900,
      windowMs: 60_000,
      per: 'credential',
      cost: (method) => (['GET', 'HEAD', 'OPTIONS'].includes(method) ? 1 : 5),
      appliesTo: (_method, { href, pathname }) =>
        href.startsWith(`${apiUrl}/`) && !pathname.endsWith('/graphql'),
    },
  ],
});

export function limitsOf({ product, apiUrl }: GithubHost): LimitProfile {
  return product === 'GitHub Enterprise Server' ? serverLimits : cloudLimits(apiUrl);
}
