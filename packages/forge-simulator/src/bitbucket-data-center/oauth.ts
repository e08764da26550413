import type { OAuthServerOptions } from '../oauth/server.js';
import { OAuthServer } from '../oauth/server.js';
import { bitbucketDataCenterOAuthRules } from './oauth-rules.js';
import type { BitbucketTokens } from './tokens.js';

/** Bitbucket's authorization server, whose access tokens are among all others that it has issued. */
export function bitbucketDataCenterOAuth(
  options: Pick<OAuthServerOptions, 'world' | 'clock' | 'webUrl'> & { readonly tokens: BitbucketTokens },
): OAuthServer {
  const { tokens } = options;
  return new OAuthServer({
    ...options,
    rules: bitbucketDataCenterOAuthRules,
    tokens: {
      issue: ({ person, scopes, expiresAt }) => tokens.issue({ kind: 'oauth', person, scopes, expiresAt }),
      revoke: (value) => tokens.revoke(value),
    },
  });
}
