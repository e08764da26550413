import type { PermissionLevel } from '@anyforge/core';

/** What somebody may do, as Gitea counts: everything that is more contains what is less. */
export const modes = { none: 0, read: 1, write: 2, admin: 3, owner: 4 } as const;
export type AccessMode = (typeof modes)[keyof typeof modes];

const modeNames = ['none', 'read', 'write', 'admin', 'owner'] as const;

export function modeName(mode: AccessMode): string {
  return modeNames[mode];
}

/** The levels that Gitea has. */
export const giteaLevels: readonly PermissionLevel[] = ['read', 'write', 'admin'];

/** What a level is in Gitea; of those that it does not have, nothing. */
export function modeOf(level: PermissionLevel): AccessMode {
  return level === 'read' || level === 'write' || level === 'admin' ? modes[level] : modes.none;
}

/** Parts of a repository, each of which a team is permitted by itself. In the order in which Gitea's JSON has them. */
export const units = [
  'repo.actions',
  'repo.code',
  'repo.ext_issues',
  'repo.ext_wiki',
  'repo.issues',
  'repo.packages',
  'repo.projects',
  'repo.pulls',
  'repo.releases',
  'repo.wiki',
] as const;
export type Unit = (typeof units)[number];

export type UnitModes = Readonly<Record<Unit, AccessMode>>;

/** Those that every repository of the world has: trackers and wikis elsewhere are none of it. */
export const repositoryUnits: readonly Unit[] = units.filter((unit) => !unit.startsWith('repo.ext_'));

function unitModes(modeOfUnit: (unit: Unit) => AccessMode): UnitModes {
  return {
    'repo.actions': modeOfUnit('repo.actions'),
    'repo.code': modeOfUnit('repo.code'),
    'repo.ext_issues': modeOfUnit('repo.ext_issues'),
    'repo.ext_wiki': modeOfUnit('repo.ext_wiki'),
    'repo.issues': modeOfUnit('repo.issues'),
    'repo.packages': modeOfUnit('repo.packages'),
    'repo.projects': modeOfUnit('repo.projects'),
    'repo.pulls': modeOfUnit('repo.pulls'),
    'repo.releases': modeOfUnit('repo.releases'),
    'repo.wiki': modeOfUnit('repo.wiki'),
  };
}

const discussion: readonly Unit[] = ['repo.issues', 'repo.pulls'];

/**
 * Teams that may do more with one part of a repository than with another, by the name of the role that their grants
 * have, each with the levels that it goes with.
 */
const roles: Readonly<
  Record<
    string,
    {
      readonly levels: readonly PermissionLevel[];
      readonly mode: (unit: Unit, code: AccessMode) => AccessMode;
    }
  >
> = {
  /** Nothing but the code. */
  code: {
    levels: ['read', 'write'],
    mode: (unit, code) => (unit === 'repo.code' ? code : modes.none),
  },
  /** Issues and pull requests are written, and the code is not even seen. */
  issues: {
    levels: ['none'],
    mode: (unit) => (discussion.includes(unit) ? modes.write : modes.none),
  },
  /** Issues and pull requests are written, everything else is read. */
  triage: {
    levels: ['read'],
    mode: (unit, code) => (discussion.includes(unit) ? modes.write : code),
  },
};

/** Whether a team may be given this. */
export function isTeamStanding(level: PermissionLevel, role: string | undefined): boolean {
  return role === undefined ? giteaLevels.includes(level) : (roles[role]?.levels.includes(level) ?? false);
}

/** What a level, or a role with it, permits of each part. */
export function unitModesOf(level: PermissionLevel, role: string | undefined): UnitModes {
  const code = modeOf(level);
  const { mode } = roles[role ?? ''] ?? { mode: () => code };
  return unitModes((unit) => mode(unit, code));
}

/** The least that is permitted of any part; trackers and wikis elsewhere do not count. */
export function leastMode(unitModes: UnitModes): AccessMode {
  const permitted = repositoryUnits.map((unit) => unitModes[unit]).filter((mode) => mode !== modes.none);
  return permitted.reduce<AccessMode>(
    (least, mode) => (mode < least ? mode : least),
    permitted[0] ?? modes.none,
  );
}

/** The same for every part. */
export function everyUnit(mode: AccessMode): UnitModes {
  return unitModes(() => mode);
}
