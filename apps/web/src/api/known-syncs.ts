import type { Sync } from '@anyforge/client';

/** The newer of two states of one sync: answers may overtake one another. */
export function newerOf(known: Sync | undefined, told: Sync): Sync {
  return known !== undefined && known.revision > told.revision ? known : told;
}

/** The list of syncs, newest first, with one in its place, as it is now. */
export function withSync(syncs: readonly Sync[], sync: Sync): readonly Sync[] {
  if (!syncs.some(({ id }) => id === sync.id)) return [sync, ...syncs];
  return syncs.map((known) => (known.id === sync.id ? newerOf(known, sync) : known));
}

/** The list as it was told, without what is known to be newer having become older. */
export function withNewer(told: readonly Sync[], known: readonly Sync[]): readonly Sync[] {
  return told.map((sync) =>
    newerOf(
      known.find(({ id }) => id === sync.id),
      sync,
    ),
  );
}
