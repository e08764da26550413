import type { Omission } from '@anyforge/core';

/** Each thing left out once: a forge may say it again with every page of the listing. */
export function mergeOmissions(
  known: readonly Omission[],
  more: readonly Omission[] = [],
): readonly Omission[] {
  const byKey = new Map(known.map((omission) => [keyOf(omission), omission]));
  for (const omission of more) {
    const key = keyOf(omission);
    if (!byKey.has(key)) byKey.set(key, omission);
  }
  return [...byKey.values()];
}

function keyOf({ organization, reason }: Omission): string {
  return JSON.stringify(
    'id' in organization ? ['id', organization.id, reason] : ['path', organization.path, reason],
  );
}
