import type { GitProviderRow } from '../store/schema.js';
import type { LockedOrganization, OrganizationSettings } from './organization-settings.js';
import type { Schedule } from './schedule.js';

/** What can be said of a git provider when it is added. */
export interface NewGitProvider {
  /** 1 to 100 characters; unique, whatever its case. */
  readonly name: string;
  readonly type: string;
  readonly config: unknown;
  /** None unless told otherwise: no lock. */
  readonly organizations?: readonly LockedOrganization[] | undefined;
  /** None unless told otherwise: everything. */
  readonly patterns?: readonly string[] | undefined;
  /** `staged` unless told otherwise. */
  readonly syncPolicy?: GitProviderRow['sync_policy'] | undefined;
  /** None unless told otherwise: nothing is synchronized that nobody asks for. */
  readonly schedule?: Schedule | null | undefined;
}

/** What is to become of a git provider: what is left out stays. */
export interface GitProviderChange {
  /** What it is already; another one is refused. */
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  /** In place of the former one, but that a secret which is empty or absent stays as it is; null removes it. */
  readonly config?: unknown;
  readonly organizations?: readonly LockedOrganization[] | undefined;
  readonly patterns?: readonly string[] | undefined;
  readonly syncPolicy?: GitProviderRow['sync_policy'] | undefined;
  /** Null: none any more. */
  readonly schedule?: Schedule | null | undefined;
}

/** Settings that may be stored, and asked with: its secrets belong to its addresses. */
export interface CheckedGitProvider extends OrganizationSettings {
  readonly type: string;
  readonly name: string;
  /** Whole, secrets included. Sent nowhere but to the addresses that it names. */
  readonly config: unknown;
  /** The config without its secrets, and these alone. */
  readonly shown: unknown;
  readonly secrets: unknown;
  /** Which of the secrets were typed anew. */
  readonly newSecrets: readonly string[];
  readonly syncPolicy: GitProviderRow['sync_policy'];
  readonly schedule: Schedule | null;
}
