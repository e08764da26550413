import type { Membership, Organization, Person, Repository } from '../../world/model.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne, answerPage, partialResults } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { hasScope } from '../tokens.js';
import type { ReachedRepository } from '../viewer.js';
import { authenticatedUser, simpleOrganization, simpleUser } from '../wire/account.js';
import { countRepositories } from './counts.js';
import { repositoryWriter } from './repository-view.js';
import { repositoryOrder } from './sorting.js';

export const userEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    pattern: '/user',
    docs: 'users/users#get-the-authenticated-user',
    acceptedScopes: '',
    acceptedPermissions: 'allows_permissionless_access=true',
    handle: getUser,
  },
  {
    method: 'GET',
    pattern: '/user/repos',
    docs: 'repos/repos#list-repositories-for-the-authenticated-user',
    acceptedScopes: '',
    acceptedPermissions: 'metadata=read',
    handle: listRepositories,
  },
  {
    method: 'GET',
    pattern: '/user/orgs',
    docs: 'orgs/orgs#list-organizations-for-the-authenticated-user',
    acceptedScopes: 'admin:org, read:org, user, write:org',
    acceptedPermissions: 'allows_permissionless_access=true',
    handle: listOrganizations,
  },
  {
    method: 'GET',
    pattern: '/user/memberships/orgs',
    docs: 'orgs/members#list-organization-memberships-for-the-authenticated-user',
    acceptedScopes: 'admin:org, read:org, user, write:org',
    acceptedPermissions: 'members=read',
    handle: listMemberships,
  },
];

/** The person who asks. @throws Refusal when nobody does, or an installation */
export function signedIn({ viewer }: Call): Person {
  if (viewer.token === undefined) throw refusals.requiresAuthentication();
  if (viewer.person === undefined) throw refusals.notForIntegration();
  return viewer.person;
}

function getUser(call: Call): Answer {
  const person = signedIn(call);
  const { token } = call.viewer;
  const withPrivate = token !== undefined && hasScope(token, 'read:user');
  const counts = countRepositories(call.state.world.repositoriesOf(person));
  return answerOne(authenticatedUser(call.links, person, counts, withPrivate), person.updatedAt);
}

function listRepositories(call: Call): Answer {
  const person = signedIn(call);
  const { query } = call.request;
  if (query.has('type') && (query.has('visibility') || query.has('affiliation')))
    throw refusals.typeWithFilter();
  const order = repositoryOrder(query, 'full_name');
  const filters = ['affiliation', 'visibility', 'type', 'since', 'before'];
  const items = call.listings.of(call.viewer, {
    key: ['user', order.key, ...filters.map((name) => query.get(name) ?? '')].join('|'),
    entries: () => call.listings.reach(call.viewer),
    filter: repositoryFilter(call, person, query),
    order,
  });
  return answerPage(call, {
    items,
    toJson: repositoryWriter(call),
    headers: partialResults(withheldOrganizations(call, person)),
  });
}

/** The older `type` said as the affiliations and visibilities that replaced it. */
const typeMeanings: Readonly<
  Record<string, { readonly affiliation?: string; readonly visibility?: string }>
> = {
  all: {},
  owner: { affiliation: 'owner' },
  public: { visibility: 'public' },
  private: { visibility: 'private' },
  member: { affiliation: 'collaborator,organization_member' },
};

const everyAffiliation = 'owner,collaborator,organization_member';

function repositoryFilter(
  call: Call,
  person: Person,
  query: URLSearchParams,
): (entry: ReachedRepository) => boolean {
  const type = typeMeanings[query.get('type') ?? 'all'] ?? {};
  const affiliations = (query.get('affiliation') ?? type.affiliation ?? everyAffiliation).split(',');
  const visibility = query.get('visibility') ?? type.visibility ?? 'all';
  const since = timeOf(query.get('since'));
  const before = timeOf(query.get('before'));
  return ({ repository, access }) => {
    if (visibility === 'public' && repository.visibility !== 'public') return false;
    if (visibility === 'private' && repository.visibility === 'public') return false;
    const updated = repository.updatedAt.getTime();
    if (since !== undefined && updated <= since) return false;
    if (before !== undefined && updated >= before) return false;
    const direct = access.sources.some(({ via }) => via === 'direct');
    return affiliationsOf(call, person, repository, direct).some((each) => affiliations.includes(each));
  };
}

