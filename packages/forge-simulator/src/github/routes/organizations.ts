import type { Organization } from '../../world/model.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne, answerPage } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { hasScope } from '../tokens.js';
import type { ReachedRepository } from '../viewer.js';
import { fullOrganization } from '../wire/account.js';
import { countRepositories } from './counts.js';
import { repositoryWriter } from './repository-view.js';
import { comparisonOf, repositoryOrder } from './sorting.js';

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
  const compare = comparisonOf(repositoryOrder(query, 'created'));
  const filter = typeFilters[query.get('type') ?? 'all'] ?? (() => true);
  const items = visibleRepositories(call, found)
    .filter(filter)
    .sort((left, right) => compare(left.repository, right.repository));
  return answerPage(call, {
    items,
    path: `/organizations/${found.id}/repos`,
    toJson: repositoryWriter(call),
  });
}

function visibleRepositories({ viewer, state }: Call, owner: Organization): ReachedRepository[] {
  const visible: ReachedRepository[] = [];
  for (const repository of state.world.repositoriesOf(owner)) {
    const sight = viewer.sightOf(repository);
    if (sight.kind === 'visible') visible.push({ repository, access: sight.access });
  }
  return visible;
}

/** @throws Refusal when there is none, or when its members must sign on first */
function findOrganization({ parameters, state, viewer }: Call): Organization {
  const found =
    parameters['id'] === undefined
      ? state.world.organization(parameters['org'] ?? '')
      : state.world.organizationById(Number(parameters['id']));
  if (found === undefined || found.parent !== undefined) throw refusals.notFound();
  if (viewer.needsSingleSignOn(found)) throw viewer.barrier(found) ?? refusals.notFound();
  return found;
}
