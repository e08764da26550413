/** What an account may do on a repository, least first. Each level includes those before it. */
export const permissionLevels = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;

export type PermissionLevel = (typeof permissionLevels)[number];

/**
 * A level beside the forge's own word for it (`maintain`, `Developer`, `REPO_WRITE`), or honestly `unknown` with
 * the reason: that beats a guess.
 */
export type Permission =
  | { readonly level: PermissionLevel; readonly native: string }
  | { readonly level: 'unknown'; readonly native: string; readonly reason: string };

/** Negative when `left` is the lesser level, positive when it is the greater, 0 when they are the same. */
export function compareLevels(left: PermissionLevel, right: PermissionLevel): number {
  return permissionLevels.indexOf(left) - permissionLevels.indexOf(right);
}

/** Whether a permission surely includes `level`. An unknown permission includes nothing but `none`. */
export function atLeast(permission: Permission, level: PermissionLevel): boolean {
  if (permission.level === 'unknown') return level === 'none';
  return compareLevels(permission.level, level) >= 0;
}

/** The greatest of several levels; `none` when there are none. */
export function highestLevel(levels: Iterable<PermissionLevel>): PermissionLevel {
  let highest: PermissionLevel = 'none';
  for (const level of levels) if (compareLevels(level, highest) > 0) highest = level;
  return highest;
}