function affiliationsOf(call: Call, person: Person, { owner }: Repository, direct: boolean): string[] {
  if (owner === person) return ['owner'];
  const affiliations = direct ? ['collaborator'] : [];
  if (owner.type === 'organization' && call.viewer.isMember(owner)) affiliations.push('organization_member');
  return affiliations;
}

function listOrganizations(call: Call): Answer {
  const person = signedIn(call);
  const { token } = call.viewer;
  if (token?.kind === 'fine-grained') return answerPage(call, { items: [], toJson: () => '' });
  requireOrganizationScope(call);
  return answerPage(call, {
    items: visibleMemberships(call, person).filter(({ state }) => state === 'active'),
    toJson: ({ organization }) => JSON.stringify(simpleOrganization(call.links, organization)),
    headers: partialResults(withheldOrganizations(call, person)),
  });
}

function listMemberships(call: Call): Answer {
  const person = signedIn(call);
  const { token } = call.viewer;
  requireOrganizationScope(call);
  const { installations } = call.state;
  const accounts =
    token?.kind === 'app-user'
      ? installations.of(token.application).map(({ account }) => account)
      : [token?.kind === 'fine-grained' ? (token.resourceOwner ?? person) : person];
  if (!accounts.some((account) => call.viewer.hasPermission('members', account)))
    throw call.viewer.withoutPermission();
  const state = call.request.query.get('state');
  return answerPage(call, {
    items: visibleMemberships(call, person)
      .filter(({ organization }) => call.viewer.hasPermission('members', organization))
      .filter((each) => state === null || each.state === state),
    toJson: (membership) => JSON.stringify(membershipOnWire(call, membership)),
    headers: partialResults(withheldOrganizations(call, person)),
  });
}

function requireOrganizationScope({ viewer: { token } }: Call): void {
  if (token?.kind !== 'classic' && token?.kind !== 'oauth') return;
  if (!hasScope(token, 'read:org', 'user')) throw refusals.needsOrganizationScope();
}

/** The memberships that this kind of token tells of, by the organization's id. */
function visibleMemberships(call: Call, person: Person): Membership[] {
  const { viewer, state } = call;
  return [...state.world.membershipsOf(person)]
    .filter(({ organization }) => viewer.barrier(organization) === undefined)
    .filter(({ organization }) => isWithinToken(call, organization))
    .sort((left, right) => left.organization.id - right.organization.id);
}

function isWithinToken({ viewer: { token }, state }: Call, organization: Organization): boolean {
  if (token?.kind === 'app-user')
    return state.installations.of(token.application).some(({ account }) => account === organization);
  return true;
}

function withheldOrganizations({ viewer, state }: Call, person: Person): Organization[] {
  return [...state.world.membershipsOf(person)]
    .map(({ organization }) => organization)
    .filter((organization) => viewer.needsSingleSignOn(organization))
    .sort((left, right) => left.id - right.id);
}

function membershipOnWire(
  { links }: Call,
  { organization, person, role, state }: Membership,
): Record<string, unknown> {
  const organizationUrl = `${links.apiUrl}/orgs/${organization.path}`;
  return {
    url: `${organizationUrl}/memberships/${person.username}`,
    state,
    role: role === 'owner' ? 'admin' : 'member',
    organization_url: organizationUrl,
    user: simpleUser(links, person),
    organization: simpleOrganization(links, organization),
    direct_membership: true,
    enterprise_teams_providing_indirect_membership: [],
  };
}

function timeOf(text: string | null): number | undefined {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
