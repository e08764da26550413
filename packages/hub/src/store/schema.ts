import type { Account, ErrorKind, Omission, PermissionLevel, Repository } from '@anyforge/core';
import type { LockedOrganization } from '../git-providers/organization-settings.js';
import type { Json } from './json.js';
import type { AnswerRow } from './rows/answers.js';
import type { AuditEventRow } from './rows/audit.js';
import type { RateBudgetRow } from './rows/budgets.js';
import type { ChoreRow, RepositoryReachRow } from './rows/housekeeping.js';
import type { GenerationPageRow, GenerationRow } from './rows/generations.js';
import type {
  ApiTokenRow,
  AttemptLimitRow,
  PasswordLinkRow,
  PersonRow,
  SessionRow,
  SetUpCodeRow,
} from './rows/people.js';
import type { GitProviderDraftRow, SignInRow } from './rows/sign-ins.js';

/**
 * The tables, as the newest migration leaves them. Portable to PostgreSQL: booleans are 0 and 1, times are epoch
 * milliseconds, ids are text, structures are JSON in text, `*_key` columns are compared by their bytes.
 */
export interface Schema {
  readonly schema_migrations: SchemaMigrationRow;
  readonly meta: MetaRow;
  readonly people: PersonRow;
  readonly sessions: SessionRow;
  readonly api_tokens: ApiTokenRow;
  readonly password_links: PasswordLinkRow;
  readonly set_up_codes: SetUpCodeRow;
  readonly attempt_limits: AttemptLimitRow;
  readonly git_providers: GitProviderRow;
  readonly git_provider_drafts: GitProviderDraftRow;
  readonly sign_ins: SignInRow;
  readonly connections: ConnectionRow;
  readonly generations: GenerationRow;
  readonly generation_pages: GenerationPageRow;
  readonly repositories: RepositoryRow;
  readonly permissions: PermissionRow;
  readonly syncs: SyncRow;
  readonly sync_tasks: SyncTaskRow;
  readonly sync_runners: SyncRunnerRow;
  readonly audit_events: AuditEventRow;
  readonly answers: AnswerRow;
  readonly chores: ChoreRow;
  readonly repository_reach: RepositoryReachRow;
  readonly rate_budgets: RateBudgetRow;
}

interface SchemaMigrationRow {
  readonly id: number;
  readonly name: string;
  readonly applied_at: number;
}

interface MetaRow {
  readonly key: string;
  readonly value: string;
}

