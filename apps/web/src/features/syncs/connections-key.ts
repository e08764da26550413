import type { ListedGitProvider } from '@anyforge/client';

/** Differs when I have signed in or out anywhere since. */
export function connectionsKey(providers: readonly Pick<ListedGitProvider, 'id' | 'connection'>[]): string {
  return providers
    .flatMap(({ id, connection }) => (connection === null ? [] : [`${id} ${connection.updatedAt}`]))
    .sort()
    .join('\n');
}
