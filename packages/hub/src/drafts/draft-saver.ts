import { isDeepStrictEqual } from 'node:util';
import type { ConnectionView } from '../connections/connection-view.js';
import type { ConnectionWriter, KeptSignIn } from '../connections/connection-writer.js';
import { HubError } from '../errors.js';
import { bindingChange, bindingOf } from '../git-providers/binding.js';
import { mergeSecrets, secretPaths, splitSecrets } from '../git-providers/config-secrets.js';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { findGitProvider } from '../git-providers/git-provider-pool.js';
import type { GitProviderView } from '../git-providers/git-provider-view.js';
import { toGitProviderView } from '../git-providers/git-provider-view.js';
import type { ListNarrowing } from '../git-providers/list-narrowing.js';
import type { GitProviderWriter } from '../git-providers/git-provider-writer.js';
import { versionConflict } from '../git-providers/git-provider-writer.js';
import type { ProposalChecker } from '../git-providers/proposal-checker.js';
import type { CheckedGitProvider } from '../git-providers/proposal.js';
import { syncNeededBy } from '../git-providers/sync-needed.js';
import type { Caller } from '../people/caller.js';
import { holdCaller } from '../people/hold-caller.js';
import type { Resources } from '../resources.js';
import { toIdentity } from '../sign-ins/stored-identity.js';
import { fromJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import type { SyncPlan } from '../syncs/sync-planner.js';
import type { Syncs } from '../syncs/syncs.js';
import type { DraftRevocations } from './draft-revocations.js';
import type { DraftStore } from './draft-store.js';
import type { DraftOpener, OpenDraft } from './open-draft.js';

export interface SaveOptions {
  /** The version of the git provider that is to be changed; the one that the draft began with unless told otherwise. */
  readonly version?: number | undefined;
  /** How many connections whoever saves knows to be parked. */
  readonly parks?: number | undefined;
}

/** What has become of a draft. */
export interface SavedDraft {
  readonly gitProvider: GitProviderView;
  /** The person's own, which the test's sign-in has become. Null: none came of it. */
  readonly connection: ConnectionView | null;
  /** The sync that the new connection started. */
  readonly syncId?: string | undefined;
  /**
   * What has become of the test's sign-in. `outdated`: it was made at another address or with another OAuth client.
   * `untested`: no test has asked whose it is, or the forge has refused it. Both were dropped, and revoked at the forge where it can.
   */
  readonly signIn: 'connected' | 'none' | 'outdated' | 'untested';
}

export interface DraftSaverParts {
  readonly resources: Resources;
  readonly drafts: DraftStore;
  readonly opener: DraftOpener;
  readonly revocations: DraftRevocations;
  readonly pool: GitProviderPool;
  readonly checker: ProposalChecker;
  readonly gitProviders: GitProviderWriter;
  readonly connections: ConnectionWriter;
  readonly narrowing: ListNarrowing;
  readonly syncs: Syncs;
}

/** Makes git providers of drafts: at once with the sign-in of the test, or not at all. */
export class DraftSaver {
  readonly #parts: DraftSaverParts;

  constructor(parts: DraftSaverParts) {
    this.#parts = parts;
  }

  async save(caller: Caller, id: string, options: SaveOptions): Promise<SavedDraft> {
    const { resources, drafts, opener, revocations, narrowing, syncs, connections } = this.#parts;
    const draft = opener.open(await drafts.find(caller.personId, id));
    const { issues, oauthIssues, laterIssues } = draft.settings;
    const wrong = [...laterIssues, ...issues, ...oauthIssues];
    if (wrong.length > 0) throw HubError.invalidInput(wrong);
    const change = await this.#check(draft, options);

    const since = await resources.store.now();
    const saved = await resources.store.database.transaction().execute(async (transaction) => {
      await holdCaller(transaction, caller, 'administrate');
      if (change.stored !== undefined) await hold(transaction, change.stored);
      const ended = await drafts.take(transaction, caller.personId, id, since);
      if (ended.row.revision !== draft.row.revision || ended.row.credential !== draft.row.credential) {
        throw draftChanged();
      }
      const { row, plan } = await this.#store(transaction, caller, draft, change, options);
      const kept = await this.#connect(transaction, caller, ended.row, row, since);
      return { row, plan, kept, ended };
    });

    revocations.revokeHeld(saved.ended);
    if (saved.kept === undefined) revocations.revoke(saved.ended.row);
    if (saved.plan !== undefined) await syncs.carryOut(saved.plan);
    await narrowing.narrowSoon(saved.row.id);
    const signedIn = saved.kept === undefined ? undefined : await connections.carryOut(saved.kept);
    return {
      gitProvider: toGitProviderView(
        saved.row,
        (await syncNeededBy(resources.store.database)).has(saved.row.id),
      ),
      connection: signedIn?.connection ?? null,
      syncId: signedIn?.syncId,
      signIn: signedIn === undefined ? whyDropped(draft) : 'connected',
    };
  }

  /** Nothing is stored yet. */
  async #check(draft: OpenDraft, options: SaveOptions): Promise<CheckedChange> {
    const { resources, checker, pool } = this.#parts;
    const { row, content, plugin, settings } = draft;
    const { name, organizations, patterns, syncPolicy, schedule } = content;
    const values = { name, organizations, patterns, syncPolicy, schedule };
    const base = row.base_version;
    if (base === null) {
      const checked = checker.checkNew({ type: row.type, ...values, config: settings.config });
      return { checked, stored: undefined };
    }
    const stored = await findGitProvider(resources.store.database, row.git_provider_id);
    if (stored.version !== (options.version ?? base)) throw versionConflict();
    const { jsonSchema } = plugin.config;
    const config = asChange(jsonSchema, settings.config, {
      shown: fromJson(stored.config),
      secrets: pool.secrets(stored),
    });
    return { checked: checker.checkChange(stored, { ...values, config }), stored };
  }

  async #store(
    transaction: Queries,
    caller: Caller,
    { row }: OpenDraft,
    { checked, stored }: CheckedChange,
    { parks }: SaveOptions,
  ): Promise<{ readonly row: GitProviderRow; readonly plan?: SyncPlan }> {
    const { gitProviders } = this.#parts;
    if (stored !== undefined) return gitProviders.update(transaction, stored, checked, { caller, parks });
    return { row: await gitProviders.insert(transaction, checked, { caller, id: row.git_provider_id }) };
  }

  /** Undefined: there is no sign-in that may go where the settings lead now. */
  async #connect(
    transaction: Queries,
    caller: Caller,
    draft: OpenDraft['row'],
    provider: GitProviderRow,
    since: number,
  ): Promise<KeptSignIn | undefined> {
    const { opener, connections } = this.#parts;
    const { signIn } = opener.open(draft);
    if (signIn === undefined || draft.identity === null) return undefined;
    const isBound = draft.bound_to === bindingOf(fromJson(provider.config), signIn.credential.kind);
    if (!isBound) return undefined;
    return connections.establishWithin(
      transaction,
      { caller, provider, credential: signIn.credential, identity: toIdentity(fromJson(draft.identity)) },
      { since },
    );
  }
}

