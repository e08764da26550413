import type { Identity, TokenCredential, TokenHelp } from '@anyforge/core';
import type { FieldIssue } from '../errors.js';
import { HubError } from '../errors.js';

export interface TokenInput {
  /** Compared with the account that the token belongs to; needed where the forge asks for both. */
  readonly username?: string | undefined;
  readonly token: string;
}

const longest = 10_000;

/** @throws HubError `invalid_input`. */
export function toCredential(input: TokenInput): TokenCredential {
  const token = input.token.trim();
  const username = input.username?.trim();
  const issues: FieldIssue[] = [];
  if (token === '') issues.push({ path: 'token', message: 'Paste the token here.' });
  else if (token.length > longest || /[^\x21-\x7E]/.test(token)) {
    issues.push({
      path: 'token',
      message:
        'This is no token: it may have no spaces, line breaks or special letters. Copy it again, whole.',
    });
  }
  if (username !== undefined && (username.length > longest || /\p{Cc}/u.test(username))) {
    issues.push({ path: 'username', message: 'The username may have no line breaks or control characters.' });
  }
  if (issues.length > 0) throw HubError.invalidInput(issues);
  return username === undefined || username === ''
    ? { kind: 'token', token }
    : { kind: 'token', token, username };
}

/**
 * Checks that the token is of the person named. A forge that asks for the username checks the pair itself.
 *
 * @throws HubError `username_mismatch`.
 */
export function checkUsername(username: string | undefined, identity: Identity, help: TokenHelp): void {
  if (username === undefined || identity.account.kind === 'token') return;
  if (help.variants.some((variant) => variant.username === 'required')) return;
  const typed = username.toLowerCase();
  if (typed === identity.account.username.toLowerCase() || typed === identity.email?.toLowerCase()) return;
  throw new HubError(
    'username_mismatch',
    `This token belongs to ${identity.account.username}, not to ${username}. Correct the username, or paste a token of ${username}.`,
  );
}
