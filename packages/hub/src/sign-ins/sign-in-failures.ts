import type { ErrorKind } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { HubErrorKind } from '../errors.js';
import { HubError } from '../errors.js';
import { repairLink } from '../forge-links.js';
import type { SignInRow } from '../store/rows/sign-ins.js';

/** Why a sign-in failed: the forge's refusal, the hub's, or `internal` for a fault of the hub's own. */
export type SignInErrorKind = ErrorKind | HubErrorKind | 'internal';

/** Why a callback is refused before anything is made of it. */
export type CallbackRefusal = (typeof callbackRefusals)[number];

export const callbackRefusals = [
  'sign_in_unknown',
  'sign_in_foreign',
  'sign_in_used',
  'sign_in_expired',
  'sign_in_cancelled',
] as const satisfies readonly HubErrorKind[];

const messages = {
  sign_in_unknown:
    'This sign-in is not known here: it was never started, or is long over. Start again from the list of git providers.',
  sign_in_foreign:
    'This sign-in was started in another browser, by somebody else or for another git provider, so it has ended and nothing was saved. Did you follow a link that somebody sent you? Then leave it at that. Otherwise start again, and finish in the same browser.',
  sign_in_used:
    'This sign-in has come back before, and does so only once. Look at the list of git providers whether it has worked, or start again.',
  sign_in_expired: 'This sign-in took too long: it has to be finished within ten minutes. Start again.',
  sign_in_cancelled:
    'This sign-in was ended before it came back: it was cancelled, you signed out, or you started others. Start again.',
  sign_in_interrupted:
    'The server stopped in the middle of this sign-in, and nothing was saved. Start again.',
  account_mismatch:
    'The account that you named is not the one that was signed in to, so nothing was saved. Start again, and choose the account there.',
} as const satisfies Partial<Record<HubErrorKind, string>>;

export function signInError(kind: keyof typeof messages): HubError {
  return new HubError(kind, messages[kind]);
}

export function settingsChanged(name: string): HubError {
  return new HubError(
    'settings_changed',
    `The settings of ${name} were changed while you signed in, so nothing was saved. Look at them and start again.`,
  );
}

export function oauthUnavailable(name: string): HubError {
  return new HubError(
    'oauth_unavailable',
    `${name} has no OAuth application here, so sign in with a token, or ask an administrator to add one.`,
  );
}

export function deviceFlowUnavailable(name: string): HubError {
  return new HubError(
    'oauth_unavailable',
    `${name} does not let people sign in with a code. Sign in with the browser or with a token.`,
  );
}

/** Why nothing can be done any more with a sign-in that does not wait. */
export function whyOver({
  state,
  error_kind: kind,
}: Pick<SignInRow, 'state' | 'error_kind'>): 'sign_in_cancelled' | 'sign_in_expired' | 'sign_in_used' {
  if (state === 'cancelled') return 'sign_in_cancelled';
  return kind === 'sign_in_expired' ? kind : 'sign_in_used';
}

/** What people are told of a refused callback. */
export function callbackRefusal(reason: CallbackRefusal): HubError {
  return signInError(reason);
}

/** The columns of a failure. Nothing in them is secret: both kinds of error promise that of their words. */
export function failureColumns(
  error: unknown,
): Pick<SignInRow, 'error_kind' | 'error_message' | 'error_repair_text' | 'error_repair_url'> {
  const told = error instanceof HubError || ProviderError.is(error);
  const repair = ProviderError.is(error) ? error.details.repair : undefined;
  return {
    error_kind: told ? error.kind : 'internal',
    error_message: told ? error.message : 'Something went wrong on this server. Its log tells what.',
    error_repair_text: repair?.text ?? null,
    error_repair_url: repairLink(repair?.url) ?? null,
  };
}
