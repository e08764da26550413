import type { ConnectionView } from '../connections/connection-view.js';
import { fromJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import type { GitProviderHealth } from './git-provider-health.js';
import type { LockedOrganization } from './organization-settings.js';
import type { Schedule } from './schedule.js';
import { scheduleOf } from './schedule.js';

/** One configured instance of a forge. */
export interface GitProviderView {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Without its secrets. */
  readonly config: unknown;
  /** Which secrets are set: `oauth.clientSecret`. */
  readonly secretsSet: readonly string[];
  /** Whether only some of what people's accounts see is listed. */
  readonly restricted: boolean;
  /** The lock, which may name what not everybody knows of; for administrators only. */
  readonly organizations?: readonly LockedOrganization[] | undefined;
  /** For administrators only, like the lock. */
  readonly patterns?: readonly string[] | undefined;
  /**
   * Whether there may be more to list than lists have, because the organization settings let more through since: it is
   * known once everybody has synchronized. For administrators only.
   */
  readonly syncNeeded?: boolean | undefined;
  readonly syncPolicy: GitProviderRow['sync_policy'];
  /** Null: nothing is synchronized that nobody asks for. */
  readonly schedule: Schedule | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type WayToSignIn = 'token' | 'oauth' | 'device';

/** A git provider as one person sees it. */
export interface GitProviderForPerson extends GitProviderView {
  /** How people sign in there; none when its plugin or its secrets can't be had now. */
  readonly waysToSignIn: readonly WayToSignIn[];
  /** Null: not signed in. */
  readonly connection: ConnectionView | null;
  /** For administrators only. */
  readonly health?: GitProviderHealth | undefined;
}

/** Everything, as administrators see it. */
export function toGitProviderView(row: GitProviderRow, syncNeeded: boolean): GitProviderView {
  return {
    ...toPublicView(row),
    organizations: fromJson(row.organizations),
    patterns: fromJson(row.patterns),
    syncNeeded,
  };
}

/** What everybody may know. */
export function toPublicView(row: GitProviderRow): GitProviderView {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    config: fromJson(row.config),
    secretsSet: fromJson(row.secret_paths),
    restricted: fromJson(row.organizations).length > 0 || fromJson(row.patterns).length > 0,
    syncPolicy: row.sync_policy,
    schedule: scheduleOf(row),
    version: row.version,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}
