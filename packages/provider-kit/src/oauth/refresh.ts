import type { CallOptions, OAuthCredential } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { refreshTokenGrant } from 'openid-client';
import type { AuthorizationServer } from './authorization-server.js';
import { toCredential } from './credential.js';

/** Asks for a new token set, in exactly one request. */
export async function refreshTokens(
  server: AuthorizationServer,
  credential: OAuthCredential,
  call: CallOptions = {},
): Promise<OAuthCredential> {
  const { provider, description } = server;
  const { accessToken, refreshToken, redirectUri } = credential;
  if (refreshToken === undefined) {
    throw new ProviderError('grant_expired', 'This sign-in cannot be renewed: it has no refresh token.', {
      provider,
      repair: { text: 'Sign in again.' },
    });
  }
  const secrets = [accessToken, refreshToken];
  const parameters =
    description.redirectUriAtRefresh && redirectUri !== undefined ? { redirect_uri: redirectUri } : {};
  const outcome = await server.ask(
    (configuration) => refreshTokenGrant(configuration, refreshToken, parameters),
    call,
    secrets,
  );
  if (outcome.refusal !== undefined) {
    throw server.refused(outcome.refusal, 'to renew the sign-in', { secrets, redirectUri });
  }
  return toCredential(description, outcome.value, outcome.arrivedAt, credential);
}
