import type { Owner } from '../../world/model.js';
import { uuidOf } from '../uuid.js';
import type { Links } from './links.js';
import { link, timestamp } from './links.js';

/** The schema `workspace_base`: without a name. */
export function workspaceBase(links: Links, workspace: Owner): Record<string, unknown> {
  return {
    type: 'workspace_base',
    uuid: uuidOf('workspace', workspace.id),
    slug: workspace.path,
    links: {
      self: link(`${links.apiUrl}/workspaces/${workspace.path}`),
      avatar: link(`${links.webUrl}/workspaces/${workspace.path}/avatar/`),
    },
  };
}

/** The schema `workspace`. */
export function workspaceObject(links: Links, workspace: Owner): Record<string, unknown> {
  const self = `${links.apiUrl}/workspaces/${workspace.path}`;
  return {
    type: 'workspace',
    uuid: uuidOf('workspace', workspace.id),
    name: workspaceName(workspace),
    slug: workspace.path,
    is_private: true,
    is_privacy_enforced: false,
    forking_mode: 'allow_forks',
    created_on: timestamp(workspace.createdAt),
    updated_on: timestamp(workspace.updatedAt),
    links: {
      self: link(self),
      html: link(`${links.webUrl}/${workspace.path}/`),
      avatar: link(`${links.webUrl}/workspaces/${workspace.path}/avatar/`),
      members: link(`${self}/members`),
      owners: link(`${self}/members?q=permission%3D%22owner%22`),
      projects: link(`${self}/projects`),
      repositories: link(`${links.apiUrl}/repositories/${workspace.path}`),
      snippets: link(`${links.apiUrl}/snippets/${workspace.path}`),
    },
  };
}

function workspaceName(workspace: Owner): string {
  return workspace.name ?? workspace.path;
}
