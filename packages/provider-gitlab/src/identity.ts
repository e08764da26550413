import type { CallOptions, Credential, ErrorKind, GitCredential, Identity } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { parseAnswer, secretOf } from '@anyforge/provider-kit';
import type { Get } from './api.js';
import type { GitlabHost } from './host.js';
import { toAccount } from './map.js';
import { missingScopes } from './scopes.js';
import type { UserWire } from './wire.js';
import { tokenInfoWire, tokenWire } from './wire.js';

/** What GitLab tells of a credential itself. */
export interface CredentialFacts {
  readonly scopes?: readonly string[] | undefined;
  readonly expiresAt?: Date | undefined;
}

export function toIdentity(user: UserWire, facts: CredentialFacts, credential: Credential): Identity {
  return {
    account: toAccount(user),
    email: user.email ?? undefined,
    scopes: facts.scopes,
    missingScopes: facts.scopes && missingScopes(facts.scopes),
    expiresAt: facts.expiresAt ?? (credential.kind === 'oauth' ? credential.expiresAt : undefined),
  };
}

/**
 * Any user name does with a personal access token; OAuth tokens want this one.
 * @see https://docs.gitlab.com/api/oauth2/#access-git-over-https-with-access-token
 */
export function toGitCredential(credential: Credential): GitCredential {
  return {
    kind: 'basic',
    username: 'oauth2',
    password: secretOf(credential),
    expiresAt: credential.kind === 'oauth' ? credential.expiresAt : undefined,
  };
}

/** How GitLab says that it knows no such token there; older versions do not know the question either. */
const untold: ReadonlySet<ErrorKind> = new Set([
  'invalid_request',
  'not_found',
  'forbidden',
  'unauthenticated',
]);

/**
 * Asks where a credential of its kind is known: the tokens of people, projects and groups in one place, those of OAuth
 * in another. An access token may come as a plain token, so the first is asked for those, then the other.
 *
 * @see https://docs.gitlab.com/api/personal_access_tokens/#get-self-information
 * @see https://docs.gitlab.com/api/oauth2/#retrieve-the-token-information
 */
export async function readCredentialFacts(
  get: Get,
  context: { readonly host: GitlabHost; readonly credential: Credential; readonly now: Date },
  call: CallOptions,
): Promise<CredentialFacts> {
  const { host, credential, now } = context;
  const token = credential.kind === 'token' ? await orUntold(readToken(get, call)) : undefined;
  return token ?? (await orUntold(readTokenInfo(get, host, now, call))) ?? {};
}

async function readToken(get: Get, call: CallOptions): Promise<CredentialFacts> {
  const { data } = await get('/personal_access_tokens/self', {}, call);
  const { scopes, expires_at: expiry } = parseAnswer('gitlab', 'the token', tokenWire, data);
  // A fine-grained token has permissions instead, which are not told here as scopes.
  const isFineGrained = scopes?.includes('granular') === true;
  return { scopes: isFineGrained ? undefined : (scopes ?? undefined), expiresAt: readDate(expiry) };
}

async function readTokenInfo(
  get: Get,
  host: GitlabHost,
  now: Date,
  call: CallOptions,
): Promise<CredentialFacts> {
  const { data } = await get(`${host.webUrl}/oauth/token/info`, {}, call);
  const { scope, expires_in: seconds } = parseAnswer('gitlab', 'the OAuth token', tokenInfoWire, data);
  return {
    scopes: scope ?? undefined,
    expiresAt: typeof seconds === 'number' ? new Date(now.getTime() + seconds * 1_000) : undefined,
  };
}

async function orUntold(facts: Promise<CredentialFacts>): Promise<CredentialFacts | undefined> {
  try {
    return await facts;
  } catch (error) {
    if (ProviderError.is(error) && untold.has(error.kind)) return undefined;
    throw error;
  }
}

/** GitLab gives a date; the token ends as that day begins, in UTC. */
function readDate(text: string | null | undefined): Date | undefined {
  const epoch = Date.parse(text ?? '');
  return Number.isNaN(epoch) ? undefined : new Date(epoch);
}
