import type { Person } from '../../world/model.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne, answerPage, mustNotBePublicOnly, signedIn } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { organizationJson } from '../wire/organization.js';
import { teamJson } from '../wire/team.js';
import { timestamp } from '../wire/time.js';
import { findAccount } from './find.js';
import { byPath, compareText, shownUser } from './people.js';

export const userEndpoints: readonly Endpoint[] = [
  {
    pattern: '/user',
    scopes: ['user'],
    signIn: 'needed',
    handle: (call) => answerOne(shownUser(call, signedIn(call))),
  },
  { pattern: '/user/emails', scopes: ['user'], signIn: 'needed', handle: listEmails },
  {
    pattern: '/user/orgs',
    scopes: ['user', 'organization'],
    signIn: 'needed',
    handle: (call) => answerOrganizations(call, signedIn(call)),
  },
  { pattern: '/user/teams', scopes: ['user'], signIn: 'needed', handle: listTeams },
  {
    pattern: '/users/:username',
    scopes: ['user'],
    signIn: 'open',
    handle: (call) => answerOne(shownUser(call, visibleAccount(call))),
  },
  {
    pattern: '/users/:username/orgs',
    scopes: ['user', 'organization'],
    signIn: 'later',
    handle: listOrganizations,
  },
  { pattern: '/users/:username/tokens', scopes: ['user'], signIn: 'open', handle: listTokens },
];

function listEmails(call: Call): Answer {
  mustNotBePublicOnly(call);
  const { email } = signedIn(call);
  const told = email === null ? [] : [{ email, verified: true, primary: true, user_id: 0, username: '' }];
  return { body: JSON.stringify(told) };
}

function listTeams(call: Call): Answer {
  mustNotBePublicOnly(call);
  const { state, links } = call;
  return answerPage(call, {
    items: [...state.teams.with(signedIn(call))].sort((one, other) =>
      compareText(one.name.toLowerCase(), other.name.toLowerCase()),
    ),
    toJson: (team) => {
      const { organization } = team;
      return teamJson(team, organizationJson(links, organization, state.owners.visibilityOf(organization)));
    },
  });
}

function listOrganizations(call: Call): Answer {
  const account = findAccount(call);
  signedIn(call);
  return answerOrganizations(call, account.type === 'person' ? account : undefined);
}

/** Only they themselves and administrators see somebody's: nobody has made a membership public here. */
function answerOrganizations(call: Call, person: Person | undefined): Answer {
  const { viewer, state, links } = call;
  const isTold = person === viewer.person || viewer.administers;
  const isHidden = viewer.publicOnly && state.profile.hidesMembershipsFromPublicOnly;
  const memberships = person === undefined || !isTold || isHidden ? [] : state.world.membershipsOf(person);
  const organizations = [...memberships].flatMap(({ organization, state: joined }) =>
    joined === 'active' ? [organization] : [],
  );
  return answerPage(call, {
    items: organizations.sort(byPath),
    toJson: (organization) => organizationJson(links, organization, state.owners.visibilityOf(organization)),
  });
}

/** With their scopes. To which of them it is shown is the version's to say. */
function listTokens(call: Call): Answer {
  const person = findAccount(call);
  if (person.type !== 'person' || (person !== call.viewer.person && !call.viewer.administers))
    throw refusals.forbidden('doer should be the site admin or be same as the contextUser');
  const { tokens, profile } = call.state;
  if (call.viewer.scopes !== undefined && profile.listsTokensTo === 'password')
    throw refusals.needsPassword();
  const oldestFirst = tokens.of(person);
  return answerPage(call, {
    items: profile.listsTokensFrom === 'oldest' ? oldestFirst : [...oldestFirst].reverse(),
    links: false,
    toJson: ({ id, name, value, scopes, issuedAt }) => ({
      id,
      name,
      sha1: '',
      token_last_eight: value.slice(-8),
      scopes,
      ...(profile.datesTokens && { created_at: timestamp(issuedAt), last_used_at: timestamp(issuedAt) }),
    }),
  });
}

function visibleAccount(call: Call): ReturnType<typeof findAccount> {
  const account = findAccount(call);
  if (!call.state.permissions.seesOwner(call.viewer.person, account))
    throw refusals.notFound('GetUserByName', `user does not exist [uid: 0, name: ${account.path}]`);
  return account;
}
