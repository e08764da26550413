import { createHash } from 'node:crypto';
import type { SimulatedRequest, TextResponse } from '../http/message.js';
import { answerProblem, answerProgram, formOf } from './answers.js';
import { authenticateClient } from './client-authentication.js';
import type { OAuthClient } from './clients.js';
import type { Authorized } from './codes.js';
import { deviceGrantType, redeemDeviceCode } from './device.js';
import type { IssuedTokens } from './grants.js';
import type { OAuthFields, OAuthProblem, ParameterRule } from './rules.js';
import type { OAuthState } from './state.js';

/** What a grant comes to. */
export type Redeemed =
  { readonly issued: IssuedTokens } | { readonly problem: OAuthProblem; readonly fields?: OAuthFields };

/** Where a client turns a code, a refresh token or a device code into tokens. */
export function answerToken(state: OAuthState, request: SimulatedRequest): TextResponse {
  const { rules } = state;
  const form = formOf(request);
  const redeemed = redeem(state, request, form);
  return 'problem' in redeemed
    ? answerProblem(rules, request, redeemed.problem, redeemed.fields)
    : answerProgram(rules, request, 200, rules.token.fields(redeemed.issued));
}

function redeem(state: OAuthState, request: SimulatedRequest, form: URLSearchParams): Redeemed {
  const given = form.get('grant_type');
  const grantType = given ?? (state.rules.token.grantType === 'optional' ? 'authorization_code' : undefined);
  const client = authenticateClient(state, request, form, needsNoSecret(state, grantType, form));
  if (client === undefined) return { problem: 'bad-client' };
  switch (grantType) {
    case undefined:
      return { problem: 'missing-parameter' };
    case 'authorization_code':
      return redeemCode(state, client, form);
    case 'refresh_token':
      return redeemRefreshToken(state, client, form);
    case deviceGrantType:
      return redeemDeviceCode(state, client, form);
    default:
      return { problem: 'unsupported-grant-type' };
  }
}

/** A device cannot keep a secret: neither the device flow nor a refresh of what it gave needs one. */
function needsNoSecret(state: OAuthState, grantType: string | undefined, form: URLSearchParams): boolean {
  if (grantType === deviceGrantType) return true;
  if (grantType !== 'refresh_token') return false;
  return state.grants.byRefreshToken(form.get('refresh_token') ?? '')?.via === 'device';
}

function redeemCode(
  { rules, codes, grants }: OAuthState,
  client: OAuthClient,
  form: URLSearchParams,
): Redeemed {
  const value = form.get('code');
  if (value === null) return { problem: 'missing-parameter' };
  const authorized = codes.find(value);
  if (authorized?.client !== client) return { problem: 'bad-code' };
  const redirectUri = checkRedirectUri(
    rules.token.redirectUri,
    form,
    authorized.redirectUri ?? client.redirectUris[0],
  );
  if (redirectUri !== undefined) return { problem: redirectUri };
  if (!answersChallenge(authorized, form.get('code_verifier'))) return { problem: 'bad-verifier' };
  codes.spend(value);
  const { person, scopes } = authorized;
  const granted = { client, person, scopes, via: 'code', redirectUri: authorized.redirectUri } as const;
  return { issued: grants.open(granted, 'authorization_code') };
}

function redeemRefreshToken(
  { rules, grants }: OAuthState,
  client: OAuthClient,
  form: URLSearchParams,
): Redeemed {
  const value = form.get('refresh_token');
  if (value === null) return { problem: 'missing-parameter' };
  const grant = grants.byRefreshToken(value);
  if (grant?.client !== client) return { problem: 'bad-refresh-token' };
  // What a device was given came without a redirect: there is none to compare.
  const expected = grant.redirectUri ?? client.redirectUris[0];
  const rule = grant.via === 'device' ? 'ignored' : rules.token.redirectUriAtRefresh;
  const redirectUri = checkRedirectUri(rule, form, expected);
  if (redirectUri !== undefined) return { problem: redirectUri };
  const issued = grants.refresh(value);
  return issued === undefined ? { problem: 'bad-refresh-token' } : { issued };
}

function checkRedirectUri(
  rule: ParameterRule,
  form: URLSearchParams,
  expected: string | undefined,
): OAuthProblem | undefined {
  const given = form.get('redirect_uri');
  if (rule === 'ignored' || (rule === 'when-given' && given === null)) return undefined;
  return given === expected ? undefined : 'redirect-uri-mismatch';
}

/** @see https://www.rfc-editor.org/rfc/rfc7636#section-4.6 */
function answersChallenge({ challenge }: Authorized, verifier: string | null): boolean {
  if (challenge === undefined) return true;
  if (verifier === null) return false;
  const answer =
    challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return answer === challenge.value;
}
