import type { CallOptions, OAuthCredential, OAuthFinish, OAuthStart } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  genericGrantRequest,
  randomPKCECodeVerifier,
} from 'openid-client';
import type { AuthorizationServer } from './authorization-server.js';
import { toCredential } from './credential.js';
import { readCallback } from './read-callback.js';
import { parseRedirectUri } from './redirect-uri.js';
import { hashState, isState, readCodeTransaction, writeTransaction } from './transaction.js';

/** Makes the URL to which a person is sent. Nothing is asked of the forge. */
export async function startSignIn(
  server: AuthorizationServer,
  { redirectUri, state, scopes: asked, selectAccount = false }: OAuthStart,
  call: CallOptions = {},
): Promise<{ readonly url: string; readonly transaction: string }> {
  call.signal?.throwIfAborted();
  const { provider, description } = server;
  parseRedirectUri(provider, redirectUri);
  if (state === '') throw invalid(provider, 'The state is empty: it has to be a word that nobody can guess.');
  const scopes = asked ?? description.scopes;
  const verifier = description.pkce ? randomPKCECodeVerifier() : undefined;
  const url = buildAuthorizationUrl(server.configuration, {
    ...description.authorizationParameters,
    ...(selectAccount && description.selectAccountParameters),
    redirect_uri: redirectUri,
    state,
    ...(scopes.length > 0 && { scope: scopes.join(description.scopeSeparator ?? ' ') }),
    ...(verifier !== undefined && {
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }),
  });
  const kept = { kind: 'code', redirectUri, stateHash: hashState(state), scopes, verifier } as const;
  return { url: url.href, transaction: writeTransaction(server, kept) };
}

/**
 * Reads the callback and exchanges its code, once.
 *
 * The redirect URI goes to the forge as it was given to `startSignIn`, letter by letter. openid-client's own exchange
 * would make it from the callback URL, without a query and in another spelling, which a forge may refuse.
 */
export async function finishSignIn(
  server: AuthorizationServer,
  { callbackUrl, redirectUri, state, transaction: text }: OAuthFinish,
  call: CallOptions = {},
): Promise<OAuthCredential> {
  call.signal?.throwIfAborted();
  const { provider, description } = server;
  const transaction = readCodeTransaction(server, text);
  if (redirectUri !== transaction.redirectUri || !isState(state, transaction.stateHash)) {
    throw invalid(provider, 'The redirect URI or the state is another than the sign-in was begun with.');
  }
  const { verifier } = transaction;
  const callback = readCallback(callbackUrl, { provider, description, transaction });
  const shown = { secrets: [state, verifier ?? ''], redirectUri };
  if (callback.refusal !== undefined) throw server.refused(callback.refusal, 'the sign-in', shown);

  const { code } = callback;
  const secrets = [...shown.secrets, code];
  const outcome = await server.ask(
    (configuration) =>
      genericGrantRequest(configuration, 'authorization_code', {
        code,
        redirect_uri: redirectUri,
        ...(verifier !== undefined && { code_verifier: verifier }),
      }),
    call,
    secrets,
  );
  if (outcome.refusal !== undefined) {
    throw server.refused(outcome.refusal, 'the sign-in', { secrets, redirectUri });
  }
  const scopes = transaction.scopes.length > 0 ? transaction.scopes : undefined;
  return toCredential(description, outcome.value, outcome.arrivedAt, { redirectUri, scopes });
}

function invalid(provider: string, text: string): ProviderError {
  return new ProviderError('invalid_request', text, {
    provider,
    repair: { text: 'Start the sign-in again.' },
  });
}