interface CheckedChange {
  readonly checked: CheckedGitProvider;
  /** As it stood when it was checked; undefined: it is a new one. */
  readonly stored: GitProviderRow | undefined;
}

/**
 * A whole config as the change of a stored one: secrets that are the stored ones are left out, as unchanged, and those
 * that are no more are null.
 */
function asChange(
  jsonSchema: object,
  config: unknown,
  stored: { readonly shown: unknown; readonly secrets: unknown },
): unknown {
  const { shown, secrets } = splitSecrets(jsonSchema, config);
  const set = secretPaths(secrets);
  const removed = secretPaths(stored.secrets).filter((path) => !set.includes(path));
  const { address, client } = bindingChange(stored.shown, shown);
  const isUnchanged = !address && !client && isDeepStrictEqual(secrets, stored.secrets);
  const typed = isUnchanged ? shown : mergeSecrets(shown, secrets);
  return removed.reduce<unknown>((value, path) => withNull(value, path.split('.')), typed);
}

/** Null at a path, where the object that it is in is there. */
function withNull(value: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const member: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  if (rest.length === 0) return { ...value, [key]: null };
  return member === undefined ? value : { ...value, [key]: withNull(member, rest) };
}

/** Before the draft: in the order in which a git provider is removed. */
async function hold(transaction: Queries, { id, version }: GitProviderRow): Promise<void> {
  const row = await transaction
    .selectFrom('git_providers')
    .select('version')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row?.version !== version) throw versionConflict();
}

function whyDropped({ row, signIn }: OpenDraft): SavedDraft['signIn'] {
  if (row.credential === null) return 'none';
  return signIn === undefined ? 'outdated' : 'untested';
}

function draftChanged(): HubError {
  return new HubError(
    'settings_changed',
    'The draft was changed while it was saved, so it was not. Look at it, and save it again.',
  );
}
