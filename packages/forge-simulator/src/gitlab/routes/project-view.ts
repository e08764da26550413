import type { Organization, Repository } from '../../world/model.js';
import { lineage } from '../../world/lineage.js';
import type { Call } from '../endpoint.js';
import { invitationsTo, memberOfGroup, membersOfProject } from '../memberships.js';
import type { GroupAccessRule } from '../profile.js';
import { ProjectWriter } from '../wire/project.js';

/** How an answer tells of projects: with `permissions` or without, or, asked with `simple`, in short. */
export type ProjectDetail = 'basic' | 'plain' | 'with-permissions';

/**
 * A writer of projects for one answer.
 * @param groupAccess where the level in the project's groups is looked for
 */
export function projectWriter(
  call: Call,
  detail: ProjectDetail,
  groupAccess: GroupAccessRule,
): (project: Repository) => string {
  const { viewer, links, state } = call;
  const writer = new ProjectWriter(links);
  if (detail === 'basic') return (project) => writer.basic(project, viewer.readsCode(project));
  const groupLevels = new Map<Organization, number | undefined>();
  const groupLevelOf = (group: Organization): number | undefined => {
    if (!groupLevels.has(group)) groupLevels.set(group, groupLevel(call, group, groupAccess));
    return groupLevels.get(group);
  };
  return (project) => {
    const { owner, forkOf } = project;
    return writer.full(project, {
      readsCode: viewer.readsCode(project),
      permissions:
        detail === 'plain'
          ? undefined
          : {
              project: projectLevel(call, project),
              group: owner.type === 'organization' ? groupLevelOf(owner) : undefined,
            },
      invitations: invitationsTo(state.world, project),
      forkOf: forkOf !== undefined && viewer.readsCode(forkOf) ? forkOf : undefined,
    });
  };
}

/** What the caller has as a member of the project itself; what a group has that was invited is not told. */
function projectLevel({ viewer: { person }, state, profile }: Call, project: Repository): number | undefined {
  return membersOfProject(state.world, project, profile.personalOwners).find(
    (member) => member.person === person,
  )?.accessLevel;
}

/** The highest of what the caller has as a member of the groups that are looked at. Invitations are not. */
function groupLevel(
  { viewer: { person }, state }: Call,
  group: Organization,
  rule: GroupAccessRule,
): number | undefined {
  const groups = rule === 'immediate' ? [group] : [...lineage(group)];
  const levels = groups.flatMap((each) => {
    const own = person === undefined ? undefined : memberOfGroup(state.world, each, person);
    return own === undefined ? [] : [own.accessLevel];
  });
  return levels.length === 0 ? undefined : Math.max(...levels);
}
