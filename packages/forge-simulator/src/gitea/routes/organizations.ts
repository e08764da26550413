import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne, answerPage, signedIn } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { organizationJson } from '../wire/organization.js';
import { teamJson } from '../wire/team.js';
import { findAccount, findOrganization, findTeam } from './find.js';
import { byFullName, byUsername, compareText, shownUser } from './people.js';

const scopes = ['organization'] as const;

export const organizationEndpoints: readonly Endpoint[] = [
  { pattern: '/orgs/:org', scopes, signIn: 'open', handle: getOrganization },
  { pattern: '/orgs/:org/members', scopes, signIn: 'later', handle: listMembers },
  { pattern: '/orgs/:org/teams', scopes, signIn: 'later', handle: listTeams },
  { pattern: '/teams/:id', scopes, signIn: 'later', handle: getTeam },
  { pattern: '/teams/:id/members', scopes, signIn: 'later', handle: listTeamMembers },
  {
    pattern: '/users/:username/orgs/:org/permissions',
    scopes: ['user', 'organization'],
    signIn: 'later',
    handle: getPermissions,
  },
];

function getOrganization(call: Call): Answer {
  const { viewer, state, links } = call;
  const organization = findOrganization(call);
  if (!state.permissions.seesOwner(viewer.person, organization))
    throw refusals.notFound('HasOrgOrUserVisible');
  return answerOne(organizationJson(links, organization, state.owners.visibilityOf(organization)));
}

/** Others see those who show it: here nobody does. */
function listMembers(call: Call): Answer {
  const { viewer, state } = call;
  const organization = findOrganization(call);
  const person = signedIn(call);
  const isTold = viewer.isMemberOf(organization) || viewer.administers;
  const members = isTold ? [...state.teams.membersOf(organization)].sort(byUsername) : [];
  const isTeamMate = (other: (typeof members)[number]): boolean =>
    state.teams.of(organization).some((team) => team.members.has(person) && team.members.has(other));
  return answerPage(call, {
    items: person.external && viewer.isMemberOf(organization) ? members.filter(isTeamMate) : members,
    toJson: (member) => shownUser(call, member),
  });
}

function listTeams(call: Call): Answer {
  const { viewer, state } = call;
  const organization = findOrganization(call);
  signedIn(call);
  if (!viewer.isMemberOf(organization) && !viewer.administers)
    throw refusals.forbidden('Must be an organization member');
  return answerPage(call, {
    items: [...state.teams.of(organization)].sort((one, other) =>
      compareText(one.name.toLowerCase(), other.name.toLowerCase()),
    ),
    toJson: (team) => teamJson(team),
  });
}

function getTeam(call: Call): Answer {
  const team = findTeam(call);
  const { organization } = team;
  const visibility = call.state.owners.visibilityOf(organization);
  return answerOne(teamJson(team, organizationJson(call.links, organization, visibility)));
}

function listTeamMembers(call: Call): Answer {
  return answerPage(call, {
    items: [...findTeam(call).members].sort(byFullName),
    toJson: (member) => shownUser(call, member),
  });
}

/** What somebody's highest team is. */
function getPermissions(call: Call): Answer {
  const { viewer, state } = call;
  const account = findAccount(call);
  signedIn(call);
  const organization = findOrganization(call);
  if (!state.permissions.seesOwner(viewer.person, organization))
    throw refusals.notFound('HasOrgOrUserVisible');
  const teams = account.type === 'person' ? state.teams.with(account) : [];
  const highest = Math.max(
    0,
    ...teams.filter((team) => team.organization === organization).map(({ mode }) => mode),
  );
  return answerOne({
    is_owner: highest > 3,
    is_admin: highest > 2,
    can_write: highest > 1,
    can_read: highest > 0,
    can_create_repository: highest > 3,
  });
}
