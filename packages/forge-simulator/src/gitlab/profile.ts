import { namedAccessLevels } from './access-level.js';
import type { GitlabLimits } from './limits.js';
import { gitlabInstanceLimits, gitlabLimits } from './limits.js';

export type GitlabProfileName = 'com' | 'self-managed';

/**
 * Where the `group_access` of a listing looks for a membership: in the very group that the project is in, or in those
 * above as well. Both are in use; which release changed it is documented nowhere.
 */
export type GroupAccessRule = 'immediate' | 'inherited';

/**
 * As what the owners of personal projects are shown among the members and in `permissions`: those of older projects as
 * maintainers. What they may do is an owner's either way.
 * @see https://docs.gitlab.com/user/permissions/
 */
export type PersonalOwnerRule = 'owner' | 'maintainer';

/** How GitLab.com and a self-managed instance, and their versions, differ on the wire. */
export interface GitlabProfile {
  readonly name: GitlabProfileName;
  readonly version: string;
  readonly groupAccess: GroupAccessRule;
  readonly personalOwners: PersonalOwnerRule;
  /** Those that `min_access_level` may name. */
  readonly accessLevels: readonly number[];
  /** Those that are on unless the test says otherwise. */
  readonly limits: GitlabLimits;
}

const planner = 15;
const securityManager = 25;

export interface GitlabProfileOptions {
  /** '19.5.0-pre' on GitLab.com and 19.4.1 on a self-managed instance when not given. */
  readonly version?: string | undefined;
  /** `inherited` on GitLab.com and `immediate` on a self-managed instance when not given. */
  readonly groupAccess?: GroupAccessRule | undefined;
  /** `owner` when not given. */
  readonly personalOwners?: PersonalOwnerRule | undefined;
}

export function gitlabProfile(name: GitlabProfileName, options: GitlabProfileOptions): GitlabProfile {
  const isCom = name === 'com';
  const { version = isCom ? '19.5.0-pre' : '19.4.1', groupAccess = isCom ? 'inherited' : 'immediate' } =
    options;
  return {
    name,
    version,
    groupAccess,
    personalOwners: options.personalOwners ?? 'owner',
    accessLevels: namedAccessLevels.filter((level) => isKnown(level, version)),
    limits: isCom ? gitlabLimits : gitlabInstanceLimits,
  };
}

/**
 * Planners came with 17.7. Security managers came in 2026, in which release is not documented: the first of that year is
 * taken for it.
 * @see https://docs.gitlab.com/user/permissions/
 */
function isKnown(level: number, version: string): boolean {
  if (level === planner) return isAtLeast(version, 17, 7);
  return level !== securityManager || isAtLeast(version, 18, 8);
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
