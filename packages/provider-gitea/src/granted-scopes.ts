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

/** How Gitea refuses them; other versions may not know the question. */
const refusals: ReadonlySet<ErrorKind> = new Set([
  'insufficient_scope',
  'forbidden',
  'not_found',
  'invalid_response',
]);

/** What an answer says of the credential. */
type Told = { readonly scopes: readonly string[] } | 'public only' | 'nothing';

/**
 * What the credential was granted. Gitea has no way to ask for it, but names it when it refuses something for want of a
 * scope. Undefined for a credential that is granted everything, and where a version does not name it.
 */
export async function readScopes(get: Get, call: CallOptions): Promise<readonly string[] | undefined> {
  const told = await ask(get, call);
  return typeof told === 'object' ? told.scopes : undefined;
}

/**
 * Makes sure that a listing will not be short without a word of it: to a credential for what is public alone, Gitea
 * lists that, with a 200.
 *
 * @throws ProviderError `insufficient_scope` for such a credential
 */
export async function mustNotBePublicOnly(get: Get, call: CallOptions): Promise<void> {
  const told = await ask(get, call);
  if (told === 'nothing' || (typeof told === 'object' && !isPublicOnly(told.scopes))) return;
  throw new ProviderError(
    'insufficient_scope',
    'Gitea shows this credential nothing but what is public, so that its listing would lack the rest.',
    { provider, repair: publicOnlyRepair },
  );
}

async function ask(get: Get, call: CallOptions): Promise<Told> {
  for (const question of questions) {
    const told = await askFor(get, question, call);
    if (told !== 'nothing') return told;
  }
  return 'nothing';
}

async function askFor(
  get: Get,
  { path, query }: (typeof questions)[number],
  call: CallOptions,
): Promise<Told> {
  try {
    await get({ what: 'an answer', path, query, schema: z.unknown() }, call);
    return 'nothing';
  } catch (error) {
    if (!ProviderError.is(error) || !refusals.has(error.kind)) throw error;
    const scopes = readGrantedScopes(error.message);
    if (scopes !== undefined) return { scopes };
    return error.kind === 'insufficient_scope' && publicOnlyWords.test(error.message)
      ? 'public only'
      : 'nothing';
  }
}
