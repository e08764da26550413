import { ProviderError } from '@anyforge/core';
import type { Handler } from './message.js';

/** Whether a URL leads to one of the forge's own origins, and carries no user info of its own. */
export function isKnownOrigin(origins: ReadonlySet<string>, url: URL): boolean {
  return origins.has(url.origin) && url.username === '' && url.password === '';
}

/**
 * Lets requests out to the forge's own origins only: links in answers are untrusted, and no credential may leave.
 *
 * @throws ProviderError `invalid_request`; nothing was sent
 */
export function withOriginCheck(
  next: Handler,
  { provider, origins }: { readonly provider: string; readonly origins: ReadonlySet<string> },
): Handler {
  return async (request) => {
    if (isKnownOrigin(origins, request.url)) return next(request);
    throw new ProviderError(
      'invalid_request',
      `A request to ${request.url.origin} was refused: it is no address of this git provider.`,
      { provider },
    );
  };
}
