import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerPage, idIn } from '../endpoint.js';
import type { Installation } from '../installations.js';
import { covers } from '../installations.js';
import { refusals } from '../refusal.js';
import type { Token } from '../tokens.js';
import type { ReachedRepository } from '../viewer.js';
import { installation as installationOnWire } from '../wire/installation.js';
import { repositoryWriter } from './repository-view.js';
import { byId } from './sorting.js';
import { signedIn } from './user.js';

export const installationEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    pattern: '/user/installations',
    docs: 'apps/installations#list-app-installations-accessible-to-the-user-access-token',
    acceptedScopes: '',
    acceptedPermissions: 'allows_permissionless_access=true',
    handle: listInstallations,
  },
  {
    method: 'GET',
    pattern: '/user/installations/:id/repositories',
    docs: 'apps/installations#list-repositories-accessible-to-the-user-access-token',
    acceptedScopes: '',
    acceptedPermissions: 'metadata=read',
    handle: listInstallationRepositoriesForUser,
  },
  {
    method: 'GET',
    pattern: '/installation/repositories',
    docs: 'apps/installations#list-repositories-accessible-to-the-app-installation',
    acceptedScopes: '',
    acceptedPermissions: 'metadata=read',
    handle: listInstallationRepositories,
  },
];

function listInstallations(call: Call): Answer {
  const token = appUser(call);
  const items = call.state.installations
    .of(token.application)
    .filter((installation) => reachedThrough(call, installation).length > 0);
  return answerPage(call, {
    items,
    toJson: (installation) => JSON.stringify(installationOnWire(call.links, installation)),
    wrap: (page, total) => `{"total_count":${total},"installations":${page}}`,
  });
}

function listInstallationRepositoriesForUser(call: Call): Answer {
  const token = appUser(call);
  const id = idIn(call.parameters);
  const installation = id === undefined ? undefined : call.state.installations.byId(id);
  if (installation?.application !== token.application) throw refusals.notFound();
  return answerRepositories(call, reachedThrough(call, installation));
}

function listInstallationRepositories(call: Call): Answer {
  const { token } = call.viewer;
  if (token === undefined) throw refusals.requiresAuthentication();
  if (token.kind !== 'installation') throw refusals.needsInstallation();
  const { installation } = token;
  const repositories = call.listings.of(call.viewer, {
    key: 'installation',
    entries: () => call.viewer.visibleOf(installation.account),
    filter: ({ repository }) => covers(installation, repository),
    order: byId,
  });
  return answerRepositories(call, repositories, installation);
}

function answerRepositories(
  call: Call,
  items: readonly ReachedRepository[],
  installation?: Installation,
): Answer {
  const selected = installation?.repositories === 'all' ? 'all' : 'selected';
  const selection = installation === undefined ? '' : `"repository_selection":"${selected}",`;
  return answerPage(call, {
    items,
    toJson: repositoryWriter(call),
    wrap: (page, total) => `{"total_count":${total},${selection}"repositories":${page}}`,
  });
}

/** What the person and the installation both reach, in the order of ids. */
function reachedThrough(call: Call, installation: Installation): readonly ReachedRepository[] {
  return call.listings.of(call.viewer, {
    key: `installation|${installation.id}`,
    entries: () => call.listings.reach(call.viewer),
    filter: ({ repository }) => covers(installation, repository),
    order: byId,
  });
}

function appUser(call: Call): Extract<Token, { kind: 'app-user' }> {
  signedIn(call);
  const { token } = call.viewer;
  if (token?.kind !== 'app-user') throw refusals.needsApp();
  return token;
}
