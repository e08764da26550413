import type { LockedOrganization, OrganizationList } from '@anyforge/client';

export interface OrganizationChoice {
  readonly value: string;
  /** Its path. */
  readonly label: string;
}

/** All that may be chosen: what my account sees, and what is chosen already though my account does not see it. */
export function choicesOf(
  seen: OrganizationList['items'],
  chosen: readonly LockedOrganization[],
): readonly OrganizationChoice[] {
  const unseen = chosen.filter(({ id }) => !seen.some((organization) => organization.id === id));
  return [...seen, ...unseen].map(({ id, path }) => ({ value: id, label: path }));
}

/** What is chosen, with the paths that it has now. */
export function chosenOf(
  ids: readonly string[],
  choices: readonly OrganizationChoice[],
): readonly LockedOrganization[] {
  return ids.flatMap((id) => {
    const choice = choices.find(({ value }) => value === id);
    return choice === undefined ? [] : [{ id, path: choice.label }];
  });
}