export interface GitProviderRow {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Unique. */
  readonly name_key: string;
  /** Without its secrets. */
  readonly config: Json<unknown>;
  /** The config's secrets, sealed; null when it has none. */
  readonly secrets: string | null;
  /** Which secrets are set, so that telling it opens none of them. */
  readonly secret_paths: Json<readonly string[]>;
  /** The lock: only repositories of these organizations. Empty: no lock. */
  readonly organizations: Json<readonly LockedOrganization[]>;
  /** Globs on the path in order; `!` excludes; the last match decides. Empty: everything. */
  readonly patterns: Json<readonly string[]>;
  readonly sync_policy: 'staged' | 'revoke-first';
  /** How often people's lists are synchronized without anybody asking; null: never. */
  readonly schedule_minutes: number | null;
  /** The listing version in which the lock last became another one. */
  readonly lock_version: number;
  /** Grows with every change of what is listed; what a sync writes is conditional on it. */
  readonly listing_version: number;
  /**
   * The listing version that the stored lists have been narrowed to. While it is behind, lists of earlier versions are
   * not shown: there may be something in them that is not let through any more.
   */
  readonly filtered_version: number;
  /** The listing version that may last have let through what was not listed before. */
  readonly revealed_version: number;
  /** Grows with every change of the settings. */
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

/** One person's sign-in to one git provider. */
export interface ConnectionRow {
  readonly id: string;
  readonly person_id: string;
  readonly git_provider_id: string;
  /** Sealed. */
  readonly credential: string;
  /** Grows with every renewal and every new sign-in: what a renewal stores is conditional on it. */
  readonly credential_version: number;
  /** When that version was stored, by the database's clock. */
  readonly credential_since: number | null;
  /** 1: this version cannot be renewed, and is not used any more. A pair that arrives late still takes its place. */
  readonly credential_refused: number;
  /** Who is renewing this version; null with `claim_until` set: nobody may for now. */
  readonly claim_id: string | null;
  readonly claim_until: number | null;
  /** Since when it is unknown whether the forge has renewed this version. */
  readonly unanswered_since: number | null;
  /** When an OAuth credential ends for good unless a renewal extends it, where the forge tells. */
  readonly ends_at: number | null;
  /** When it is to be renewed if nobody has used it until then. Null: a renewal would not make it live longer. */
  readonly keep_alive_at: number | null;
  /** The addresses, and for OAuth the client, that the credential was given for; it is used with no others. */
  readonly bound_to: string;
  readonly kind: 'token' | 'oauth';
  /** Grows with every new credential of the person's; what a sync writes is conditional on it. */
  readonly epoch: number;
  readonly account_id: string;
  readonly account_username: string;
  readonly account_kind: Account['kind'];
  readonly account_display_name: string | null;
  readonly account_avatar_url: string | null;
  readonly account_web_url: string | null;
  readonly email: string | null;
  readonly scopes: Json<readonly string[]> | null;
  readonly missing_scopes: Json<readonly string[]> | null;
  readonly expires_at: number | null;
  /** The words why it needs attention; null while it does not. */
  readonly attention_reason: string | null;
  readonly attention_at: number | null;
  /** The generation that people see; null until the first listing is complete, and after a revocation. */
  readonly visible_generation: string | null;
  /** The newest that was complete: what the next listing is compared with, though it may not be visible any more. */
  readonly complete_generation: string | null;
  readonly visible_completed_at: number | null;
  readonly visible_omitted: Json<readonly Omission[]> | null;
  /** When the schedule looks at it next; null: as soon as there is one. */
  readonly scheduled_at: number | null;
  readonly created_at: number;
  readonly updated_at: number;
}

/** A repository as the newest observation of anyone found it. */
export interface RepositoryRow {
  readonly git_provider_id: string;
  readonly forge_id: string;
  readonly path: string;
  readonly path_key: string;
  readonly name: string;
  readonly name_key: string;
  readonly namespace: string;
  readonly description: string | null;
  readonly web_url: string;
  readonly https_clone_url: string;
  readonly ssh_clone_url: string | null;
  readonly default_branch: string | null;
  readonly visibility: Repository['visibility'];
  readonly archived: number;
  readonly fork: number | null;
  readonly updated_at: number | null;
  /** When it was last found to be so, to within some hours: what is as it was is not written each time. */
  readonly observed_at: number;
  /** Of all that is told of it: whether an observation found something else. Empty: the row is older than digests are. */
  readonly digest: string;
  /** The listing version with which the newest observation was made. */
  readonly listed_under: number;
}

export interface PermissionRow {
  readonly generation: string;
  readonly forge_id: string;
  readonly git_provider_id: string;
  /** The repository's, kept here as well so that a list is read in order from one index. */
  readonly path_key: string;
  readonly level: PermissionLevel | 'unknown';
  /** Position in `permissionLevels`; -1 for `unknown`. */
  readonly level_rank: number;
  readonly native: string;
  readonly reason: string | null;
}

export interface SyncRow {
  readonly id: string;
  readonly person_id: string;
  /** Grows with every change of the sync or its tasks. */
  readonly revision: number;
  readonly created_at: number;
}

export type SyncTaskState =
  'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';

/** The forge's refusal, or `internal` for a fault of the hub's own. */
export type SyncErrorKind = ErrorKind | 'internal';

export interface SyncTaskRow {
  readonly id: string;
  readonly sync_id: string;
  readonly connection_id: string;
  readonly git_provider_id: string;
  readonly state: SyncTaskState;
  /** Which process runs it, or was the last to do so. */
  readonly runner_id: string | null;
  /** Grows each time that the task is taken up; only the newest attempt may write. */
  readonly attempt: number;
  /** How often in a row an attempt died without having written a page. */
  readonly interruptions: number;
  /** The connection's epoch and the git provider's listing version, as the generation began. */
  readonly epoch: number;
  readonly settings_version: number;
  /** The generation that this task writes; null until it is first taken up. */
  readonly generation: string | null;
  /** Where the listing goes on after the last page written; null: from the start, in a new generation. */
  readonly resume: string | null;
  readonly omitted: Json<readonly Omission[]> | null;
  /** How often the listing has been begun in this generation. */
  readonly pass: number;
  /** 1: it has come to its end, and what it lacks is being confirmed. */
  readonly listed: number;
  /** How often it was tried again by itself after the forge was out of reach. */
  readonly retries: number;
  readonly pages: number;
  readonly repositories: number;
  readonly total: number | null;
  /** 1: the forge has said how to go on after a page. Null: none has been listed, or it was the only one. */
  readonly resumable: number | null;
  readonly waiting_until: number | null;
  readonly error_kind: SyncErrorKind | null;
  readonly error_message: string | null;
  readonly error_repair_text: string | null;
  readonly error_repair_url: string | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
}

/** A process that runs tasks. */
interface SyncRunnerRow {
  readonly id: string;
  /** By the clock of the database; then it is taken for dead. */
  readonly alive_until: number;
}
