import type { ErrorKind } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { clean } from '../transport/classify.js';
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
  readonly errors: readonly OAuthErrorRow[];
  /** What was refused, in words: 'the sign-in'. */
  readonly what: string;
  readonly secrets: readonly string[];
  /** What the repair of a rejected one names. */
  readonly redirectUri?: string | undefined;
}

const repairs: Readonly<Partial<Record<ErrorKind, string>>> = {
  access_denied: 'Sign in again, and allow the access that is asked for.',
  client_rejected: 'Check the client id and the client secret of the OAuth application.',
  grant_expired: 'Sign in again.',
  unavailable: 'The forge is out of order. Try again later.',
  unsupported: 'Check on the forge what the OAuth application is allowed to use.',
};
const otherRepair = 'Start the sign-in again. If it fails again, check the OAuth application on the forge.';

/** What a refusal means, by the forge's rows and then by the standards'; a code that no row knows is `invalid_request`. */
export function refusalKind(errors: readonly OAuthErrorRow[], refusal: Refusal): ErrorKind {
  return findRow(errors, refusal)?.kind ?? 'invalid_request';
}

/** The error for a refusal, in the forge's own words as far as they hold no secret. */
export function toRefusalError(refusal: Refusal, context: RefusalContext): ProviderError {
  const { provider, errors, what, secrets, redirectUri } = context;
  const kind = refusalKind(errors, refusal);
  const words = [refusal.code, refusal.description].filter((word) => word !== undefined).join(': ');
  return new ProviderError(kind, `The forge refused ${what}: ${clean(words, secrets)}`, {
    provider,
    status: refusal.status,
    requestId: refusal.requestId === undefined ? undefined : clean(refusal.requestId, secrets),
    repair: {
      text: findRow(errors, refusal)?.repair ?? repairs[kind] ?? repairFor(kind, redirectUri),
    },
  });
}

function repairFor(kind: ErrorKind, redirectUri: string | undefined): string {
  if (kind !== 'redirect_rejected') return otherRepair;
  return `Enter ${redirectUri ?? 'the callback URL'} as callback URL of the OAuth application on the forge, exactly so.`;
}

function findRow(
  errors: readonly OAuthErrorRow[],
  { code, description = '' }: Refusal,
): OAuthErrorRow | undefined {
  return [...errors, ...standardErrors].find(
    (row) => [row.code].flat().includes(code) && (row.description?.test(description) ?? true),
  );
}
