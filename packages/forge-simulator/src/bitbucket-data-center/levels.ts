import type { PermissionLevel } from '@anyforge/core';
import { highestLevel } from '@anyforge/core';
import { accessOf } from '../world/access.js';
import type { Membership, Organization, Person, Repository } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';
import { bitbucketDataCenterRules } from './permissions.js';

/** What a person was granted on a repository in any way; `none` where all may see it and that is all. */
export function repositoryLevelOf(
  world: ReadableWorld,
  person: Person,
  repository: Repository,
): PermissionLevel {
  const { sources } = accessOf(world, person, repository, bitbucketDataCenterRules);
  return highestLevel(sources.filter(({ via }) => via !== 'public').map(({ level }) => level));
}

/** What a member has on the project: project administration, or what is the member's own or every member's. */
export function memberLevel({ role, level, organization, state }: Membership): PermissionLevel {
  if (state !== 'active') return 'none';
  return role === 'owner' ? 'admin' : highestLevel([level, organization.basePermission]);
}

/** What every user has on the project: its default permission. */
export function defaultLevel(world: ReadableWorld, project: Organization): PermissionLevel {
  const grants = [...world.grantsOn(project)].filter(({ to }) => to.type === 'everybody');
  return highestLevel(grants.map(({ level }) => level));
}

/** What a person has on a project itself, through every kind of grant. */
export function projectLevelOf(world: ReadableWorld, person: Person, project: Organization): PermissionLevel {
  if (person.suspended) return 'none';
  if (person.administrator) return 'admin';
  const membership = world.membership(project, person);
  const teams = world.teamsOf(person);
  const throughGroups = [...world.grantsOn(project)]
    .filter(({ to }) => to.type === 'team' && teams.has(to))
    .map(({ level }) => level);
  return highestLevel([
    membership === undefined ? 'none' : memberLevel(membership),
    defaultLevel(world, project),
    ...throughGroups,
  ]);
}
