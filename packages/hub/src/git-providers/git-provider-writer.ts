import type { AuditEvent, AuditTrail } from '../audit/audit-trail.js';
import { HubError } from '../errors.js';
import type { Resources } from '../resources.js';
import { isUniqueViolation } from '../store/database-error.js';
import { fromJson, toJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { keyOf } from '../store/text.js';
import type { SyncPlan } from '../syncs/sync-planner.js';
import type { Syncs } from '../syncs/syncs.js';
import { changedFields } from './changed-fields.js';
import { secretPaths } from './config-secrets.js';
import { holdGitProvider, secretsRecord } from './git-provider-pool.js';
import { sameLock } from './organization-settings.js';
import { parkConnections } from './parked-connections.js';
import type { CheckedGitProvider } from './proposal.js';
import { mayRevealMore } from './repository-selection.js';

type Caller = AuditEvent['caller'];

export interface InsertOptions {
  readonly caller: Caller;
  /** A new one unless told otherwise. */
  readonly id?: string | undefined;
}

export interface UpdateOptions {
  readonly caller: Caller;
  /** How many connections whoever asks knows to be parked. */
  readonly parks?: number | undefined;
}

export interface UpdatedGitProvider {
  readonly row: GitProviderRow;
  /** To be carried out once the transaction has been committed. */
  readonly plan: SyncPlan;
}

interface Recorded {
  readonly caller: Caller;
  readonly changed: readonly string[];
  readonly parkedConnections: number;
}

/** Stores checked settings, each within a transaction of the caller's. */
export class GitProviderWriter {
  readonly #resources: Resources;
  readonly #syncs: Syncs;
  readonly #audit: AuditTrail;

  constructor(resources: Resources, syncs: Syncs, audit: AuditTrail) {
    this.#resources = resources;
    this.#syncs = syncs;
    this.#audit = audit;
  }

  /** @throws HubError `duplicate_name`. */
  async insert(
    transaction: Queries,
    checked: CheckedGitProvider,
    { caller, id = this.#resources.newId() }: InsertOptions,
  ): Promise<GitProviderRow> {
    const now = this.#resources.clock.now().getTime();
    const row: GitProviderRow = {
      ...this.#settingsColumns(id, checked),
      id,
      type: checked.type,
      lock_version: 1,
      listing_version: 1,
      filtered_version: 1,
      revealed_version: 1,
      version: 1,
      created_at: now,
      updated_at: now,
    };
    await namedOnce(row.name, transaction.insertInto('git_providers').values(row).execute());
    await this.#audit.record(transaction, {
      caller,
      action: 'git_provider.created',
      gitProviderId: id,
      details: { name: row.name, type: row.type },
    });
    return row;
  }

  /**
   * Changes a git provider that is still the one that the settings were checked against. Connections whose credentials
   * were given for another address or OAuth client are parked: they are used no more until their person signs in
   * again. Where anything changes what is listed, syncs under way begin again with the new settings. Where nothing is
   * another, nothing is done, and the version stays.
   *
   * @throws HubError `version_conflict` · `duplicate_name`; `parks_connections` with their number when that is not the
   * one that was confirmed.
   */
  async update(
    transaction: Queries,
    stored: GitProviderRow,
    checked: CheckedGitProvider,
    { caller, parks }: UpdateOptions,
  ): Promise<UpdatedGitProvider> {
    const changed = this.#changedBy(stored, checked);
    if (changed.length === 0) {
      const { version } = await holdGitProvider(transaction, stored.id);
      if (version !== stored.version) throw versionConflict();
      return { row: stored, plan: nothingToDo };
    }
    const row = await this.#store(transaction, stored, checked, listsOther(changed));
    const parked = await parkConnections(transaction, stored, row);
    if (parked.connectionIds.length > 0 && parked.connectionIds.length !== parks) {
      throw parksConnections(row.name, parked.connectionIds.length);
    }
    const plan =
      row.listing_version === stored.listing_version
        ? nothingToDo
        : await this.#syncs.planSettingsChange(transaction, row.id, parked.connectionIds);
    if (row.schedule_minutes !== stored.schedule_minutes) await planAnew(transaction, row.id);
    if (parked.address) {
      await transaction.deleteFrom('repositories').where('git_provider_id', '=', row.id).execute();
    }
    await this.#recordUpdate(transaction, stored, row, {
      caller,
      changed,
      parkedConnections: parked.connectionIds.length,
    });
    return { row, plan };
  }

  /** Also which secrets are new or gone, though never what they are. */
  #changedBy(stored: GitProviderRow, checked: CheckedGitProvider): readonly string[] {
    const kept = secretPaths(checked.secrets);
    const gone = fromJson(stored.secret_paths).filter((path) => !kept.includes(path));
    return [
      ...changedFields(stored, { ...stored, ...shownColumns(checked) }),
      ...[...checked.newSecrets, ...gone].map((path) => `config.${path}`),
    ];
  }

  async #store(
    transaction: Queries,
    stored: GitProviderRow,
    checked: CheckedGitProvider,
    isListingOther: boolean,
  ): Promise<GitProviderRow> {
    const listingVersion = stored.listing_version + Number(isListingOther);
    const former = { organizations: fromJson(stored.organizations), patterns: fromJson(stored.patterns) };
    const isSameLock = sameLock(former.organizations, checked.organizations);
    const row: GitProviderRow = {
      ...stored,
      ...this.#settingsColumns(stored.id, checked),
      lock_version: isSameLock ? stored.lock_version : listingVersion,
      listing_version: listingVersion,
      filtered_version:
        stored.filtered_version < stored.listing_version || mayRevealMore(checked, former)
          ? stored.filtered_version
          : listingVersion,
      revealed_version: mayRevealMore(former, checked) ? listingVersion : stored.revealed_version,
      version: stored.version + 1,
      updated_at: this.#resources.clock.now().getTime(),
    };
    const updating = transaction
      .updateTable('git_providers')
      .set(row)
      .where('id', '=', stored.id)
      .where('version', '=', stored.version)
      .executeTakeFirstOrThrow();
    const { numUpdatedRows } = await namedOnce(row.name, updating);
    if (numUpdatedRows === 0n) throw versionConflict();
    return row;
  }

  #settingsColumns(id: string, checked: CheckedGitProvider) {
    const { secrets } = checked;
    return {
      ...shownColumns(checked),
      secrets:
        secrets === undefined ? null : this.#resources.vault.seal(JSON.stringify(secrets), secretsRecord(id)),
      secret_paths: toJson(secretPaths(secrets)),
    } as const satisfies Partial<GitProviderRow>;
  }

  async #recordUpdate(
    transaction: Queries,
    stored: GitProviderRow,
    row: GitProviderRow,
    { caller, changed, parkedConnections }: Recorded,
  ): Promise<void> {
    const about = { caller, gitProviderId: row.id };
    await this.#audit.record(transaction, {
      ...about,
      action: 'git_provider.updated',
      details: { name: row.name, changed, parkedConnections },
    });
    if (stored.organizations === row.organizations && stored.patterns === row.patterns) return;
    await this.#audit.record(transaction, {
      ...about,
      action: 'git_provider.organization_settings_changed',
      details: {
        name: row.name,
        organizations: fromJson(row.organizations).map(({ path }) => path),
        patterns: fromJson(row.patterns),
      },
    });
  }
}

