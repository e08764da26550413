import type { OAuthFlow } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { TransportOptions } from '../transport/transport.js';
import type { OAuthClient, OAuthDescription } from './description.js';

export interface OAuthFlowOptions {
  readonly description: OAuthDescription;
  readonly client: OAuthClient;
  /** What the adapter makes its transports of. Of the profile, only what it says of rate limits is heeded here. */
  readonly transport: Pick<TransportOptions, 'provider' | 'origins' | 'profile' | 'context'>;
}

/** Makes the OAuth flow of one client at one forge. */
export function createOAuthFlow({ transport: { provider } }: OAuthFlowOptions): OAuthFlow {
  const unsupported = (): Promise<never> =>
    Promise.reject(new ProviderError('unsupported', 'OAuth is not available yet.', { provider }));
  return { start: unsupported, finish: unsupported, refresh: unsupported };
}
