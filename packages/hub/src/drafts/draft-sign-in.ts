import type { Credential } from '@anyforge/core';
import { readCredential, writeCredential } from '../connections/stored-credential.js';
import { bindingOf } from '../git-providers/binding.js';
import type { GitProviderDraftRow } from '../store/rows/sign-ins.js';
import type { VaultRecord } from '../vault/sealed-columns.js';
import type { Vault } from '../vault/vault.js';

/** What a test's sign-in gave, and the config that it was made with: with that one it is revoked. */
export interface DraftSignIn {
  readonly credential: Credential;
  /** Whole, with its secrets. */
  readonly config: unknown;
}

/** What a sealed sign-in holds. */
interface SealedSignIn {
  readonly credential: string;
  readonly config: unknown;
}

function signInRecord(draftId: string): VaultRecord {
  return { table: 'git_provider_drafts', id: draftId, column: 'credential' };
}

/**
 * The columns of a draft that was signed in for.
 *
 * @param shown the config without its secrets, to which the credential is bound from now on
 */
export function signInColumns(
  vault: Vault,
  draftId: string,
  { credential, config }: DraftSignIn,
  shown: unknown,
): Pick<GitProviderDraftRow, 'credential' | 'credential_kind' | 'bound_to'> {
  const sealed: SealedSignIn = { credential: writeCredential(credential), config };
  return {
    credential: vault.seal(JSON.stringify(sealed), signInRecord(draftId)),
    credential_kind: credential.kind,
    bound_to: bindingOf(shown, credential.kind),
  };
}

/** Undefined: nobody has signed in. */
export function openSignIn(vault: Vault, row: GitProviderDraftRow): DraftSignIn | undefined {
  if (row.credential === null) return undefined;
  // What `signInColumns` wrote.
  const sealed = JSON.parse(vault.open(row.credential, signInRecord(row.id))) as SealedSignIn;
  return { credential: readCredential(sealed.credential), config: sealed.config };
}

/** Whether the sign-in may go where a config leads. */
export function isBoundTo(row: GitProviderDraftRow, shown: unknown): boolean {
  return row.credential_kind !== null && row.bound_to === bindingOf(shown, row.credential_kind);
}
