import type { PermissionLevel } from '@anyforge/core';
import { compareLevels } from '@anyforge/core';

/** A level, and the role's own name where the level does not say it. */
export interface Standing {
  readonly level: PermissionLevel;
  readonly role?: string | undefined;
}

/** What forges decide differently about the same world. */
export interface AccessRules {
  /**
   * What an administrator of the whole forge is granted on every repository by being one; `unlisted`: may do
   * everything, without its counting as a grant.
   */
  readonly administrators: 'nothing' | 'everything' | 'unlisted';
  /**
   * Who may read what is internal: whoever is a member of any organization, as a grant to its owner's own, or everybody
   * who is signed in and not external, as a grant to nobody.
   */
  readonly internal: 'members' | 'signed-in';
  /**
   * Whether the members of an organization count as granted to read what everybody may read there: what is internal,
   * too, unless they are external. Not when not given.
   */
  readonly membersReadOpen?: boolean;
  /**
   * Whether who was granted to read what everybody may read, and no more, reaches it by that. So when not given.
   */
  readonly reachesOpenByReading?: boolean;
  /**
   * Negative when `left` is less. For forges whose roles are finer than the levels; when not given, levels alone count.
   */
  readonly compare?: (left: Standing, right: Standing) => number;
}

export const githubRules: AccessRules = { administrators: 'nothing', internal: 'members' };

/** As the rules have it. */
export function compareStandings(rules: AccessRules, left: Standing, right: Standing): number {
  return rules.compare?.(left, right) ?? compareLevels(left.level, right.level);
}
