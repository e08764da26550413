import type { ErrorKind } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { clean } from '../transport/classify.js';
import { withQuotation } from '../transport/failure-words.js';
import type { OAuthErrorRow } from './description.js';
import type { JsonRecord } from './json.js';
import { standardErrors } from './standard-errors.js';

/** An authorization server's `error`, in a callback or in the body of an answer. */
export interface Refusal {
  readonly code: string;
  readonly description?: string | undefined;
  /** Of the answer; absent for a callback. */
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  /** All that it told. */
  readonly body: JsonRecord;
}

export interface RefusalContext {
  readonly provider: string;
  /** What people call the forge, in sentences. */
  readonly forge: string;
  readonly errors: readonly OAuthErrorRow[];
  /** What was refused, in words: 'the sign-in'. */
  readonly what: string;
  readonly secrets: readonly string[];
  /** What the repair of a rejected one names. */
  readonly redirectUri?: string | undefined;
}

/** What was refused, where the kind tells it better than what was asked for. */
const sentences: Readonly<Partial<Record<ErrorKind, (forge: string) => string>>> = {
  access_denied: (forge) => `The access was not allowed on ${forge}.`,
  client_rejected: (forge) => `${forge} did not accept the id or the secret of the OAuth application.`,
  redirect_rejected: (forge) => `The OAuth application is registered on ${forge} with another redirect URL.`,
  unavailable: (forge) => `${forge} is out of order at the moment.`,
};

/** Descriptions that many servers give in the same words, and that say no more than their code. */
const emptyDescriptions: readonly RegExp[] = [
  /^The resource owner or authorization server denied the request\.?$/i,
  /^The user (has )?denied (your application access|the request)\.?$/i,
  /^Client authentication failed due to unknown client/i,
  /^The client_id and\/or client_secret passed are incorrect\.?$/i,
];

const repairs: Readonly<Partial<Record<ErrorKind, (forge: string) => string>>> = {
  access_denied: () => 'Sign in again, and allow the access that is asked for.',
  client_rejected: () => 'Check the client id and the client secret of the OAuth application.',
  grant_expired: () => 'Sign in again.',
  unavailable: () => 'Try again later.',
  unsupported: (forge) => `Check on ${forge} what the OAuth application is allowed to use.`,
};

/** What a refusal means, by the forge's rows and then by the standards'; a code that no row knows is `invalid_request`. */
export function refusalKind(errors: readonly OAuthErrorRow[], refusal: Refusal): ErrorKind {
  return findRow(errors, refusal)?.kind ?? 'invalid_request';
}

/** The error for a refusal, with the forge's own words where they tell more, as far as they hold no secret. */
export function toRefusalError(refusal: Refusal, context: RefusalContext): ProviderError {
  const { provider, forge, errors, what, secrets } = context;
  const row = findRow(errors, refusal);
  const kind = row?.kind ?? 'invalid_request';
  const sentence = sentences[kind]?.(forge) ?? `${forge} refused ${what}.`;
  const said = clean(ownWords(refusal, { isKnown: row !== undefined }), secrets);
  return new ProviderError(kind, withQuotation(sentence, said), {
    provider,
    status: refusal.status,
    requestId: refusal.requestId === undefined ? undefined : clean(refusal.requestId, secrets),
    repair: { text: row?.repair ?? repairs[kind]?.(forge) ?? repairFor(kind, context) },
  });
}

/** What the forge says beyond the kind; a code is for people only where nobody knows what it means. */
function ownWords({ code, description = '' }: Refusal, { isKnown }: { readonly isKnown: boolean }): string {
  if (emptyDescriptions.some((empty) => empty.test(description))) return '';
  if (isKnown) return description;
  return description === '' ? code : `${description} (${code})`;
}

function repairFor(kind: ErrorKind, { forge, redirectUri }: RefusalContext): string {
  return kind === 'redirect_rejected'
    ? `Enter ${redirectUri ?? 'the callback URL'} as callback URL of the OAuth application on ${forge}, exactly so.`
    : `Start the sign-in again. If it fails again, check the OAuth application on ${forge}.`;
}

function findRow(
  errors: readonly OAuthErrorRow[],
  { code, description = '' }: Refusal,
): OAuthErrorRow | undefined {
  return [...errors, ...standardErrors].find(
    (row) => [row.code].flat().includes(code) && (row.description?.test(description) ?? true),
  );
}
