import type {
  Client,
  NewConnection,
  NewSignIn,
  SignedOut,
  StartedSignIn,
  TokenInput,
} from '@anyforge/client';
import type { QueryClient } from '@tanstack/react-query';
import { gitProviderKeys } from './git-providers.js';
import { askedOfForgeKeys, repositoryKeys } from './repositories.js';
import { syncKeys } from './syncs.js';

/** Signs me in with a token, in place of an earlier sign-in. The forge is asked whose it is. */
export function signInWithToken(client: Client, id: string, body: TokenInput): Promise<NewConnection> {
  return client.PUT('/git-providers/{id}/connection', { params: { path: { id } }, body });
}

/** @param revoke whether the authorization at the forge ends as well, where the forge can */
export function signOut(client: Client, id: string, revoke: boolean): Promise<SignedOut> {
  const query = revoke ? { revoke: 'true' as const } : {};
  return client.DELETE('/git-providers/{id}/connection', { params: { path: { id }, query } });
}

/** Starts to sign in at the forge itself. */
export function startSignIn(
  client: Client,
  id: string,
  body: NewSignIn,
  signal: AbortSignal,
): Promise<StartedSignIn> {
  return client.POST('/git-providers/{id}/sign-ins', { params: { path: { id } }, body, signal });
}

/** Asks anew for all that a sign-in or a sign-out changes: whose I am where, what is synchronized, what I see. */
export async function refreshAfterSignIn(queryClient: QueryClient): Promise<void> {
  const changed = [gitProviderKeys.all, syncKeys.all, repositoryKeys.all];
  await Promise.all([
    ...changed.map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    // Asked with the former sign-in, an answer is not even worth showing.
    queryClient.resetQueries({ queryKey: askedOfForgeKeys.all }),
  ]);
}
