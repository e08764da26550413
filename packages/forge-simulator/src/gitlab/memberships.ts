import { lineage } from '../world/lineage.js';
import type { Grant, Membership, Organization, Person, Repository } from '../world/model.js';
import type { Standing } from '../world/access-rules.js';
import type { ReadableWorld } from '../world/readable-world.js';
import { accessLevelOf, minimalAccess } from './access-level.js';
import type { PersonalOwnerRule } from './profile.js';

/** A person's place in a project or a group. */
export interface Member {
  readonly person: Person;
  readonly accessLevel: number;
  readonly standing: Standing;
}

/** A share: the group that is invited, and what its members have at most. */
export interface Invitation {
  readonly group: Organization;
  readonly accessLevel: number;
}

/** Those who belong to the group itself. */
export function membersOfGroup(world: ReadableWorld, group: Organization): Member[] {
  return [...world.membersOf(group)]
    .filter(({ state }) => state === 'active')
    .map((membership) => toMember(membership));
}

export function memberOfGroup(world: ReadableWorld, group: Organization, person: Person): Member | undefined {
  const membership = world.membership(group, person);
  return membership?.state === 'active' ? toMember(membership) : undefined;
}

/** What a group gives to every member counts as theirs. */
function toMember({ person, organization, role, level, roleName }: Membership): Member {
  const own: Standing = role === 'owner' ? { level: 'admin' } : { level, role: roleName };
  const base: Standing = { level: organization.basePermission };
  const standing = accessLevelOf(own) >= accessLevelOf(base) ? own : base;
  return { person, accessLevel: Math.max(minimalAccess, accessLevelOf(standing)), standing };
}

/** Those who belong to the project itself: its personal owner, and whom it was granted to by name. */
export function membersOfProject(
  world: ReadableWorld,
  project: Repository,
  personalOwners: PersonalOwnerRule,
): Member[] {
  const members = new Map<Person, Member>();
  for (const { to, level, role } of world.grantsOn(project))
    if (to.type === 'person')
      members.set(to, { person: to, accessLevel: accessLevelOf({ level, role }), standing: { level, role } });
  const { owner } = project;
  if (owner.type === 'person') {
    const standing: Standing = { level: personalOwners === 'owner' ? 'admin' : 'maintain' };
    members.set(owner, { person: owner, accessLevel: accessLevelOf(standing), standing });
  }
  return [...members.values()];
}

/** Which invited groups' members are told: those of groups that whoever asks may know of, to a member those of all. */
export type GroupFilter = (group: Organization) => boolean;

/** Those of a group and of the groups above, and, capped, those of groups that are invited to any of these. */
export function allMembersOfGroup(world: ReadableWorld, group: Organization, isTold: GroupFilter): Member[] {
  const members: Member[] = [];
  for (const each of lineage(group)) {
    members.push(...membersOfGroup(world, each));
    for (const { group: invited, accessLevel } of invitationsTo(world, each))
      if (isTold(invited))
        for (const member of membersOfGroup(world, invited)) members.push(capped(member, accessLevel));
  }
  return highest(members.filter(({ accessLevel }) => accessLevel > minimalAccess));
}

export interface ProjectMembersView {
  readonly isTold: GroupFilter;
  /** What each may do in the end, 0 where that is not known. */
  readonly levelOf: (person: Person) => number;
  readonly personalOwners: PersonalOwnerRule;
}

/**
 * Those of a project, of its group and the groups above, and of the groups that are invited, with those above them. Who
 * comes through an invited group's own invitations may have a level and is not among them.
 */
export function allMembersOfProject(
  world: ReadableWorld,
  project: Repository,
  { isTold, levelOf, personalOwners }: ProjectMembersView,
): Member[] {
  const { owner } = project;
  const members = [
    ...membersOfProject(world, project, personalOwners),
    ...(owner.type === 'organization' ? allMembersOfGroup(world, owner, isTold) : []),
    ...invitationsTo(world, project).flatMap(({ group, accessLevel }) =>
      [...lineage(group)]
        .filter(isTold)
        .flatMap((each) => membersOfGroup(world, each))
        .filter((member) => member.accessLevel > minimalAccess)
        .map((member) => capped(member, accessLevel)),
    ),
  ];
  return highest(members).map((member) => {
    const level = levelOf(member.person);
    return level === 0 ? member : { ...member, accessLevel: level };
  });
}

export function invitationsTo(world: ReadableWorld, target: Grant['on']): Invitation[] {
  return [...world.grantsOn(target)].flatMap(({ to, level, role }) =>
    to.type === 'organization' ? [{ group: to, accessLevel: accessLevelOf({ level, role }) }] : [],
  );
}

/** Custom roles do not come along. */
function capped(member: Member, accessLevel: number): Member {
  const { level } = member.standing;
  return { ...member, accessLevel: Math.min(member.accessLevel, accessLevel), standing: { level } };
}

/** One for each person, by id; of equal ones the first. */
function highest(members: readonly Member[]): Member[] {
  const best = new Map<Person, Member>();
  for (const member of members) {
    const known = best.get(member.person);
    if (known === undefined || member.accessLevel > known.accessLevel) best.set(member.person, member);
  }
  return [...best.values()].sort((left, right) => left.person.id - right.person.id);
}
