import type { Person, Repository } from '../../world/model.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne, answerPage, signedIn } from '../endpoint.js';
import { refusals } from '../refusal.js';
import { ownersTeam } from '../teams.js';
import { modeName } from '../units.js';
import { teamJson } from '../wire/team.js';
import { findRepository } from './find.js';
import { compareText, shownTo, shownUser } from './people.js';
import { mayAskOfOthers } from './repositories.js';

const repository = '/repos/:owner/:repo';
const scopes = ['repository'] as const;

export const holderEndpoints: readonly Endpoint[] = [
  { pattern: `${repository}/collaborators`, scopes, signIn: 'later', handle: listCollaborators },
  {
    pattern: `${repository}/collaborators/:collaborator`,
    scopes,
    signIn: 'later',
    handle: checkCollaborator,
  },
  {
    pattern: `${repository}/collaborators/:collaborator/permission`,
    scopes,
    signIn: 'later',
    handle: getPermission,
  },
  { pattern: `${repository}/teams`, scopes, signIn: 'later', handle: listTeams },
];

/** Who was given something by name; what is not told. This listing does not link to its other pages. */
function listCollaborators(call: Call): Answer {
  const collaborators = call.state.permissions.collaboratorsOf(findForSomebody(call));
  return answerPage(call, {
    items: [...collaborators.keys()],
    toJson: (person) => shownUser(call, person),
    links: false,
  });
}

function checkCollaborator(call: Call): Answer {
  const { collaborator = '' } = call.path;
  const found = findForSomebody(call);
  const person = call.state.world.person(collaborator);
  if (person === undefined) throw refusals.noCollaborator(collaborator);
  if (!call.state.permissions.collaboratorsOf(found).has(person)) throw refusals.notFound();
  return { status: 204 };
}

/**
 * What somebody may do on the repository as a whole. What a team permits part by part is not in it: who may push by
 * that alone has no more here than anybody.
 */
function getPermission(call: Call): Answer {
  const { viewer, state } = call;
  const { collaborator: name = '' } = call.path;
  const found = findForSomebody(call);
  const person = state.world.person(name);
  if (person === undefined && state.profile.looksForPeopleFirst) throw refusals.noUser(name);
  const isOwn = state.profile.tellsOwnPermission && isNamed(signedIn(call), name);
  if (!isOwn && !mayAskOfOthers(viewer, found))
    throw refusals.forbidden(
      'Only admins can query all permissions, repo admins can query all repo permissions, collaborators can query only their own',
    );
  if (person === undefined) throw refusals.noUser(name);
  const permission = modeName(state.permissions.of(person, found).mode);
  const user = shownTo(call, found.owner, person);
  return answerOne({ permission, role_name: permission, user });
}

/** What is not to be seen is not found, before anybody is asked who they are. */
function findForSomebody(call: Call): Repository {
  const found = findRepository(call);
  signedIn(call);
  return found;
}

function isNamed({ username }: Person, name: string): boolean {
  return username.toLowerCase() === name.toLowerCase();
}

/** All of them on one page, the owners first. */
function listTeams(call: Call): Answer {
  const found = findForSomebody(call);
  if (found.owner.type === 'person') throw refusals.notAnOrganizations();
  const place = (name: string): string => (name === ownersTeam ? '' : name);
  const teams = [...call.state.teams.holding(found)].sort((one, other) =>
    compareText(place(one.name), place(other.name)),
  );
  return { body: JSON.stringify(teams.map((team) => teamJson(team))) };
}
