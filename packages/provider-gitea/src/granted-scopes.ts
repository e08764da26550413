import type { CallOptions, ErrorKind } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { z } from 'zod';
import type { Get, Query } from './api.js';
import { provider } from './api.js';
import { publicOnlyRepair, publicOnlyWords, readGrantedScopes } from './errors.js';
import { isPublicOnly } from './scopes.js';

/** Harmless questions that need a scope which a token of ours has no use for: the count of what is unread, and timers. */
const questions: readonly { readonly path: string; readonly query?: Query }[] = [
  { path: '/notifications/new' },
  { path: '/admin/cron', query: { limit: 1 } },
];

/**
 * What the credential was granted. Gitea has no way to ask for it, but names it when it refuses something for want of a
 * scope. Undefined for a credential that is granted everything, and where a version does not name it.
 *
 * @throws ProviderError `insufficient_scope` for a credential that is for nothing but what is public
 */
export async function readScopes(get: Get, call: CallOptions): Promise<readonly string[] | undefined> {
  for (const { path, query } of questions) {
    const refusal = await refusalOf(get({ what: 'an answer', path, query, schema: z.unknown() }, call));
    const scopes = readGrantedScopes(refusal?.message);
    if (scopes !== undefined && isPublicOnly(scopes)) throw publicOnlyError(refusal);
    if (scopes !== undefined) return scopes;
  }
  return undefined;
}

/**
 * Makes sure that a listing will not be short without a word of it: to a credential for what is public alone, Gitea
 * lists that, with a 200. From version 1.26.2 on it refuses it the addresses of the account itself.
 *
 * @throws ProviderError `insufficient_scope` for such a credential
 */
export async function mustNotBePublicOnly(get: Get, call: CallOptions): Promise<void> {
  try {
    await get({ what: 'an answer', path: '/user/emails', schema: z.unknown() }, call);
  } catch (error) {
    if (!silences.has(toRefusal(error).kind)) throw error;
  }
}

/** How something was refused that may well be; undefined where it was not. */
async function refusalOf(asked: Promise<unknown>): Promise<ProviderError | undefined> {
  try {
    await asked;
    return undefined;
  } catch (error) {
    return toRefusal(error);
  }
}

/** How a question ends that nobody answers: a proxy may let less through, and have words of its own. */
const silences: ReadonlySet<ErrorKind> = new Set(['not_found', 'invalid_response']);
const refusals: ReadonlySet<ErrorKind> = new Set([...silences, 'insufficient_scope', 'forbidden']);

/** @throws whatever is no refusal, and `insufficient_scope` for a credential that is for nothing but what is public */
function toRefusal(error: unknown): ProviderError {
  if (!ProviderError.is(error)) throw error;
  if (publicOnlyWords.test(error.message)) throw publicOnlyError(error);
  if (!refusals.has(error.kind)) throw error;
  return error;
}

function publicOnlyError(told: ProviderError | undefined): ProviderError {
  return new ProviderError(
    'insufficient_scope',
    'Gitea shows this credential nothing but what is public, so that its listing would lack the rest.',
    { ...told?.details, provider, repair: publicOnlyRepair },
  );
}
