import type { OAuthFlow } from '@anyforge/core';
import { finishSignIn, startSignIn } from './authorization-code.js';
import type { OAuthFlowOptions } from './authorization-server.js';
import { createAuthorizationServer } from './authorization-server.js';
import { checkClient } from './check-client.js';
import { createDeviceFlow } from './device.js';
import { refreshTokens } from './refresh.js';
import { revokeTokens } from './revoke.js';

/**
 * Makes the OAuth flow of one client at one forge.
 *
 * Every request passes the transport: only to the forge's own origins, within its timeouts. One at the token endpoint is
 * sent once. The forge's word alone ends a grant: what may pass (no network, a 5xx, a limit, a proxy's page) is never
 * `grant_expired`.
 */
export function createOAuthFlow(options: OAuthFlowOptions): OAuthFlow {
  const server = createAuthorizationServer(options);
  const { revocation, clientCheck, deviceAuthorizationUrl } = options.description;
  return {
    start: (request, call) => startSignIn(server, request, call),
    finish: (response, call) => finishSignIn(server, response, call),
    refresh: (credential, call) => refreshTokens(server, credential, call),
    ...(revocation && { revoke: (credential, call) => revokeTokens(server, revocation, credential, call) }),
    ...(clientCheck && { checkClient: (call) => checkClient(server, clientCheck, call) }),
    ...(deviceAuthorizationUrl !== undefined && { device: createDeviceFlow(server) }),
  };
}
