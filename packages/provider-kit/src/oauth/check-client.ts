import type { CallOptions } from '@anyforge/core';
import { genericGrantRequest, randomState, refreshTokenGrant } from 'openid-client';
import type { AuthorizationServer } from './authorization-server.js';
import type { OAuthClientCheck } from './description.js';
import { refusalKind } from './refusal.js';

/**
 * Tells whether the forge accepts the client's id and secret.
 *
 * @throws ProviderError when the forge could not be asked: that says nothing of the client
 */
export async function checkClient(
  server: AuthorizationServer,
  check: OAuthClientCheck,
  call: CallOptions = {},
): Promise<'accepted' | 'rejected' | 'unknown'> {
  if (check.style === 'own') {
    const status = await server.send(check.request(server.client), call, []);
    return check.statuses[status] ?? 'unknown';
  }
  const nobodys = randomState();
  const { refusal } = await server.ask(
    (configuration) =>
      check.style === 'refresh'
        ? refreshTokenGrant(configuration, nobodys)
        : genericGrantRequest(configuration, 'authorization_code', {
            code: nobodys,
            ...(check.redirectUri !== undefined && { redirect_uri: check.redirectUri }),
          }),
    call,
    [],
  );
  const kind = refusal && refusalKind(server.description.errors, refusal);
  if (kind === 'client_rejected') return 'rejected';
  return kind === 'grant_expired' ? 'accepted' : 'unknown';
}
