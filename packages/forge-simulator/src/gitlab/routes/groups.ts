import type { Organization, Repository } from '../../world/model.js';
import { ownerAccess } from '../access-level.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne, answerPage } from '../endpoint.js';
import { invitationsTo } from '../memberships.js';
import { refusals } from '../refusal.js';
import { listedGroup } from '../wire/group.js';
import { sharedWithGroup } from '../wire/member.js';
import { findGroup } from './find.js';
import { answerProjects } from './project-list.js';
import { projectWriter } from './project-view.js';

export const groupEndpoints: readonly Endpoint[] = [
  { method: 'GET', pattern: '/groups', open: true, limit: 'groups', handle: listGroups },
  { method: 'GET', pattern: '/groups/:id', open: true, limit: 'group', handle: getGroup },
  {
    method: 'GET',
    pattern: '/groups/:id/projects',
    open: true,
    limit: 'groupProjects',
    handle: listProjects,
  },
];

const visibilities = ['public', 'internal', 'private'] as const;

function listGroups(call: Call): Answer {
  const { parameters, viewer, links, state } = call;
  if (parameters.text('pagination') === 'keyset' && viewer.person !== undefined) throw refusals.noKeyset();
  const topLevelOnly = parameters.boolean('top_level_only') ?? false;
  const visibility = parameters.among('visibility', visibilities);
  const search = parameters.text('search')?.toLowerCase();
  const skipped = parameters.query.getAll('skip_groups[]').map(Number);
  const sort = parameters.among('order_by', ['name', 'path', 'id']) ?? 'name';
  const sign = parameters.among('sort', ['asc', 'desc']) === 'desc' ? -1 : 1;
  const items = groupsAskedFor(call).filter(
    (group) =>
      (!topLevelOnly || group.parent === undefined) &&
      (visibility === undefined || state.groups.visibilityOf(group) === visibility) &&
      (search === undefined || `${group.name}\n${group.slug}`.toLowerCase().includes(search)) &&
      !skipped.includes(group.id),
  );
  const keyOf = {
    name: ({ name }: Organization) => name.toLowerCase(),
    path: ({ path }: Organization) => path.toLowerCase(),
    id: () => '',
  }[sort];
  return answerPage(call, {
    items: items.sort((left, right) => sign * (compare(keyOf(left), keyOf(right)) || left.id - right.id)),
    toJson: (group) => JSON.stringify(listedGroup(links, group, state.groups.visibilityOf(group))),
    defaults: {
      order_by: 'name',
      owned: 'false',
      sort: 'asc',
      statistics: 'false',
      with_custom_attributes: 'false',
    },
  });
}

/**
 * Levels count memberships of one's own, in the group or above it. Without one, administrators get every group and
 * others those that they have to do with, unless they ask for everything that they may see.
 * @see https://docs.gitlab.com/api/groups/#list-groups
 */
function groupsAskedFor({ parameters, viewer, state, profile }: Call): Organization[] {
  const asked = parameters.integerAmong('min_access_level', profile.accessLevels);
  const level = parameters.boolean('owned') === true ? ownerAccess : asked;
  const everything = parameters.boolean('all_available') ?? viewer.administers;
  const { person } = viewer;
  if (person !== undefined && level !== undefined) return [...state.groups.withLevel(person, level)];
  if (person !== undefined && !everything) return [...state.groups.authorizedFor(person)];
  return [...state.world.organizations].filter((group) => viewer.seesGroup(group));
}

function getGroup(call: Call): Answer {
  const { links, state } = call;
  const group = findGroup(call);
  return answerOne({
    ...listedGroup(links, group, state.groups.visibilityOf(group)),
    shared_with_groups: invitationsTo(state.world, group).map(sharedWithGroup),
  });
}

const listProjectsDefaults = {
  include_ancestor_groups: 'false',
  include_subgroups: 'false',
  owned: 'false',
  simple: 'false',
  starred: 'false',
  with_custom_attributes: 'false',
  with_issues_enabled: 'false',
  with_merge_requests_enabled: 'false',
  with_security_reports: 'false',
  with_shared: 'true',
};

/** This listing does not tell permissions. */
function listProjects(call: Call): Answer {
  const { parameters, viewer, profile } = call;
  const group = findGroup(call);
  const includeSubgroups = parameters.boolean('include_subgroups') ?? false;
  const withShared = parameters.boolean('with_shared') ?? true;
  const simple = parameters.boolean('simple') ?? false;
  const asked = parameters.integerAmong('min_access_level', profile.accessLevels);
  const level = parameters.boolean('owned') === true ? ownerAccess : (asked ?? 0);
  return answerProjects(call, {
    source: {
      key: `${group.id} ${includeSubgroups} ${withShared} ${level} to ${viewer.person?.id ?? 'anybody'}`,
      projects: () => {
        const projects = new Set(projectsOf(call, group, includeSubgroups, withShared));
        const seen = viewer.seenAmong(projects);
        return level === 0 ? seen : seen.filter((project) => viewer.levelOn(project) >= level);
      },
    },
    toJson: projectWriter(call, simple ? 'basic' : 'plain', 'inherited'),
    defaults: listProjectsDefaults,
    keyset: false,
  });
}

function* projectsOf(
  call: Call,
  group: Organization,
  includeSubgroups: boolean,
  withShared: boolean,
): Generator<Repository> {
  const { world } = call.state;
  yield* world.repositoriesOf(group);
  if (withShared) for (const { on } of world.grantsTo(group)) if (on.type === 'repository') yield on;
  if (includeSubgroups)
    for (const child of world.organizationsIn(group)) yield* projectsOf(call, child, true, withShared);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
