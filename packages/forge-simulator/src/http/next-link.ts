import type { SimulatedResponse } from './message.js';

/** The answer with another address as its next page, on forges that say it in a `Link` header. */
export function withNextLink(response: SimulatedResponse, url: string): SimulatedResponse {
  const others = (response.headers['link'] ?? '')
    .split(', ')
    .filter((link) => link !== '' && !link.includes('rel="next"'));
  return {
    ...response,
    headers: { ...response.headers, link: [`<${url}>; rel="next"`, ...others].join(', ') },
  };
}
