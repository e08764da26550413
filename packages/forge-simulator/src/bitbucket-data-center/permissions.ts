import type { PermissionLevel } from '@anyforge/core';
import { compareLevels } from '@anyforge/core';
import type { AccessRules } from '../world/access-rules.js';

/** Administrators of the whole forge have every repository; there is nothing internal. */
export const bitbucketDataCenterRules: AccessRules = {
  administrators: 'everything',
  internal: 'signed-in',
};

/** What a token of one's own, of a project or of a repository may be given. */
export type BitbucketTokenPermission =
  'PROJECT_READ' | 'PROJECT_WRITE' | 'PROJECT_ADMIN' | 'REPO_READ' | 'REPO_WRITE' | 'REPO_ADMIN';

/** The levels that Bitbucket Data Center has, with its words for them. */
const levels: readonly {
  readonly level: PermissionLevel;
  readonly repository: string;
  readonly project: string;
}[] = [
  { level: 'read', repository: 'REPO_READ', project: 'PROJECT_READ' },
  { level: 'write', repository: 'REPO_WRITE', project: 'PROJECT_WRITE' },
  { level: 'admin', repository: 'REPO_ADMIN', project: 'PROJECT_ADMIN' },
];

export const repositoryLevels: ReadonlyMap<string, PermissionLevel> = new Map(
  levels.map(({ level, repository }) => [repository, level]),
);

export const projectLevels: ReadonlyMap<string, PermissionLevel> = new Map(
  levels.map(({ level, project }) => [project, level]),
);

/** @throws Error for a level that Bitbucket Data Center does not have */
export function repositoryPermission(level: PermissionLevel): string {
  return wordFor(level).repository;
}

/** @throws Error for a level that Bitbucket Data Center does not have */
export function projectPermission(level: PermissionLevel): string {
  return wordFor(level).project;
}

export function hasLevel(level: PermissionLevel): boolean {
  return level === 'none' || levels.some((each) => each.level === level);
}

export function lower(left: PermissionLevel, right: PermissionLevel): PermissionLevel {
  return compareLevels(left, right) < 0 ? left : right;
}

function wordFor(level: PermissionLevel) {
  const word = levels.find((each) => each.level === level);
  if (word === undefined) throw new Error(`Bitbucket Data Center has no level '${level}'`);
  return word;
}
