import type { Organization } from '../../world/model.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne, answerPage, idIn } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { hasScope } from '../tokens.js';
import type { ReachedRepository } from '../viewer.js';
import { fullOrganization } from '../wire/account.js';
import { countRepositories } from './counts.js';
import { repositoryWriter } from './repository-view.js';
import { repositoryOrder } from './sorting.js';

const organization = {
  method: 'GET',
  docs: 'orgs/orgs#get-an-organization',
  acceptedScopes: 'admin:org, read:org, repo, user, write:org',
  acceptedPermissions: 'allows_permissionless_access=true',
  handle: getOrganization,
} as const;

const repositories = {
  method: 'GET',
  docs: 'repos/repos#list-organization-repositories',
  acceptedScopes: '',
  acceptedPermissions: 'metadata=read',
  handle: listOrganizationRepositories,
} as const;

/** Organizations answer under their name and, where links lead, under their id. */
export const organizationEndpoints: readonly Endpoint[] = [
  { ...organization, pattern: '/orgs/:org' },
  { ...organization, pattern: '/organizations/:id' },
  { ...repositories, pattern: '/orgs/:org/repos' },
  { ...repositories, pattern: '/organizations/:id/repos' },
];

function getOrganization(call: Call): Answer {
  const found = findOrganization(call);
  const { viewer, state } = call;
  const { token, person } = viewer;
  const owns = person !== undefined && state.world.membership(found, person)?.role === 'owner';
  const asOwner = owns && token !== undefined && hasScope(token, 'admin:org', 'read:org');
  const counts = countRepositories(state.world.repositoriesOf(found));
  return answerOne(fullOrganization(call.links, found, counts, asOwner), found.updatedAt);
}

const typeFilters: Readonly<Record<string, (entry: ReachedRepository) => boolean>> = {
  public: ({ repository }) => repository.visibility === 'public',
  private: ({ repository }) => repository.visibility !== 'public',
  forks: ({ repository }) => repository.forkOf !== undefined,
  sources: ({ repository }) => repository.forkOf === undefined,
  member: ({ access }) => access.sources.some(({ via }) => via !== 'public'),
};

function listOrganizationRepositories(call: Call): Answer {
  const found = findOrganization(call);
  const { query } = call.request;
  const type = query.get('type') ?? 'all';
  const order = repositoryOrder(query, 'created');
  const items = call.listings.of(call.viewer, {
    key: `organization|${found.id}|${type}|${order.key}`,
    entries: () => call.viewer.visibleOf(found),
    filter: typeFilters[type] ?? (() => true),
    order,
  });
  return answerPage(call, {
    items,
    path: `/organizations/${found.id}/repos`,
    toJson: repositoryWriter(call),
  });
}

/** @throws Refusal when there is none, and when its rules are against the caller's token */
function findOrganization({ parameters, state, viewer }: Call): Organization {
  const id = idIn(parameters);
  const byId = id === undefined ? undefined : state.world.organizationById(id);
  const found = 'id' in parameters ? byId : state.world.organization(parameters['org'] ?? '');
  if (found === undefined) throw refusals.notFound();
  const barrier = viewer.publicBarrier(found);
  if (barrier !== undefined) throw barrier;
  return found;
}
