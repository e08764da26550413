import type { Account, Organization, Permission, Repository } from '@anyforge/core';
import type { BitbucketDataCenterHost } from './host.js';
import type { ProjectWire, RepositoryWire, UserWire } from './wire.js';

/** A listing does not tell the default branch: it takes a request for each repository. */
export function toRepository(
  host: BitbucketDataCenterHost,
  wire: RepositoryWire,
  permission: Permission,
  defaultBranch?: string,
): Repository {
  const { project, slug } = wire;
  const path = `${project.key}/${slug}`;
  return {
    id: String(wire.id),
    path,
    name: wire.name ?? slug,
    namespace: project.key,
    description: wire.description ?? undefined,
    webUrl: `${host.webUrl}${projectPage(project.key)}/repos/${encodeURIComponent(slug)}`,
    httpsCloneUrl: cloneUrl(wire, /^https?$/) ?? `${host.webUrl}/scm/${path.toLowerCase()}.git`,
    sshCloneUrl: cloneUrl(wire, /^ssh$/),
    defaultBranch,
    visibility: wire.public === true || project.public === true ? 'public' : 'private',
    archived: wire.archived ?? false,
    fork: wire.origin !== undefined && wire.origin !== null,
    permission,
  };
}

/** Of a repository that was shown, and is listed under no permission. */
export const unlisted: Permission = {
  level: 'unknown',
  native: '',
  reason: 'Bitbucket shows the repository, but lists it under no permission.',
};

/** What everybody may who sees it: the repository, or its whole project, is public. */
export function publicPermission(wire: RepositoryWire): Permission {
  const isPublic = wire.public === true || wire.project.public === true;
  return isPublic ? { level: 'read', native: 'public' } : unlisted;
}

export function toOrganization(host: BitbucketDataCenterHost, wire: ProjectWire): Organization {
  const { id, key, name } = wire;
  return { id: String(id), path: key, name: name ?? key, webUrl: `${host.webUrl}${projectPage(key)}` };
}

export function toAccount(host: BitbucketDataCenterHost, wire: UserWire): Account {
  return {
    id: String(wire.id),
    username: wire.name,
    kind: wire.type === 'SERVICE' ? 'token' : 'user',
    displayName: wire.displayName ?? undefined,
    webUrl: `${host.webUrl}/users/${encodeURIComponent(slugOf(wire))}`,
  };
}

/** How a user name stands in addresses, where Bitbucket does not tell. */
export function slugOf({ name, slug }: Pick<UserWire, 'name' | 'slug'>): string {
  return slug ?? name.toLowerCase().replace(/[^\w.-]/g, '_');
}

/** A person's own project has its page with that person. */
function projectPage(key: string): string {
  if (key.startsWith('~')) return `/users/${encodeURIComponent(key.slice(1).toLowerCase())}`;
  return `/projects/${encodeURIComponent(key)}`;
}

/** Without the user name that some versions put into the address: whose it is depends on who asked. */
function cloneUrl(wire: RepositoryWire, scheme: RegExp): string | undefined {
  const href = wire.links?.clone?.find(({ name }) => scheme.test(name ?? ''))?.href ?? '';
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  if (url.protocol === 'ssh:') return href;
  url.username = '';
  url.password = '';
  return url.href;
}
