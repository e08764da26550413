import type { PermissionLevel } from '@anyforge/core';
import type { Grant, Owner, Person, Repository, Team } from '../../world/model.js';
import { user } from './account.js';
import type { Links } from './links.js';
import { link, segment } from './links.js';
import { briefRepository } from './repository.js';
import { workspaceBase, workspaceObject } from './workspace.js';
import { uuidOf } from '../uuid.js';

/** The schema `repository_permission`: what somebody can really do. */
export function repositoryPermission(
  links: Links,
  { person, repository, level }: { person: Person; repository: Repository; level: PermissionLevel },
): object {
  return {
    type: 'repository_permission',
    permission: level,
    user: user(links, person),
    repository: briefRepository(links, repository),
  };
}

/** The schema `repository_user_permission`: what somebody was given on this very repository. */
export function explicitUserPermission(
  links: Links,
  person: Person,
  repository: Repository,
  { level }: Grant,
): object {
  const self = `${links.apiUrl}/repositories/${repository.path}/permissions-config/users`;
  return {
    type: 'repository_user_permission',
    permission: level,
    user: user(links, person),
    links: { self: link(`${self}/${segment(uuidOf('user', person.id))}`) },
  };
}

/** The schema `repository_group_permission`. */
export function explicitGroupPermission(
  links: Links,
  group: Team,
  repository: Repository,
  { level }: Grant,
): object {
  const self = `${links.apiUrl}/repositories/${repository.path}/permissions-config/groups`;
  const workspace = repository.owner;
  return {
    type: 'repository_group_permission',
    permission: level,
    group: {
      type: 'group',
      name: group.name,
      slug: group.slug,
      full_slug: `${workspace.path}:${group.slug}`,
      workspace: workspaceObject(links, workspace),
    },
    links: { self: link(`${self}/${segment(group.slug)}`) },
  };
}

/** The schema `workspace_access`. */
export function workspaceAccess(links: Links, workspace: Owner, administrator: boolean): object {
  return { type: 'workspace_access', administrator, workspace: workspaceBase(links, workspace) };
}

/** The schema `workspace_membership`. */
export function workspaceMembership(
  links: Links,
  workspace: Owner,
  person: Person,
  permission: 'owner' | 'member',
): object {
  return {
    type: 'workspace_membership',
    permission,
    user: user(links, person),
    workspace: workspaceObject(links, workspace),
    links: {
      self: link(
        `${links.apiUrl}/workspaces/${workspace.path}/members/${segment(uuidOf('user', person.id))}`,
      ),
    },
  };
}
