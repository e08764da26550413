import type { PermissionLevel } from '@anyforge/core';
import type {
  AccessRules,
  FaultEffect,
  ForgeSimulator,
  Organization,
  Person,
  Repository,
  World,
} from '@anyforge/forge-simulator';
import { reachOf } from '@anyforge/forge-simulator';
import type { Facts } from '../oracle/facts.js';

/** What a person pastes to sign in. */
export interface PastedToken {
  readonly token: string;
  readonly username?: string;
}

/** What is the same of every forge of one type. */
export interface ForgeKind {
  readonly rules?: AccessRules;
  /** What may be granted there. */
  readonly levels: readonly [PermissionLevel, ...PermissionLevel[]];
  readonly repositoryId: (repository: Repository) => string;
  readonly repositoryPath: (repository: Repository) => string;
  readonly accountId: (person: Person) => string;
  readonly organizationId: (organization: Organization) => string;
  /** How it refuses one request too many. */
  readonly limitFault: (retryAfterSeconds: number) => FaultEffect;
}

/** A running forge, and what it does not let a torture do through the world alone. */
export interface StartedForge {
  readonly simulator: ForgeSimulator;
  /** A git provider's. */
  readonly config: object;
  readonly issue: (person: Person) => PastedToken;
  readonly revoke: (token: string) => void;
  /** Whether listings leave an organization out for a person, and say so. */
  readonly omits?: (organization: Organization, person: Person) => boolean;
  readonly demandSingleSignOn?: (organization: Organization, isDemanded: boolean) => void;
}

/** A forge with two accounts, whose truth can be told at any moment, without an adapter. */
export interface TortureForge extends ForgeKind, StartedForge {
  readonly world: World;
  readonly accounts: readonly [Person, Person];
}

/** What an account would be told now by a listing that takes no time. */
export function factsOf(forge: TortureForge, person: Person): Facts {
  const { world, rules, omits = () => false } = forge;
  const repositories = new Map(
    [...reachOf(world, person, rules)].flatMap(([repository, { level }]) => {
      const { owner } = repository;
      if (owner.type === 'organization' && omits(owner, person)) return [];
      const fact = { path: forge.repositoryPath(repository), level, organizations: around(forge, owner) };
      return [[forge.repositoryId(repository), fact] as const];
    }),
  );
  const omitted = [...world.organizations].filter((organization) => omits(organization, person));
  return {
    repositories,
    omitted: omitted.map((organization) => ({
      id: forge.organizationId(organization),
      path: organization.path,
    })),
  };
}

/** The ids of the organization and those that it is within. */
function around(forge: ForgeKind, owner: Repository['owner']): readonly string[] {
  const ids: string[] = [];
  let organization = owner.type === 'organization' ? owner : undefined;
  while (organization !== undefined) {
    ids.push(forge.organizationId(organization));
    organization = organization.parent;
  }
  return ids;
}
