import { ProviderError } from '@anyforge/core';
import type { Handler } from './message.js';
import { isKnownOrigin } from './origins.js';

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const followedMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const mostRedirects = 5;

/**
 * Has redirected reads made again at their new place, only within `origins` and past the limiter like any
 * request. A redirect is part of an answer, so one that cannot be followed is `invalid_response`.
 */
export function withRedirects(
  next: Handler,
  {
    provider,
    forge,
    origins,
  }: { readonly provider: string; readonly forge: string; readonly origins: ReadonlySet<string> },
): Handler {
  return async (request) => {
    const answer = await next(request);
    if (answer.failure !== undefined || !redirectStatuses.has(answer.status)) return answer;

    const refuse = (words: string): ProviderError =>
      new ProviderError(
        'invalid_response',
        `${request.url.host} sends on ${words}, instead of answering (status ${answer.status}).`,
        {
          provider,
          status: answer.status,
          repair: { text: `Check that the address is the one at which ${forge} itself answers.` },
        },
      );
    const location = answer.headers.get('location');
    const target = location === null ? undefined : resolve(location, request.url);
    const visited = [...request.visited, request.url.href];
    if (target === undefined) return { ...answer, failure: refuse('to no usable address') };
    if (!isKnownOrigin(origins, target))
      return { ...answer, failure: refuse('to a place that is not its own') };
    if (!followedMethods.has(request.method))
      return { ...answer, failure: refuse(`what was sent with ${request.method}`) };
    if (visited.includes(target.href)) return { ...answer, failure: refuse('in a circle') };
    if (visited.length > mostRedirects)
      return { ...answer, failure: refuse(`more than ${mostRedirects} times`) };
    return { ...answer, again: { url: target, visited } };
  };
}

/** The fragment is left out: it is never sent, and would tell one URL apart from itself. */
function resolve(location: string, base: URL): URL | undefined {
  if (!URL.canParse(location, base.href)) return undefined;
  const url = new URL(location, base);
  url.hash = '';
  return url;
}
