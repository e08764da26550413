import type { PermissionLevel } from '@anyforge/core';
import type { AccessRules, Standing } from '../world/access-rules.js';

interface Role {
  readonly accessLevel: number;
  /** What it lets its holder do on a private project's code. */
  readonly level: PermissionLevel;
}

/** @see https://docs.gitlab.com/api/members/#roles */
const roles: Readonly<Record<string, Role>> = {
  guest: { accessLevel: 10, level: 'none' },
  planner: { accessLevel: 15, level: 'none' },
  reporter: { accessLevel: 20, level: 'read' },
  security_manager: { accessLevel: 25, level: 'read' },
  developer: { accessLevel: 30, level: 'write' },
  maintainer: { accessLevel: 40, level: 'maintain' },
  owner: { accessLevel: 50, level: 'admin' },
};

/** What a level without a role of its own is here. There is nothing between reading and writing. */
const accessLevels: Readonly<Record<Exclude<PermissionLevel, 'triage'>, number>> = {
  none: 0,
  read: 20,
  write: 30,
  maintain: 40,
  admin: 50,
};

/** A member of a group who has nothing in it. */
export const minimalAccess = 5;
export const guestAccess = 10;
/** The least that reads a private project's code. */
export const reporterAccess = 20;
export const ownerAccess = 50;

/** Those that requests may name, from the version on that knows them. */
export const namedAccessLevels: readonly number[] = Object.values(roles).map(
  ({ accessLevel }) => accessLevel,
);

/**
 * The number of a standing, 0 for one of nothing. A role that is none of GitLab's own is a custom one on top of its
 * level's, on top of guest where the level is none.
 */
export function accessLevelOf({ level, role }: Standing): number {
  const named = role === undefined ? undefined : roles[role];
  if (named !== undefined) return named.accessLevel;
  if (level === 'none') return role === undefined ? 0 : guestAccess;
  return accessLevels[level === 'triage' ? 'read' : level];
}

/** The name of a custom role. */
export function customRoleOf({ role }: Standing): string | undefined {
  return role === undefined || Object.hasOwn(roles, role) ? undefined : role;
}

/** Why GitLab has no such standing, if so. */
export function contradictionIn({ level, role }: Standing): string | undefined {
  if (level === 'triage') return 'a level between reading and writing';
  const named = role === undefined ? undefined : roles[role];
  return named === undefined || named.level === level
    ? undefined
    : `'${role ?? ''}' with the level '${level}'`;
}

/** What GitLab decides about a world: with it, `effectiveLevel` and the others tell what people have here. */
export const gitlabRules: AccessRules = {
  administrators: 'everything',
  internal: 'signed-in',
  compare: (left, right) => accessLevelOf(left) - accessLevelOf(right),
};
