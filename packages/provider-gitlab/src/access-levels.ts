import type { Permission, PermissionLevel } from '@anyforge/core';

/**
 * The access levels that GitLab names. Newer versions put further ones between them.
 *
 * @see https://docs.gitlab.com/api/access_requests/#valid-access-levels
 */
const names: ReadonlyMap<number, string> = new Map([
  [0, 'No access'],
  [5, 'Minimal Access'],
  [10, 'Guest'],
  [15, 'Planner'],
  [20, 'Reporter'],
  [25, 'Security Manager'],
  [30, 'Developer'],
  [40, 'Maintainer'],
  [50, 'Owner'],
]);

/** From which access level on a level of anyforge begins, greatest first: others fall into the band below them. */
const bands = [
  { from: 50, level: 'admin' },
  { from: 40, level: 'maintain' },
  { from: 30, level: 'write' },
  { from: 20, level: 'read' },
] as const satisfies readonly { from: number; level: PermissionLevel }[];

/** The least of the access levels that differ for anyforge: what a listing is narrowed by to tell them apart. */
export type Threshold = (typeof bands)[number]['from'];

/** The greatest threshold that an access level reaches; 0 below all of them. */
export function bandOf(accessLevel: number): Threshold | 0 {
  return bands.find(({ from }) => accessLevel >= from)?.from ?? 0;
}

/**
 * @param options `readsCode`: whether GitLab shows the code to an account below Reporter: where everybody may read it,
 * or by a custom role
 */
export function toPermission(
  accessLevel: number,
  options: { readonly readsCode: boolean; readonly role?: string | null | undefined },
): Permission {
  const native = options.role ?? nameOf(accessLevel);
  const level = bands.find(({ from }) => accessLevel >= from)?.level;
  return { level: level ?? (options.readsCode ? 'read' : 'none'), native };
}

function nameOf(accessLevel: number): string {
  return names.get(accessLevel) ?? `Access level ${accessLevel}`;
}
