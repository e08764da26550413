import type { PermissionLevel } from '@anyforge/core';
import { compareLevels } from '@anyforge/core';
import type { Organization, Owner, Person } from '../../world/model.js';
import type { Links } from './links.js';
import { nodeId } from './links.js';

const typeNames = { organization: 'Organization', human: 'User', bot: 'Bot' } as const;

/** The schema `simple-user`: an account as every object that mentions one has it. */
export function simpleUser(links: Links, account: Owner): Record<string, unknown> {
  const type = typeNames[account.type === 'organization' ? 'organization' : account.kind];
  const url = `${links.apiUrl}/users/${account.path}`;
  return {
    login: account.path,
    id: account.id,
    node_id: nodeId(type, account.id),
    avatar_url: avatarUrl(links, account),
    gravatar_id: '',
    url,
    html_url: `${links.webUrl}/${account.path}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: account.type === 'person' && account.administrator,
  };
}

export interface AccountCounts {
  readonly publicRepositories: number;
  readonly privateRepositories: number;
}

/** The schemas `public-user` and, with a scope that lets the private part be read, `private-user`. */
export function authenticatedUser(
  links: Links,
  person: Person,
  counts: AccountCounts,
  withPrivate: boolean,
): Record<string, unknown> {
  return {
    ...simpleUser(links, person),
    user_view_type: withPrivate ? 'private' : 'public',
    name: person.name,
    company: null,
    blog: '',
    location: null,
    email: person.email,
    hireable: null,
    bio: null,
    twitter_username: null,
    notification_email: person.email,
    public_repos: counts.publicRepositories,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: timestamp(person.createdAt),
    updated_at: timestamp(person.updatedAt),
    ...(withPrivate
      ? {
          private_gists: 0,
          total_private_repos: counts.privateRepositories,
          owned_private_repos: counts.privateRepositories,
          disk_usage: 0,
          collaborators: 0,
          two_factor_authentication: true,
          plan: { name: 'pro', space: 976562499, collaborators: 0, private_repos: 9999 },
        }
      : {}),
  };
}

/** The schema `organization-simple`. */
export function simpleOrganization(links: Links, organization: Organization): Record<string, unknown> {
  const url = `${links.apiUrl}/orgs/${organization.path}`;
  return {
    login: organization.path,
    id: organization.id,
    node_id: nodeId('Organization', organization.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: avatarUrl(links, organization),
    description: organization.description,
  };
}

/** The four older words for a level. */
export const coarsePermission: Readonly<Record<PermissionLevel, string>> = {
  none: 'none',
  read: 'read',
  triage: 'read',
  write: 'write',
  maintain: 'write',
  admin: 'admin',
};

/** The schema `organization-full`; its owners see its settings as well. */
export function fullOrganization(
  links: Links,
  organization: Organization,
  counts: AccountCounts,
  asOwner: boolean,
): Record<string, unknown> {
  return {
    ...simpleOrganization(links, organization),
    name: organization.name,
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: counts.publicRepositories,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${links.webUrl}/${organization.path}`,
    created_at: timestamp(organization.createdAt),
    updated_at: timestamp(organization.updatedAt),
    archived_at: null,
    type: 'Organization',
    ...(asOwner
      ? {
          total_private_repos: counts.privateRepositories,
          owned_private_repos: counts.privateRepositories,
          private_gists: 0,
          disk_usage: 0,
          collaborators: 0,
          billing_email: null,
          default_repository_permission: coarsePermission[organization.basePermission],
          members_can_create_repositories: true,
          members_allowed_repository_creation_type: 'all',
          members_can_create_public_repositories: true,
          members_can_create_private_repositories: true,
          members_can_create_internal_repositories: true,
          members_can_create_pages: true,
          members_can_create_public_pages: true,
          members_can_create_private_pages: true,
          members_can_fork_private_repositories: false,
          web_commit_signoff_required: false,
          two_factor_requirement_enabled: false,
          plan: { name: 'team', space: 976562499, private_repos: 999999, filled_seats: 1, seats: 5 },
        }
      : {}),
  };
}

/** The booleans that every level is told as: each includes those below it. */
export function permissionFlags(level: PermissionLevel): Record<string, boolean> {
  const atLeast = (wanted: PermissionLevel): boolean => compareLevels(level, wanted) >= 0;
  return {
    admin: atLeast('admin'),
    maintain: atLeast('maintain'),
    push: atLeast('write'),
    triage: atLeast('triage'),
    pull: atLeast('read'),
  };
}

/** The schema `collaborator`. `role` is a custom role's name. */
export function collaborator(
  links: Links,
  person: Person,
  level: PermissionLevel,
  role: string | undefined,
): Record<string, unknown> {
  return {
    ...simpleUser(links, person),
    permissions: permissionFlags(level),
    role_name: role ?? level,
  };
}

/** GitHub tells times in whole seconds. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function avatarUrl(links: Links, account: Owner): string {
  return `${links.webUrl}/avatars/u/${account.id}?v=4`;
}
