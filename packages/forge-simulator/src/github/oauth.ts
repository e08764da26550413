import type { AccessTokenRequest } from '../oauth/grants.js';
import type { OAuthServerOptions } from '../oauth/server.js';
import { OAuthServer } from '../oauth/server.js';
import { githubOAuthRules } from './oauth-rules.js';
import type { GithubProfile } from './profile.js';
import type { TokenRequest, Tokens } from './tokens.js';

/** GitHub's authorization server, whose access tokens are among all others that this GitHub has issued. */
export function githubOAuth(
  options: Pick<OAuthServerOptions, 'world' | 'clock' | 'webUrl'> & {
    readonly profile: GithubProfile;
    readonly tokens: Tokens;
  },
): OAuthServer {
  const { profile, tokens } = options;
  return new OAuthServer({
    ...options,
    rules: githubOAuthRules(profile),
    tokens: {
      issue: (request) => tokens.issue(tokenForClient(request)),
      revoke: (value) => tokens.revoke(value),
    },
  });
}

/** What GitHub issues to a client of each kind. A GitHub App is known by its name where it is installed. */
function tokenForClient({ client, person, scopes, expiresAt }: AccessTokenRequest): TokenRequest {
  const { name: application, clientId } = client;
  const expiry = expiresAt === undefined ? {} : { expiresAt };
  return client.kind === 'github-app'
    ? { kind: 'app-user', person, application, ...expiry }
    : { kind: 'oauth', person, scopes, application, clientId, ...expiry };
}
