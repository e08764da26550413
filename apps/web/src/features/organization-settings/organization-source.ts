import type { GitProviderDraft, ListedGitProvider } from '@anyforge/client';

/** With whose eyes organizations are looked at: an account's, as a draft or a git provider knows it. */
export type OrganizationSource =
  | { readonly kind: 'draft' | 'connection'; readonly id: string; readonly accountId: string }
  /** Nobody's yet: a test has to be run, or one has to sign in, again where one was signed in. */
  | { readonly kind: 'none'; readonly needed: 'test' | 'sign-in' | 'sign-in-again' };

/** The sign-in of the test, else my own. */
export function organizationSourceOf(
  gitProvider: Pick<ListedGitProvider, 'id' | 'connection'> | undefined,
  draft: Pick<GitProviderDraft, 'id' | 'signIn'> | undefined,
): OrganizationSource {
  const signIn = draft?.signIn;
  if (draft !== undefined && signIn?.usable === true && signIn.identity !== undefined) {
    return { kind: 'draft', id: draft.id, accountId: signIn.identity.account.id };
  }
  if (gitProvider === undefined) return { kind: 'none', needed: 'test' };
  const { id, connection } = gitProvider;
  if (connection === null) return { kind: 'none', needed: 'sign-in' };
  return connection.needsAttention === undefined
    ? { kind: 'connection', id, accountId: connection.account.id }
    : { kind: 'none', needed: 'sign-in-again' };
}
