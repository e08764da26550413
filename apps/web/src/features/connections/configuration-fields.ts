import type { Connection, TokenHelp, TokenInput } from '@anyforge/client';
import { ApiError } from '@anyforge/client';

export type TokenVariant = TokenHelp['variants'][number];

/** What one types for a git provider. */
export interface ConfigurationValues {
  readonly username: string;
  readonly token: string;
}

/** Whether to ask for a username. Where nothing is known of a forge's tokens, one may be given. */
export function usernameOf(variant: TokenVariant | undefined): TokenVariant['username'] {
  return variant === undefined ? 'optional' : variant.username;
}

/** What stands in the field at first: whom a token that is stored already belongs to. */
export function firstUsername(
  connection: Connection | null,
  asked: 'required' | 'optional' | 'none',
): string {
  if (connection?.kind !== 'token' || connection.account.kind === 'token') return '';
  // A forge that needs it may want another name than it shows.
  return asked === 'required' ? (connection.email ?? '') : connection.account.username;
}

/** What is sent: without what is not asked for. */
export function toTokenInput(
  { username, token }: ConfigurationValues,
  asked: 'required' | 'optional' | 'none',
): TokenInput {
  const typed = username.trim();
  return asked === 'none' || typed === ''
    ? { token: token.trim() }
    : { token: token.trim(), username: typed };
}

/** Where to tell of a refusal: at the fields, or, when it is about none of them, above. */
export interface PlacedProblem {
  readonly fields: { readonly username?: string; readonly token?: string };
  readonly rest?: unknown;
}

/** What is about the username alone. */
const ofUsername: readonly string[] = ['username_mismatch'];

export function placeProblem(error: unknown): PlacedProblem {
  if (!(error instanceof ApiError)) return { fields: {}, rest: error };
  if (ofUsername.includes(error.code)) return { fields: { username: error.detail } };
  const username = error.fields.find(({ path }) => path === 'username')?.message;
  const token = error.fields.find(({ path }) => path === 'token')?.message;
  if (username === undefined && token === undefined) return { fields: {}, rest: error };
  return {
    fields: { ...(username !== undefined && { username }), ...(token !== undefined && { token }) },
  };
}
