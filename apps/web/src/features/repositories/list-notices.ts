import type { ListedGitProvider, Omission, Sync, SyncTask } from '@anyforge/client';

/** Something that people should know of the list before they believe it. */
export type ListNotice = {
  readonly gitProvider: ListedGitProvider;
  readonly listFrom?: string | undefined;
} & (
  | { readonly kind: 'attention' }
  | { readonly kind: 'failed'; readonly error: NonNullable<SyncTask['error']> }
  | { readonly kind: 'omitted'; readonly omission: Omission }
);

/** What is wrong with the lists that I see: the most pressing first of each git provider. */
export function noticesOf(
  providers: readonly ListedGitProvider[],
  syncs: readonly Sync[],
): readonly ListNotice[] {
  return providers.flatMap((gitProvider): readonly ListNotice[] => {
    const { connection } = gitProvider;
    if (connection === null) return [];
    const about = { gitProvider, listFrom: connection.visible?.completedAt };
    const omitted = (connection.visible?.omitted ?? []).map((omission): ListNotice => ({
      ...about,
      kind: 'omitted',
      omission,
    }));
    if (connection.needsAttention !== undefined) return [{ ...about, kind: 'attention' }, ...omitted];
    const error = newestFailure(gitProvider, syncs);
    return error === undefined ? omitted : [{ ...about, kind: 'failed', error }, ...omitted];
  });
}

/** Why the last sync of a git provider brought no list; undefined when it did, or when one runs. */
function newestFailure({ id, connection }: ListedGitProvider, syncs: readonly Sync[]): SyncTask['error'] {
  const newest = syncs
    .flatMap(({ tasks }) => tasks)
    .find((task) => task.gitProviderId === id && task.state !== 'cancelled');
  if (newest === undefined || (newest.state !== 'failed' && newest.state !== 'interrupted')) return undefined;
  // A sign-in of today has nothing to do with what failed yesterday.
  const before =
    connection !== null && newest.finishedAt !== undefined && newest.finishedAt < connection.createdAt;
  return before ? undefined : newest.error;
}
