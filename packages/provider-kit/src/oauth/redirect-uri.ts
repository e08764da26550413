import { ProviderError } from '@anyforge/core';

/** @throws ProviderError `invalid_request` for anything but a whole http or https URL without a fragment */
export function parseRedirectUri(provider: string, redirectUri: string): URL {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
  if (url !== undefined && ['http:', 'https:'].includes(url.protocol) && !redirectUri.includes('#'))
    return url;
  const text = 'The redirect URI has to be a whole http or https URL without a fragment.';
  throw new ProviderError('invalid_request', text, {
    provider,
    repair: { text: 'Give the address of your own program at which the browser is to come back.' },
  });
}
