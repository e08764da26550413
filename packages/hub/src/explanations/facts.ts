import type { Omission, ProviderError, Repository } from '@anyforge/core';
import type { ForgeLink } from '../forge-links.js';
import type { LockedOrganization } from '../git-providers/organization-settings.js';

/** What an explanation is made from: a person's own connection, and the forge's answer to their own credential. */
export interface Facts {
  readonly providerName: string;
  /** As the forge writes it, where it told; else as asked. */
  readonly path: string;
  readonly link: ForgeLink;
  /** The lock; empty: none. */
  readonly organizations: readonly LockedOrganization[];
  readonly patterns: readonly string[];
  /** Whether the person may read the names of the lock and the patterns: administrators may. */
  readonly mayReadRules: boolean;
  readonly listed: boolean;
  /** Whether the list has another in the same place: then the lock lets that place through, whatever it was called once. */
  readonly listedBeside: boolean;
  /** Undefined: not signed in. */
  readonly connection: ConnectionFacts | undefined;
}

export interface ConnectionFacts {
  readonly username: string;
  readonly needsAttention: string | undefined;
  /** Undefined: the forge does not tell. */
  readonly missingScopes: readonly string[] | undefined;
  /** The last complete one. */
  readonly lastSync: { readonly completedAt: Date; readonly omitted: readonly Omission[] } | undefined;
  readonly syncing: boolean;
  /** Why the newest sync failed, where it did. */
  readonly lastFailure: string | undefined;
  readonly answer: ForgeAnswer;
}

/** What the forge said when it was asked for that repository. */
export type ForgeAnswer =
  | { readonly kind: 'found'; readonly repository: Repository }
  | { readonly kind: 'refused'; readonly error: ProviderError }
  /** The connection needs attention. */
  | { readonly kind: 'not_asked' };
