import type { CallOptions, Credential, GitCredential, Identity } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { secretOf } from '@anyforge/provider-kit';
import { z } from 'zod';
import type { Get, GetRequest } from './api.js';
import { readScopes } from './granted-scopes.js';
import type { ListingContext } from './listing.js';
import { toAccount } from './map.js';
import type { OwnToken } from './own-token.js';
import { missingScopes, neededScopes } from './scopes.js';
import { readUser } from './user.js';
import type { UserWire } from './wire.js';

export async function readIdentity(
  context: ListingContext,
  ownToken: OwnToken,
  credential: Credential,
  call: CallOptions,
): Promise<Identity> {
  const { get } = context;
  const user = await readUser(get, call);
  const scopes = await readScopes(get, ownToken(context, call, user), call);
  return {
    account: toAccount(user),
    email: user.email,
    scopes,
    missingScopes: scopes === undefined ? await findMissing(get, user, call) : missingScopes(scopes),
    expiresAt: credential.kind === 'oauth' ? credential.expiresAt : undefined,
  };
}

/**
 * Any user name does with a token of either kind.
 *
 * @see https://docs.gitea.com/development/api-usage#authentication
 */
export function toGitCredential(credential: Credential): GitCredential {
  return {
    kind: 'basic',
    username: 'oauth2',
    password: secretOf(credential),
    expiresAt: credential.kind === 'oauth' ? credential.expiresAt : undefined,
  };
}

/** Where the scopes are not told, each that is needed is tried. That of the user was when the user was read. */
async function findMissing(get: Get, user: UserWire, call: CallOptions): Promise<readonly string[]> {
  const one = { limit: 1 };
  const tries: Readonly<Record<string, Omit<GetRequest<unknown>, 'what' | 'schema'>>> = {
    'read:organization': { path: '/user/orgs', query: one },
    'read:repository': { path: '/repos/search', query: { ...one, uid: user.id } },
  };
  const missing: string[] = [];
  for (const scope of neededScopes) {
    const request = tries[scope];
    if (request !== undefined && (await isRefused(get, request, call))) missing.push(scope);
  }
  return missing;
}

async function isRefused(
  get: Get,
  request: Omit<GetRequest<unknown>, 'what' | 'schema'>,
  call: CallOptions,
): Promise<boolean> {
  try {
    await get({ ...request, what: 'an answer', schema: z.unknown() }, call);
    return false;
  } catch (error) {
    if (ProviderError.is(error) && error.kind === 'insufficient_scope') return true;
    throw error;
  }
}
