import { minimalAccess } from '../access-level.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne, answerPage } from '../endpoint.js';
import type { Member } from '../memberships.js';
import { allMembersOfGroup, allMembersOfProject, membersOfGroup, membersOfProject } from '../memberships.js';
import { refusals } from '../refusal.js';
import { memberRow } from '../wire/member.js';
import { findGroup, findProject } from './find.js';

/** Those of everybody come first: `all` is no person's id. */
export const memberEndpoints: readonly Endpoint[] = [
  ...under('/projects/:id', allOfProject, '/members/all').map((endpoint) =>
    endpoint.pattern.endsWith('/all') ? { ...endpoint, limit: 'projectMembers' as const } : endpoint,
  ),
  ...under('/projects/:id', ownOfProject, '/members'),
  ...under('/groups/:id', allOfGroup, '/members/all'),
  ...under('/groups/:id', (call) => membersOfGroup(call.state.world, findGroup(call)), '/members'),
];

/** A list of members and each of its rows. */
function under(
  owner: string,
  members: (call: Call) => readonly Member[],
  below: '/members' | '/members/all',
): Endpoint[] {
  return [
    { method: 'GET', pattern: owner + below, handle: (call) => listMembers(call, members(call)) },
    { method: 'GET', pattern: `${owner}${below}/:user_id`, handle: (call) => getMember(call, members(call)) },
  ];
}

function ownOfProject(call: Call): readonly Member[] {
  return membersOfProject(call.state.world, findProject(call), call.profile.personalOwners);
}

/** Members of the project are told of everybody, others of those in groups that they may know of. */
function allOfProject(call: Call): readonly Member[] {
  const { state, viewer, profile } = call;
  const project = findProject(call);
  const belongs = viewer.levelOn(project) > 0;
  return allMembersOfProject(state.world, project, {
    isTold: (group) => belongs || viewer.seesGroup(group),
    levelOf: (person) => state.authorizations.levelOn(project, person),
    personalOwners: profile.personalOwners,
  });
}

function allOfGroup(call: Call): readonly Member[] {
  const { state, viewer } = call;
  const { person } = viewer;
  const group = findGroup(call);
  const belongs = person !== undefined && state.groups.withLevel(person, minimalAccess).has(group);
  return allMembersOfGroup(state.world, group, (invited) => belongs || viewer.seesGroup(invited));
}

function listMembers(call: Call, members: readonly Member[]): Answer {
  const query = call.parameters.text('query')?.toLowerCase();
  const ids = call.parameters.text('user_ids')?.split(',').map(Number);
  return answerPage(call, {
    items: members.filter(
      ({ person }) =>
        (query === undefined || `${person.username}\n${person.name ?? ''}`.toLowerCase().includes(query)) &&
        (ids === undefined || ids.includes(person.id)),
    ),
    toJson: (member) => JSON.stringify(memberRow(call.links, member)),
  });
}

function getMember(call: Call, members: readonly Member[]): Answer {
  const { user_id: id = '' } = call.path;
  if (!/^\d+$/.test(id)) throw refusals.invalid('user_id');
  const member = members.find(({ person }) => person.id === Number(id));
  if (member === undefined) throw refusals.noRecord();
  return answerOne(memberRow(call.links, member));
}
