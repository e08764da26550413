import type { PermissionLevel } from '@anyforge/core';
import type { Organization, Team } from '../../world/model.js';
import { permissionFlags } from './account.js';
import type { Links } from './links.js';
import { nodeId } from './links.js';

/** GitHub's word for a level that was given to a team. */
const permissionNames: Readonly<Record<PermissionLevel, string>> = {
  none: 'none',
  read: 'pull',
  triage: 'triage',
  write: 'push',
  maintain: 'maintain',
  admin: 'admin',
};

/** The schema `team`, with what the team has on the repository that was asked about. */
export function repositoryTeam(
  links: Links,
  organization: Organization,
  team: Team,
  level: PermissionLevel,
  role: string | undefined,
): Record<string, unknown> {
  return {
    ...simpleTeam(links, organization, team),
    permission: role ?? permissionNames[level],
    permissions: permissionFlags(level),
    parent: team.parent === undefined ? null : simpleTeam(links, organization, team.parent),
  };
}

function simpleTeam(links: Links, organization: Organization, team: Team): Record<string, unknown> {
  const url = `${links.apiUrl}/organizations/${organization.id}/team/${team.id}`;
  return {
    name: team.name,
    id: team.id,
    node_id: nodeId('Team', team.id),
    slug: team.slug,
    description: team.description,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    url,
    html_url: `${links.webUrl}/orgs/${organization.path}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization',
    organization_id: organization.id,
    permission: 'pull',
  };
}
