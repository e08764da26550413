import type { ErrorKind } from '@anyforge/core';
import type { Repair } from './profile.js';

/** What a failure is to the person whom it meets, and what they can do. */
interface FailureWords {
  readonly sentence: (forge: string) => string;
  readonly repair?: ((forge: string) => string) | undefined;
  /** The sentence says all: what the forge says to it is longer, and tells no more. */
  readonly saysAll?: true | undefined;
}

const signInAgain = 'Sign in again, or enter a token that has neither expired nor been revoked.';

/** For every kind that an answer may have; where a forge's row says it better, the row is told instead. */
const words: Readonly<Record<ErrorKind, FailureWords>> = {
  unauthenticated: { sentence: (forge) => `${forge} did not accept the sign-in.`, repair: () => signInAgain },
  forbidden: {
    sentence: (forge) => `${forge} did not allow this.`,
    repair: (forge) => `Ask for access on ${forge}, or use an account that has it.`,
  },
  insufficient_scope: {
    sentence: (forge) => `${forge} did not allow this with the scopes of the sign-in.`,
    repair: () => 'Sign in with a token that has the scopes that are needed.',
  },
  sso_required: {
    sentence: () => 'The organization asks for its single sign-on first.',
    repair: (forge) => `Sign in to the organization on ${forge} in your browser, then try again.`,
  },
  organization_restricted: {
    sentence: (forge) => `The organization on ${forge} does not let this sign-in in.`,
    repair: () => 'Ask an owner of the organization to let it in.',
  },
  not_found: {
    sentence: (forge) => `${forge} has nothing there that this account may see.`,
    repair: () => 'Check the spelling, and that the account may see it.',
  },
  rate_limited: { sentence: (forge) => `${forge} has had enough requests for now.`, saysAll: true },
  endpoint_removed: {
    sentence: (forge) => `${forge} no longer offers what it was asked for.`,
    repair: () => 'Look for a newer version of anyforge.',
  },
  invalid_request: { sentence: (forge) => `${forge} did not accept the request.` },
  invalid_config: { sentence: (forge) => `${forge} cannot be reached with these settings.` },
  invalid_response: { sentence: (forge) => `The answer was not one of ${forge}.` },
  access_denied: { sentence: (forge) => `The access was not allowed on ${forge}.` },
  client_rejected: { sentence: (forge) => `${forge} did not accept the OAuth application.` },
  redirect_rejected: {
    sentence: (forge) => `${forge} knows another redirect URL for this OAuth application.`,
  },
  grant_expired: {
    sentence: (forge) => `The sign-in to ${forge} has ended.`,
    repair: () => 'Sign in again.',
  },
  unavailable: {
    sentence: (forge) => `${forge} is out of order at the moment.`,
    repair: (forge) => `Try again later. If it goes on, see whether ${forge}, or a proxy before it, is down.`,
  },
  timeout: { sentence: (forge) => `${forge} did not answer in time.`, repair: () => 'Try again later.' },
  network: { sentence: (forge) => `${forge} could not be reached.` },
  blocked_address: { sentence: (forge) => `${forge} is at an address that may not be connected to.` },
  unsupported: { sentence: (forge) => `${forge} does not offer this.` },
};

/** What says no more than the kind of the failure does: the reason phrase of a status, or the forge's way to put it. */
const emptyWords = new RegExp(
  String.raw`^(?:\d{3}[\s:–-]*)?(?:${[
    'bad request',
    'unauthori[sz]ed',
    'bad credentials',
    'requires authentication',
    'authentication required',
    'forbidden',
    String.raw`(?:[\w-]+ ){0,2}not found`,
    'method not allowed',
    'request timeout',
    'gone',
    'unprocessable (?:entity|content)',
    'too many requests',
    'unavailable for legal reasons',
    '(?:internal )?server error',
    'bad gateway',
    'service (?:temporarily )?unavailable',
    'gateway time-?out',
    'the request requires higher privileges than provided by the access token',
  ].join('|')})[\s.!]*$`,
  'i',
);

/** `403 Forbidden - ` before what is said. */
const statusBefore = /^\d{3}(?: [A-Za-z]+){0,4}\s*[-–:]\s+/;

/**
 * A failure in a sentence. What the forge says itself is quoted where it tells more.
 *
 * @param said the forge's own words, without anything that is secret
 */
export function failureSentence(kind: ErrorKind, forge: string, said = ''): string {
  const { sentence, saysAll } = words[kind];
  if (saysAll === true || emptyWords.test(said)) return sentence(forge);
  return withQuotation(sentence(forge), said.replace(statusBefore, ''));
}

export function failureRepair(kind: ErrorKind, forge: string): Repair | undefined {
  const { repair } = words[kind];
  return repair && { text: repair(forge) };
}

/** A sentence and, where there are any, the words that it is about. */
export function withQuotation(sentence: string, said: string): string {
  return said === '' ? sentence : `${sentence.replace(/\.$/, '')}: "${said.replaceAll('"', "'")}"`;
}
