import type {
  Credential,
  ErrorKind,
  PermissionLevel,
  ProviderPlugin,
  RateBudget,
  Repository,
} from '@anyforge/core';
import type {
  AccessRules,
  Clock,
  FaultEffect,
  NewOAuthClient,
  Organization,
  Person,
  Repository as WorldRepository,
  World,
} from '@anyforge/forge-simulator';
import type { Capabilities } from './capabilities.js';
import type { GrantKind } from './grant-kinds.js';
import type { ForgeServer } from './server.js';

/** What the author of an adapter says of it, so that the suite can run. */
export interface ContractSubject {
  /** As reports name it: 'GitHub', 'GitHub Enterprise Server'. */
  readonly name: string;
  readonly plugin: ProviderPlugin;
  readonly facts: Facts;
  /** Starts the adapter's forge, which shows `world` and lives by `clock`. The suite closes its simulator. */
  start(options: StartOptions): Promise<StartedForge>;
}

export interface StartOptions {
  readonly world: World;
  /** Moves on by itself whenever everybody waits. The simulator must have no other clock. */
  readonly clock: Clock;
}

export interface StartedForge {
  /** Any `ForgeSimulator` is one. */
  readonly simulator: ForgeServer;
  /** What `plugin.create` takes; the suite adds `oauth` where it is about OAuth. */
  readonly config: object;
  /** A new credential of this person's with everything that anyforge needs. */
  issue(person: Person): Credential;
  /** From now on the forge refuses this credential. */
  revoke(credential: Credential): void;
  /** With `omissions`: from now on listings leave this organization out for this credential, and say so. */
  omit?(organization: Organization, credential: Credential): void;
  /** With `untoldPermissions`: a credential for which the forge lists repositories without saying what it may do. */
  issueUntold?(person: Person): Credential;
  /** With `scopes`: a credential that is accepted and lacks some of what anyforge needs. */
  issueNarrow?(person: Person): Credential;
}

/** What is true of the adapter and its forge. */
export interface Facts {
  /**
   * A real one is run against the cases that take it as it is: nothing can be made to go wrong with it. `start` makes
   * the world on it, with enough credentials for `issue` to give out. `simulated` when not given.
   */
  readonly server?: 'simulated' | 'real' | undefined;
  readonly capabilities: Capabilities;
  /** How many repositories a page of a listing holds at most, as the adapter asks for them. */
  readonly pageSize: number;
  /** The same of other listings, where they differ. */
  readonly pageSizes?:
    { readonly organizations?: number | undefined; readonly permissions?: number | undefined } | undefined;
  /** In which order the adapter lists repositories. */
  readonly order: (one: Repository, other: Repository) => number;
  /**
   * The ways to come to a permission that the forge has, each with the levels that can be had so. Every forge is taken
   * to have grants on a repository.
   */
  readonly grants: Readonly<Partial<Record<GrantKind, readonly PermissionLevel[]>>> & {
    readonly direct: readonly PermissionLevel[];
  };
  /** How the adapter names what the world has; by default an id as text, and the world's own path. */
  readonly names?: Partial<ForgeNames> | undefined;
  /** How the suite registers an OAuth application with the simulator, beside name and redirect URI. */
  readonly oauthClient?: Partial<NewOAuthClient> | undefined;
  /** GitHub's when not given. */
  readonly rules?: AccessRules | undefined;
  /** Which fields of the forge's answers may be null or missing without the adapter's losing an item. */
  readonly optionalFields: readonly string[];
  /** Names of repositories that the forge allows and that adapters stumble over, beside those that all forges allow. */
  readonly oddNames?: readonly string[] | undefined;
  /**
   * How the forge refuses a request that is one too many, by name, with so many seconds to wait. A plain 429 with
   * `Retry-After` is tried on every forge.
   */
  readonly limitAnswers?: ((retryAfterSeconds: number) => Readonly<Record<string, FaultEffect>>) | undefined;
  /** The headers in which every answer of the forge tells what is left of a limit. Not given: it does not tell. */
  readonly budgetHeaders?: ((left: BudgetLeft) => Readonly<Record<string, string>>) | undefined;
  /** How the forge refuses what a credential may not do, by name, and what kind of error each is. */
  readonly refusals?: Readonly<Record<string, Refusal>> | undefined;
  /** Statuses of refusals that `identity()` brings about because the forge tells what it wants to know in no other way. */
  readonly tellingRefusals?: readonly number[] | undefined;
  /** What the forge does not tell, of what most do. It is checked that nothing is made up in its place. */
  readonly untold?: readonly ToldField[] | undefined;
}

export type BudgetLeft = Pick<RateBudget, 'limit' | 'remaining'> & { readonly resetAt: Date };

export interface Refusal {
  readonly effect: FaultEffect;
  readonly kind: ErrorKind;
}

/** What most forges tell of a repository in a listing, and of whoever is signed in. */
export type ToldField = 'archived' | 'defaultBranch' | 'fork' | 'sshCloneUrl' | 'updatedAt' | 'email';

export interface ForgeNames {
  repositoryId(repository: WorldRepository): string;
  repositoryPath(repository: WorldRepository): string;
  /** Below the forge's web address; by default the same as its path. */
  repositoryPage(repository: WorldRepository): string;
  accountId(person: Person): string;
  organizationId(organization: Organization): string;
  organizationPath(organization: Organization): string;
}
