import { createHash } from 'node:crypto';
import type { SimulatedRequest, TextResponse } from '../http/message.js';
import { answerProblem, answerProgram, parametersOf } from './answers.js';
import { authenticateClient, problemOfClient } from './client-authentication.js';
import type { OAuthClient } from './clients.js';
import type { Authorized } from './codes.js';
import { deviceGrantType, redeemDeviceCode } from './device.js';
import type { IssuedTokens } from './grants.js';
import { isRegistered } from './redirect-uri.js';
import type { OAuthFields, OAuthProblem, OAuthRules, ParameterRule } from './rules.js';
import type { OAuthState } from './state.js';

/** What a grant comes to. */
export type Redeemed =
  { readonly issued: IssuedTokens } | { readonly problem: OAuthProblem; readonly fields?: OAuthFields };

/** Where a client turns a code, a refresh token or a device code into tokens. */
export function answerToken(state: OAuthState, request: SimulatedRequest): TextResponse {
  const { rules } = state;
  const form = parametersOf(rules, request);
  const redeemed = redeem(state, request, form);
  return 'problem' in redeemed
    ? answerProblem(rules, request, redeemed.problem, redeemed.fields)
    : answerProgram(rules, request, 200, rules.token.fields(redeemed.issued));
}

function redeem(state: OAuthState, request: SimulatedRequest, form: URLSearchParams): Redeemed {
  const given = form.get('grant_type');
  const grantType = given ?? (state.rules.token.grantType === 'optional' ? 'authorization_code' : undefined);
  const client = authenticateClient(state, request, form, needsNoSecret(state, grantType, form));
  const problem = problemOfRequest(state, grantType, form);
  if (client === undefined)
    return {
      problem:
        (state.rules.token.checksFirst === 'request' ? problem : undefined) ??
        problemOfClient(state, request, form),
    };
  if (problem !== undefined) return { problem };
  if (grantType === 'authorization_code') return redeemCode(state, client, form);
  if (grantType === 'refresh_token') return redeemRefreshToken(state, client, form);
  return redeemDeviceCode(state, client, form);
}

/** What can be told to be wrong whoever asks: no such grant, something missing, or a refresh token that does not work. */
function problemOfRequest(
  { rules, codes, grants }: OAuthState,
  grantType: string | undefined,
  form: URLSearchParams,
): OAuthProblem | undefined {
  switch (grantType) {
    case undefined:
      return 'missing-parameter';
    case 'authorization_code': {
      const code = form.get('code');
      if (code === null) return 'missing-parameter';
      if (rules.token.redirectUri === 'required' && !form.has('redirect_uri')) return 'missing-parameter';
      const isChallenged = codes.find(code)?.challenge !== undefined;
      return isChallenged && !form.has('code_verifier') ? 'missing-parameter' : undefined;
    }
    case 'refresh_token': {
      const value = form.get('refresh_token');
      if (value === null) return 'missing-parameter';
      return grants.problemOfRefreshToken(value);
    }
    case deviceGrantType:
      return rules.device === undefined ? 'unsupported-grant-type' : undefined;
    default:
      return 'unsupported-grant-type';
  }
}

/** A device cannot keep a secret: some forges want none of it, and none at a refresh of what it was given. */
function needsNoSecret(state: OAuthState, grantType: string | undefined, form: URLSearchParams): boolean {
  if (state.rules.device?.withoutSecret !== true) return false;
  if (grantType === deviceGrantType) return true;
  if (grantType !== 'refresh_token') return false;
  return state.grants.byRefreshToken(form.get('refresh_token') ?? '')?.via === 'device';
}

function redeemCode(
  { rules, codes, grants }: OAuthState,
  client: OAuthClient,
  form: URLSearchParams,
): Redeemed {
  const value = form.get('code') ?? '';
  const authorized = codes.find(value);
  if (authorized?.client !== client) return { problem: 'bad-code' };
  const given = form.get('redirect_uri');
  if (rules.token.redirectUri !== 'ignored' && given !== null && !isRegistered(rules, client, given))
    return { problem: 'foreign-redirect-uri' };
  const redirectUri = checkRedirectUri(
    rules.token.redirectUri,
    form,
    authorized.redirectUri ?? client.redirectUris[0],
  );
  if (redirectUri !== undefined) return { problem: redirectUri };
  if (!answersChallenge(rules, authorized, form.get('code_verifier'))) return { problem: 'bad-verifier' };
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
  const value = form.get('refresh_token') ?? '';
  const grant = grants.byRefreshToken(value);
  if (grant?.client !== client)
    return { problem: grants.problemOfRefreshToken(value) ?? 'foreign-refresh-token' };
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
function answersChallenge(
  { token }: OAuthRules,
  { challenge }: Authorized,
  verifier: string | null,
): boolean {
  if (challenge === undefined) return verifier === null || token.unaskedVerifier === 'ignored';
  if (verifier === null) return false;
  const answer =
    challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return answer === challenge.value;
}
