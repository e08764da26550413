import type { Account, Credential, Organization, Repository } from '@anyforge/core';
import { secretOf } from '@anyforge/provider-kit';
import { toOrganization, toRepository } from './map.js';
import type { InstallationWire, RepositoryWire } from './wire.js';

/**
 * What the token of a GitHub App's installation sees; such a token is no user and has none of `/user`.
 *
 * @see https://docs.github.com/rest/apps/installations#list-repositories-accessible-to-the-app-installation
 */
export const installationRepositories = '/installation/repositories';

/** Of both forms, the opaque and the longer one that holds a JWT. */
export function isInstallation(credential: Credential): boolean {
  return secretOf(credential).startsWith('ghs_');
}

/**
 * Who an installation token acts as. GitHub does not tell the token which app it is of, only, with any repository, the
 * account that the app is installed on: so that one is named, under an id that is not its own.
 */
export function toInstallationAccount({ repositories: [repository] }: InstallationWire): Account {
  if (repository === undefined) {
    return { id: 'installation', username: 'installation', kind: 'token', displayName: 'App installation' };
  }
  const { id, login, avatar_url: avatarUrl, html_url: webUrl } = repository.owner;
  return {
    id: `installation:${id}`,
    username: login,
    kind: 'token',
    displayName: `App installation on ${login}`,
    avatarUrl: avatarUrl ?? undefined,
    webUrl: webUrl ?? undefined,
  };
}

/** The organization that an app is installed on. None for an installation on a person, or without a repository. */
export function toInstallationOrganizations(
  { repositories: [repository] }: InstallationWire,
  webUrl: string,
): readonly Organization[] {
  return repository?.owner.type === 'Organization' ? [toOrganization(repository.owner, webUrl)] : [];
}

/**
 * A repository as an installation sees it. The flags beside it speak of users' roles: what they say to an installation,
 * which has none, GitHub does not document.
 *
 * @see https://docs.github.com/rest/apps/installations#list-repositories-accessible-to-the-app-installation
 */
export function toInstallationRepository(wire: RepositoryWire): Repository {
  return toRepository({ ...wire, permissions: undefined, role_name: undefined });
}
