import type { PermissionLevel } from '@anyforge/core';
import type { Organization, Person, Repository, World } from '@anyforge/forge-simulator';
import { everybody } from '@anyforge/forge-simulator';
import type { GrantKind } from './grant-kinds.js';

export interface GrantRequest {
  readonly world: World;
  readonly person: Person;
  readonly level: PermissionLevel;
  /** Names what is made, within the world. */
  readonly name: string;
}

/** What a scene starts from: an organization of its own, and a repository in it that nobody was granted. */
interface Site extends GrantRequest {
  readonly organization: Organization;
  readonly repository: Repository;
}

/** Makes a repository that the person reaches in one way, and in no other. */
export function grantInScene(kind: GrantKind, request: GrantRequest): Repository {
  const { world, person, name } = request;
  if (kind === 'personal') return world.addRepository({ owner: person, name });
  const parent = kind === 'inherited' ? world.addOrganization({ slug: `${name}-around` }) : undefined;
  const organization = world.addOrganization({ slug: `${name}-owner`, parent });
  const project =
    kind === 'project' || kind === 'teamOnProject'
      ? world.addProject({ organization, key: name.replaceAll('-', '').toUpperCase() })
      : undefined;
  const repository = world.addRepository({ owner: organization, project, name });
  scenes[kind]({ ...request, organization, repository });
  return repository;
}

const scenes: Readonly<Record<Exclude<GrantKind, 'personal'>, (site: Site) => void>> = {
  direct: ({ world, person, level, organization, repository }) => {
    world.setMember({ organization, person });
    world.grant({ to: person, on: repository, level });
  },
  outside: ({ world, person, level, repository }) => {
    world.grant({ to: person, on: repository, level });
  },
  team: ({ world, person, level, name, organization, repository }) => {
    const team = world.addTeam({ organization, slug: `${name}-team`, members: [person] });
    world.grant({ to: team, on: repository, level });
  },
  subteam: ({ world, person, level, name, organization, repository }) => {
    const team = world.addTeam({ organization, slug: `${name}-team` });
    world.addTeam({ organization, slug: `${name}-inner`, parent: team, members: [person] });
    world.grant({ to: team, on: repository, level });
  },
  teamOnOrganization: ({ world, person, level, name, organization }) => {
    const team = world.addTeam({ organization, slug: `${name}-team`, members: [person] });
    world.grant({ to: team, on: organization, level });
  },
  forgeGroup: ({ world, person, level, name, repository }) => {
    world.grant({
      to: world.addTeam({ slug: `${name}-group`, members: [person] }),
      on: repository,
      level,
    });
  },
  forgeGroupOnOrganization: ({ world, person, level, name, organization }) => {
    world.grant({
      to: world.addTeam({ slug: `${name}-group`, members: [person] }),
      on: organization,
      level,
    });
  },
  member: ({ world, person, level, organization }) => {
    world.setMember({ organization, person, level });
  },
  base: ({ world, person, level, organization }) => {
    world.setMember({ organization, person });
    world.setBasePermission(organization, level);
  },
  owner: ({ world, person, organization }) => {
    world.setMember({ organization, person, role: 'owner' });
  },
  inherited: ({ world, person, level, organization }) => {
    if (organization.parent !== undefined)
      world.setMember({ organization: organization.parent, person, level });
  },
  sharedRepository: ({ world, person, level, name, repository }) => {
    const partners = world.addOrganization({ slug: `${name}-partners` });
    world.setMember({ organization: partners, person, level });
    world.grant({ to: partners, on: repository, level });
  },
  sharedOrganization: ({ world, person, level, name, organization }) => {
    const partners = world.addOrganization({ slug: `${name}-partners` });
    world.setMember({ organization: partners, person, level });
    world.grant({ to: partners, on: organization, level });
  },
  project: ({ world, person, level, organization, repository: { project } }) => {
    world.setMember({ organization, person });
    if (project !== undefined) world.grant({ to: person, on: project, level });
  },
  teamOnProject: ({ world, person, level, name, organization, repository: { project } }) => {
    const team = world.addTeam({ organization, slug: `${name}-team`, members: [person] });
    if (project !== undefined) world.grant({ to: team, on: project, level });
  },
  everybody: ({ world, level, repository }) => {
    world.grant({ to: everybody, on: repository, level });
  },
  everybodyOnOrganization: ({ world, level, organization }) => {
    world.grant({ to: everybody, on: organization, level });
  },
  administrator: () => {
    // The person is one: there is nothing to grant.
  },
};
