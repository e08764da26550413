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
 * @param listed what the forge tells of the token, where it does
 * @throws ProviderError `insufficient_scope` for a credential that is for nothing but what is public
 */
export async function readScopes(
  get: Get,
  listed: Promise<readonly string[] | undefined>,
  call: CallOptions,
): Promise<readonly string[] | undefined> {
  const told = await listed;
  if (told !== undefined) return notPublicOnly(told, undefined);
  for (const { path, query } of questions) {
    const refusal = await refusalOf(get({ what: 'an answer', path, query, schema: z.unknown() }, call));
    const scopes = readGrantedScopes(refusal?.message);
    if (scopes !== undefined) return notPublicOnly(scopes, refusal);
  }
  return undefined;
}

/**
 * Makes sure that a listing will not be short without a word of it: to a credential for what is public alone, Gitea
 * lists that, with a 200. From version 1.26.2 on it refuses it the addresses of the account itself.
 *
 * @param listed what the forge tells of the token, where it does
 * @throws ProviderError `insufficient_scope` for such a credential
 */
export async function mustNotBePublicOnly(
  get: Get,
  listed: Promise<readonly string[] | undefined>,
  call: CallOptions,
): Promise<void> {
  const told = await listed;
  if (told !== undefined) {
    notPublicOnly(told, undefined);
    return;
  }
  await unlessSilent(get({ what: 'an answer', path: '/user/emails', schema: z.unknown() }, call));
}

/** What is answered; undefined where nobody answers. */
async function unlessSilent<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!silences.has(toRefusal(error).kind)) throw error;
    return undefined;
  }
}

/**
 * What is answered; undefined where nobody answers, or it is refused, be it for want of a credential: what one is worth is
 * told by what needs it.
 */
export async function unlessRefused<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (ProviderError.is(error) && error.kind === 'unauthenticated') return undefined;
    toRefusal(error);
    return undefined;
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
const silences: ReadonlySet<ErrorKind> = new Set(['not_found', 'invalid_response', 'forbidden']);
const refusals: ReadonlySet<ErrorKind> = new Set([...silences, 'insufficient_scope']);

/** @throws whatever is no refusal, and `insufficient_scope` for a credential that is for nothing but what is public */
function toRefusal(error: unknown): ProviderError {
  if (!ProviderError.is(error)) throw error;
  if (publicOnlyWords.test(error.message)) throw publicOnlyError(error);
  if (!refusals.has(error.kind)) throw error;
  return error;
}

/** @throws ProviderError `insufficient_scope` where they are for nothing but what is public */
function notPublicOnly(scopes: readonly string[], told: ProviderError | undefined): readonly string[] {
  if (isPublicOnly(scopes)) throw publicOnlyError(told);
  return scopes;
}

function publicOnlyError(told: ProviderError | undefined): ProviderError {
  return new ProviderError(
    'insufficient_scope',
    'Gitea shows this credential nothing but what is public, so that its listing would lack the rest.',
    { ...told?.details, provider, repair: publicOnlyRepair },
  );
}
