import type { Organization, Person, Repository } from '@anyforge/forge-simulator';
import type { WorldChangeName } from '../plan/world-change-names.js';
import type { TortureForge } from './torture-forge.js';

/** One change: `pick`, from 0 to 1, chooses what it befalls; tells in words what happened, nothing where nothing could. */
type WorldChange = (forge: TortureForge, viewer: Person, pick: number) => string | undefined;

export const worldChanges: Readonly<Record<WorldChangeName, WorldChange>> = {
  rename: (forge, viewer, pick) => {
    const repository = choose(owned(forge, viewer), pick);
    if (repository === undefined) return undefined;
    const before = repository.path;
    // To the other end of the alphabet, so that listings by name shift.
    const prefix = repository.name.startsWith('zz-') ? 'aa-' : 'zz-';
    forge.world.renameRepository(repository, `${prefix}${repository.name.replace(/^(zz|aa)-/, '')}`);
    return `${before} is now ${repository.path}`;
  },
  transfer: (forge, viewer, pick) => {
    const repository = choose(owned(forge, viewer), pick);
    if (repository === undefined) return undefined;
    const before = repository.path;
    const owners = [...forge.world.organizations].filter((each) => each !== repository.owner);
    const owner = choose(owners, fraction(pick));
    if (owner === undefined) return undefined;
    forge.world.transferRepository(repository, owner);
    return `${before} is now ${repository.path}`;
  },
  delete: (forge, viewer, pick) => {
    // Early ones shift all that come after.
    const repository = choose(byPath(forge, viewer), pick * pick);
    if (repository === undefined) return undefined;
    forge.world.deleteRepository(repository);
    return `${repository.path} is deleted`;
  },
  'create first': (forge, viewer, pick) => create(forge, viewer, pick, 'aa'),
  'create last': (forge, viewer, pick) => create(forge, viewer, pick, 'zz'),
  'change level': (forge, viewer, pick) => {
    const grant = choose(direct(forge, viewer), pick);
    const level = choose(forge.levels, fraction(pick));
    if (grant === undefined || level === undefined) return undefined;
    forge.world.grant({ to: viewer, on: grant, level });
    return `${viewer.username} is granted ${level} on ${grant.path}`;
  },
  'take level': (forge, viewer, pick) => {
    const grant = choose(direct(forge, viewer), pick);
    if (grant === undefined) return undefined;
    forge.world.revoke(viewer, grant);
    return `${viewer.username} is granted nothing on ${grant.path} any more`;
  },
  'give level': (forge, viewer, pick) => {
    const repository = choose(owned(forge, undefined), pick);
    const level = choose(forge.levels, fraction(pick));
    if (repository === undefined || level === undefined) return undefined;
    forge.world.grant({ to: viewer, on: repository, level });
    return `${viewer.username} is granted ${level} on ${repository.path}`;
  },
  'leave organization': (forge, viewer, pick) => {
    const membership = choose([...forge.world.membershipsOf(viewer)], pick);
    if (membership === undefined) return undefined;
    forge.world.removeMember(membership.organization, viewer);
    return `${viewer.username} leaves ${membership.organization.path}`;
  },
  'join organization': (forge, viewer, pick) => {
    const organization = choose([...forge.world.organizations], pick);
    if (organization === undefined) return undefined;
    const role = pick > 0.8 ? 'owner' : 'member';
    forge.world.setMember({ organization, person: viewer, role });
    return `${viewer.username} is now ${role} of ${organization.path}`;
  },
  'change base': (forge, viewer, pick) => {
    const organization = choose(organizationsOf(forge, viewer), pick);
    const level = choose(['none', ...forge.levels] as const, fraction(pick));
    if (organization === undefined || level === undefined || level === 'triage') return undefined;
    forge.world.setBasePermission(organization, level);
    return `members of ${organization.path} have ${level}`;
  },
  'make public': (forge, viewer, pick) => show(forge, viewer, pick, 'public'),
  'make private': (forge, viewer, pick) => show(forge, viewer, pick, 'private'),
  'demand single sign-on': (forge, viewer, pick) => demand(forge, viewer, pick, true),
  'drop single sign-on': (forge, viewer, pick) => demand(forge, viewer, pick, false),
};

function create(forge: TortureForge, viewer: Person, pick: number, prefix: string): string | undefined {
  const owner = choose(organizationsOf(forge, viewer), pick);
  const level = choose(forge.levels, fraction(pick));
  if (owner === undefined || level === undefined) return undefined;
  const repository = forge.world.addRepository({ owner, name: `${prefix}-new-${forge.world.revision}` });
  forge.world.grant({ to: viewer, on: repository, level });
  return `${repository.path} is new, and ${viewer.username} is granted ${level} there`;
}

function show(
  forge: TortureForge,
  viewer: Person,
  pick: number,
  visibility: 'public' | 'private',
): string | undefined {
  const repository = choose(owned(forge, viewer), pick);
  if (repository === undefined) return undefined;
  forge.world.updateRepository(repository, { visibility });
  return `${repository.path} is now ${visibility}`;
}

function demand(forge: TortureForge, viewer: Person, pick: number, isDemanded: boolean): string | undefined {
  const organization = choose(organizationsOf(forge, viewer), pick);
  if (organization === undefined || forge.demandSingleSignOn === undefined) return undefined;
  forge.demandSingleSignOn(organization, isDemanded);
  return `${organization.path} demands ${isDemanded ? '' : 'no '}single sign-on`;
}

/** Of organizations; those that somebody has a grant of their own on, or could, by path. */
function owned(forge: TortureForge, viewer: Person | undefined): readonly Repository[] {
  return byPath(forge, viewer).filter(({ owner }) => owner.type === 'organization');
}

function byPath({ world }: TortureForge, viewer: Person | undefined): readonly Repository[] {
  const mine =
    viewer === undefined
      ? undefined
      : new Set([...world.membershipsOf(viewer)].map((each) => each.organization));
  const granted = viewer === undefined ? undefined : new Set([...world.grantsTo(viewer)].map(({ on }) => on));
  return [...world.repositories]
    .filter((repository) => {
      const { owner } = repository;
      if (mine === undefined || granted === undefined) return true;
      return (
        granted.has(repository) || owner === viewer || (owner.type === 'organization' && mine.has(owner))
      );
    })
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function direct({ world }: TortureForge, viewer: Person): readonly Repository[] {
  return [...world.grantsTo(viewer)].flatMap(({ on }) =>
    on.type === 'repository' && on.owner.type === 'organization' ? [on] : [],
  );
}

function organizationsOf({ world }: TortureForge, viewer: Person): readonly Organization[] {
  return [...world.membershipsOf(viewer)].map(({ organization }) => organization);
}

function choose<Value>(values: readonly Value[], pick: number): Value | undefined {
  return values[Math.floor(pick * values.length)];
}

/** Another number from 0 to 1, for a second choice. */
function fraction(pick: number): number {
  return (pick * 7_919) % 1;
}