/** What a sync under way need not know of. */
const listedAlike: ReadonlySet<string> = new Set(['name', 'schedule']);

function listsOther(changed: readonly string[]): boolean {
  return changed.some((field) => !listedAlike.has(field));
}

/** So that the schedule finds a new time for each. */
async function planAnew(transaction: Queries, gitProviderId: string): Promise<void> {
  await transaction
    .updateTable('connections')
    .set({ scheduled_at: null })
    .where('git_provider_id', '=', gitProviderId)
    .execute();
}

const nothingToDo: SyncPlan = { changedSyncs: [], stop: [], queue: [] };

/** All but the secrets. */
function shownColumns(checked: CheckedGitProvider) {
  const { name, shown, organizations, patterns, syncPolicy, schedule } = checked;
  return {
    name,
    name_key: keyOf(name),
    config: toJson(shown),
    organizations: toJson(organizations),
    patterns: toJson(patterns),
    sync_policy: syncPolicy,
    schedule_minutes: schedule?.everyMinutes ?? null,
  } as const satisfies Partial<GitProviderRow>;
}

/** Whoever saves was looking at other settings than those that stand. */
export function versionConflict(): HubError {
  return new HubError(
    'version_conflict',
    'Somebody else has changed or removed this git provider since you opened it. Look at it again, and make your change once more.',
  );
}

function parksConnections(name: string, count: number): HubError {
  const who = count === 1 ? '1 connection' : `${String(count)} connections`;
  return new HubError(
    'parks_connections',
    `This ends the use of ${who} to ${name}: the credentials were given for the former address or OAuth application and are not used with another, so these people have to sign in again. To go on, confirm with "parks": ${String(count)}.`,
    [],
    undefined,
    count,
  );
}

async function namedOnce<T>(name: string, storing: Promise<T>): Promise<T> {
  try {
    return await storing;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new HubError(
      'duplicate_name',
      `There is a git provider named ${JSON.stringify(name)} already. Choose another name.`,
    );
  }
}
