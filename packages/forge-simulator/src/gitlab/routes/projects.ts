import type { Repository } from '../../world/model.js';
import { guestAccess, ownerAccess } from '../access-level.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerPage } from '../endpoint.js';
import { invitationsTo } from '../memberships.js';
import { invitedGroup } from '../wire/group.js';
import { findProject } from './find.js';
import type { ProjectSource } from './project-list.js';
import { answerProjects } from './project-list.js';
import { projectWriter } from './project-view.js';

export const projectEndpoints: readonly Endpoint[] = [
  { method: 'GET', pattern: '/projects', open: true, limit: 'projects', handle: listProjects },
  { method: 'GET', pattern: '/projects/:id', open: true, limit: 'project', handle: getProject },
  { method: 'GET', pattern: '/projects/:id/invited_groups', handle: listInvitedGroups },
];

/** What GitLab's links to the other pages of its projects say beside what was asked. */
const defaults = {
  membership: 'false',
  owned: 'false',
  repository_checksum_failed: 'false',
  simple: 'false',
  starred: 'false',
  statistics: 'false',
  wiki_checksum_failed: 'false',
  with_custom_attributes: 'false',
  with_issues_enabled: 'false',
  with_merge_requests_enabled: 'false',
};

function listProjects(call: Call): Answer {
  const { viewer, profile, parameters } = call;
  const source = readSource(call);
  const simple = parameters.boolean('simple') === true || viewer.person === undefined;
  return answerProjects(call, {
    source,
    toJson: projectWriter(call, simple ? 'basic' : 'with-permissions', profile.groupAccess),
    defaults,
    keyset: true,
  });
}

/**
 * A level asks for those the caller is authorized on, with `membership` or without; nobody is authorized on any.
 * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/finders/projects_finder.rb
 */
function readSource({ viewer, state, parameters, profile }: Call): ProjectSource {
  const level = parameters.integerAmong('min_access_level', profile.accessLevels);
  const membership = parameters.boolean('membership') ?? false;
  const owned = parameters.boolean('owned') ?? false;
  const { person } = viewer;
  const atLeast = owned ? ownerAccess : (level ?? (membership ? guestAccess : undefined));
  if (atLeast === undefined)
    return {
      key: `visible to ${person?.id ?? 'anybody'}`,
      projects: () => viewer.seenAmong(state.world.repositories),
    };
  if (person === undefined) return { key: 'of nobody', projects: () => [] };
  return {
    key: `${atLeast} of ${person.id}`,
    projects: () => authorizedAtLeast(viewer.authorized, atLeast),
  };
}

function* authorizedAtLeast(
  authorized: ReadonlyMap<Repository, number>,
  atLeast: number,
): Generator<Repository> {
  for (const [project, level] of authorized) if (level >= atLeast) yield project;
}

/** Unlike a listing, one project by itself tells of the groups above on every version. */
function getProject(call: Call): Answer {
  const project = findProject(call);
  const detail = call.viewer.person === undefined ? 'basic' : 'with-permissions';
  return { body: projectWriter(call, detail, 'inherited')(project) };
}

function listInvitedGroups(call: Call): Answer {
  const { state, links, viewer } = call;
  const invitations = invitationsTo(state.world, findProject(call));
  return answerPage(call, {
    items: invitations.filter(({ group }) => viewer.seesGroup(group)),
    toJson: ({ group }) => JSON.stringify(invitedGroup(links, group)),
  });
}
