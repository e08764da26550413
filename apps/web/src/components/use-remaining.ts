import type { MutationKey } from '@tanstack/react-query';
import { useMutationState } from '@tanstack/react-query';

/**
 * A list without what is being taken out of it, which looks done before the server has answered; whatever it refuses to
 * take out is back at its place by itself.
 *
 * @param mutationKey of the acts that take one out, each called with its id. They last until the list is asked for anew.
 */
export function useRemaining<Item extends { readonly id: string }>(
  items: readonly Item[] | undefined,
  mutationKey: MutationKey,
): readonly Item[] | undefined {
  const leaving = useMutationState({
    filters: { mutationKey, status: 'pending' },
    select: ({ state }) => state.variables,
  });
  return items?.filter(({ id }) => !leaving.includes(id));
}
