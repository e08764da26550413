import type { CallOptions, OAuthCredential } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { tokenRevocation } from 'openid-client';
import type { AuthorizationServer } from './authorization-server.js';
import type { OAuthRevocation } from './description.js';
import { refreshTokens } from './refresh.js';

type Style<Name> = Extract<OAuthRevocation, { readonly style: Name }>;

const what = 'to revoke the token';

/** Ends a token set. One that is not valid any more counts as ended. */
export async function revokeTokens(
  server: AuthorizationServer,
  revocation: OAuthRevocation,
  credential: OAuthCredential,
  call: CallOptions = {},
): Promise<void> {
  if (revocation.style === 'own') await revokeAsTheForgeDoes(server, revocation, credential, call);
  else await revokeBoth(server, credential, call);
}

/**
 * The refresh token first, so that a failure in between leaves nothing that could renew itself. A server need not be able
 * to revoke both kinds, but one of them it has to.
 */
async function revokeBoth(
  server: AuthorizationServer,
  { accessToken, refreshToken }: OAuthCredential,
  call: CallOptions,
): Promise<void> {
  const tokens = [
    ...(refreshToken === undefined ? [] : [{ token: refreshToken, token_type_hint: 'refresh_token' }]),
    { token: accessToken, token_type_hint: 'access_token' },
  ];
  const secrets = tokens.map(({ token }) => token);
  const unsupported: ProviderError[] = [];
  for (const { token, token_type_hint } of tokens) {
    const outcome = await server.ask(
      (configuration) => tokenRevocation(configuration, token, { token_type_hint }),
      call,
      secrets,
      { mayBeEmpty: true },
    );
    if (outcome.refusal === undefined) continue;
    const error = server.refused(outcome.refusal, what, { secrets });
    if (error.kind === 'unsupported') unsupported.push(error);
    else if (error.kind !== 'grant_expired') throw error;
  }
  const [first] = unsupported;
  if (first !== undefined && unsupported.length === tokens.length) throw first;
}

/**
 * An access token that is not valid any more may have a refresh token that is. The forge ends a token set by its access
 * token alone, so it is asked for one more, which nobody else ever holds.
 */
async function revokeAsTheForgeDoes(
  server: AuthorizationServer,
  revocation: Style<'own'>,
  credential: OAuthCredential,
  call: CallOptions,
): Promise<void> {
  const outcome = await endTokenSet(server, revocation, credential, call);
  if (outcome === 'done' || credential.refreshToken === undefined) return;
  const last = await renewUnlessEnded(server, credential, call);
  if (last !== undefined) await endTokenSet(server, revocation, last, call);
}

async function endTokenSet(
  server: AuthorizationServer,
  { request, statuses }: Style<'own'>,
  { accessToken }: OAuthCredential,
  call: CallOptions,
): Promise<'done' | 'not-valid'> {
  const status = await server.send(request(server.client, accessToken), call, [accessToken]);
  const meaning = statuses[status] ?? (status < 300 ? 'done' : 'invalid_response');
  if (meaning === 'done' || meaning === 'not-valid') return meaning;
  throw new ProviderError(meaning, `${server.forge} refused ${what} (status ${status}).`, {
    provider: server.provider,
    status,
    repair: {
      text:
        meaning === 'client_rejected'
          ? 'Check the client id and the client secret of the OAuth application.'
          : `Revoke it by hand, in the settings of your account on ${server.forge}.`,
    },
  });
}

async function renewUnlessEnded(
  server: AuthorizationServer,
  credential: OAuthCredential,
  call: CallOptions,
): Promise<OAuthCredential | undefined> {
  try {
    return await refreshTokens(server, credential, call);
  } catch (error) {
    if (ProviderError.is(error) && error.kind === 'grant_expired') return undefined;
    throw error;
  }
}
