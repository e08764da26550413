/** The fake clock's noon. */
export const start = new Date('2026-11-20T12:00:00Z').getTime();
export const search = 'https://api.github.com/search/repositories';

/** GitHub's headers of the primary limit, resetting so many seconds after noon. */
export function budget(remaining: number, resetInSeconds: number, resource = 'core'): Record<string, string> {
  return {
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(start / 1_000 + resetInSeconds),
    'x-ratelimit-resource': resource,
  };
}

export function later(ms: number): Date {
  return new Date(start + ms);
}

/** A refusal that names no time. */
export const secondary = {
  status: 403,
  body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' },
};
