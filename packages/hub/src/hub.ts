import { randomUUID } from 'node:crypto';
import type { Clock, Logger, ProviderContext } from '@anyforge/core';
import { Answers } from './answers/answers.js';
import type { AuditService } from './audit/audit-events.js';
import { AuditEvents } from './audit/audit-events.js';
import { AuditRetention, defaultRetentionDays } from './audit/audit-retention.js';
import { AuditTrail } from './audit/audit-trail.js';
import { MemoryRateBudgets } from './budgets/memory-rate-budgets.js';
import { StoredRateBudgets } from './budgets/stored-rate-budgets.js';
import { ConnectionRemover } from './connections/connection-remover.js';
import { ConnectionRenewals } from './connections/connection-renewals.js';
import { KeepAlive } from './connections/keep-alive.js';
import { ConnectionSessions } from './connections/connection-sessions.js';
import { ConnectionWriter } from './connections/connection-writer.js';
import type { ConnectionService } from './connections/connections.js';
import { Connections } from './connections/connections.js';
import { UpstreamRevocations } from './connections/upstream-revocations.js';
import type { DraftService } from './drafts/drafts.js';
import { openDrafts } from './drafts/open-drafts.js';
import { CleanUp } from './git-providers/clean-up.js';
import { GitProviderPool } from './git-providers/git-provider-pool.js';
import { GitProviderRemover } from './git-providers/git-provider-remover.js';
import { GitProviderWriter } from './git-providers/git-provider-writer.js';
import { ListNarrowing } from './git-providers/list-narrowing.js';
import type { ExplanationService } from './explanations/explanations.js';
import { Explanations } from './explanations/explanations.js';
import type { GitCredentialService } from './git-credentials/git-credentials.js';
import { GitCredentials } from './git-credentials/git-credentials.js';
import { GitPlaces } from './git-credentials/git-places.js';
import type { GitProviderService } from './git-providers/git-providers.js';
import { GitProviders } from './git-providers/git-providers.js';
import type { OrganizationSettingsService } from './git-providers/organization-settings-service.js';
import { OrganizationSettingsDesk } from './git-providers/organization-settings-service.js';
import { Organizations } from './git-providers/organizations.js';
import { addOutOfTheBox } from './git-providers/out-of-the-box.js';
import { ProposalChecker } from './git-providers/proposal-checker.js';
import { openHousekeeping } from './housekeeping/open-housekeeping.js';
import { defaultRepositoryRetentionDays } from './housekeeping/unreached-repositories.js';
import { AttemptLimits } from './people/attempt-limits.js';
import type { Measurements } from './measurements.js';
import { noMeasurements } from './measurements.js';
import type { PeopleOptions, PeopleServices } from './people/open-people.js';
import { openPeople } from './people/open-people.js';
import { defaultSessionLifetime } from './people/sessions.js';
import type { PluginCatalog, ProviderTypeService } from './provider-types.js';
import { ProviderTypes } from './provider-types.js';
import { Readiness } from './readiness.js';
import type { RepositoryService } from './repositories/repositories.js';
import { Repositories } from './repositories/repositories.js';
import type { Resources } from './resources.js';
import type { SharedStores } from './shared-stores.js';
import { openStore } from './store/open-store.js';
import type { Store } from './store/store.js';
import { AttemptWatch } from './syncs/attempt-watch.js';
import { ChangesElsewhere } from './syncs/changes-elsewhere.js';
import { DriftCheck } from './syncs/drift-check.js';
import { GenerationSweeper } from './syncs/generation-sweeper.js';
import { openJobQueue } from './syncs/open-job-queue.js';
import { StartPlanner } from './syncs/start-planner.js';
import { SyncAttempts } from './syncs/sync-attempts.js';
import { SyncChanges } from './syncs/sync-changes.js';
import { SyncEngine } from './syncs/sync-engine.js';
import { SyncPatrol } from './syncs/sync-patrol.js';
import { SyncRunner } from './syncs/sync-runner.js';
import { SyncTasks } from './syncs/sync-tasks.js';
import { ConnectionTarget } from './sign-ins/connection-target.js';
import { openSignIns } from './sign-ins/open-sign-ins.js';
import type { SignInService } from './sign-ins/sign-ins.js';
import type { SyncService } from './syncs/syncs.js';
import { Syncs } from './syncs/syncs.js';
import { KeyUse } from './vault/key-use.js';
import { openVault } from './vault/open-vault.js';

export interface HubOptions extends PeopleOptions {
  /** Made when it is missing. Holds the database, unless that is a PostgreSQL, and the encryption key, unless one is given. */
  readonly dataDirectory: string;
  /**
   * A PostgreSQL, 14 or newer, on which several hubs may run at once: `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`,
   * with `sslmode` and the like. They all need the same encryption key: given to each, or in a folder that they share.
   */
  readonly database?: { readonly url: string } | undefined;
  /** 32 bytes in base64. Absent: `encryption.key` in the data folder, made at the first start. */
  readonly encryptionKey?: string | undefined;
  /** Other keys that open what they have sealed: earlier ones, or the next. */
  readonly oldEncryptionKeys?: readonly string[] | undefined;
  /** The address at which people reach the server: an origin with perhaps a path, without a slash at the end. */
  readonly publicUrl: string;
  readonly plugins: PluginCatalog;
  /**
   * Whether the public forges that the plugins know are added to a store that was never used. They are unless told
   * otherwise.
   */
  readonly publicGitProviders?: boolean | undefined;
  /**
   * Makes what is handed to every adapter, of the stores that the processes on this database share. What it leaves out is
   * the hub's: clock, logger, and those stores.
   */
  readonly providerContext?: ((stores: SharedStores) => ProviderContext) | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /**
   * Whether this process works on syncs; it does unless told otherwise. One that does not serves people only, and leaves
   * the work to others on the same PostgreSQL.
   */
  readonly work?: boolean | undefined;
  /** How many connections are synchronized at a time; 8 unless told otherwise. */
  readonly syncConcurrency?: number | undefined;
  /** Longest wait for a rate limit, in milliseconds, during which a sync task keeps its worker; 20,000 unless told otherwise. */
  readonly syncMaxWaitMs?: number | undefined;
  /**
   * How long a process may give no sign of life, in milliseconds, before others on the same PostgreSQL take over what it
   * runs; 30,000 unless told otherwise.
   */
  readonly takeOverAfterMs?: number | undefined;
  /** How long the audit trail keeps an event; 365 unless told otherwise. */
  readonly auditRetentionDays?: number | undefined;
  /** How many days a repository is kept after it was last in anybody's list; 90 unless told otherwise, 0: for ever. */
  readonly repositoryRetentionDays?: number | undefined;
  /** Told about the work as it goes on; nobody is unless told otherwise. */
  readonly measurements?: Measurements | undefined;
}

/** The application: git providers, connections, syncs, repositories, over one database. */
export interface Hub extends PeopleServices {
  readonly providerTypes: ProviderTypeService;
  readonly gitProviders: GitProviderService;
  readonly organizationSettings: OrganizationSettingsService;
  readonly connections: ConnectionService;
  readonly signIns: SignInService;
  readonly gitProviderDrafts: DraftService;
  readonly syncs: SyncService;
  readonly repositories: RepositoryService;
  readonly gitCredentials: GitCredentialService;
  readonly explanations: ExplanationService;
  readonly audit: AuditService;
  /**
   * Resolves with the reason when nothing works any more, and all that is left to do is to close the hub and open it
   * again: a HubError `store_failed` when the database is lost, `wrong_encryption_key` when the encryption key was taken
   * out of use meanwhile for one that this process does not know. Never rejects, and never settles while all is well.
   */
  readonly failed: Promise<Error>;
  /** @throws HubError `closed` after `stopWatching` · `store_failed` when the database does not answer. */
  ready(): Promise<void>;
  /**
   * Ends the waiting of those who watch a sync, and tests that run, with the HubError `closed`, so that a server can answer them before it
   * stops listening. Nobody can watch after that, and it is not ready any more;
   * everything else goes on until `close`.
   */
  stopWatching(): void;
  /** Stops what runs, which goes on at the next start, and lets go of the data folder. */
  close(): Promise<void>;
}

const defaults = { syncConcurrency: 8, syncMaxWaitMs: 20_000, takeOverAfterMs: 30_000 };

/**
 * Opens the database and goes on with the syncs that were open when it was last closed, or its process killed.
 *
 * @throws HubError `store_locked` · `store_unusable` · `store_too_new` · `store_full` · `store_failed` · `invalid_encryption_key` ·
 * `missing_encryption_key` · `wrong_encryption_key`.
 */
export async function openHub(options: HubOptions): Promise<Hub> {
  return openHubOn(await openStore(options, () => options.clock.now()), options);
}

/** Opens it on a store that is open, which it closes in the end. */
export async function openHubOn(store: Store, options: HubOptions): Promise<Hub> {
  const { clock, logger } = options;
  try {
    // One process alone has the embedded database, and nobody to tell with which key it encrypts.
    const userId = store.shared ? randomUUID() : undefined;
    const vault = await openVault(store, options, userId);
    const { measurements = noMeasurements } = options;
    const resources = { store, vault, clock, logger, newId: randomUUID, measurements };
    const keyUse = userId === undefined ? undefined : new KeyUse({ ...resources, userId });
    return await compose(options, resources, keyUse);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function compose(options: HubOptions, resources: Resources, keyUse: KeyUse | undefined): Promise<Hub> {
  const { clock, logger } = resources;
  const auditRetention = new AuditRetention(resources, options.auditRetentionDays ?? defaultRetentionDays);
  const auditTrail = new AuditTrail(resources, auditRetention);
  const providerTypes = new ProviderTypes(options.plugins);
  const budgets = resources.store.shared ? new StoredRateBudgets(resources) : new MemoryRateBudgets(clock);
  const answers = new Answers(resources);
  const stores: SharedStores = { budgets, responses: answers };
  const pool = new GitProviderPool(resources, providerTypes, {
    clock,
    logger,
    ...stores,
    ...options.providerContext?.(stores),
  });

  const readiness = new Readiness(resources);
  const changes = new SyncChanges();
  const sweeper = new GenerationSweeper(resources);
  const concurrency = options.syncConcurrency ?? defaults.syncConcurrency;
  const queue = openJobQueue(resources, concurrency);
  const syncs = new Syncs({ resources, changes, queue, sweeper });
  const writer = new ConnectionWriter(resources, syncs, auditTrail);
  const revocations = new UpstreamRevocations(resources);
  const checker = new ProposalChecker(providerTypes, pool);
  const gitProviderWriter = new GitProviderWriter(resources, syncs, auditTrail);
  const narrowing = new ListNarrowing(resources);
  const draftParts = openDrafts({
    resources,
    publicUrl: options.publicUrl,
    types: providerTypes,
    pool,
    checker,
    gitProviders: gitProviderWriter,
    connections: writer,
    revocations,
    narrowing,
    syncs,
  });
  const {
    signIns,
    sweeper: signInSweeper,
    keeper,
  } = openSignIns({
    resources,
    publicUrl: options.publicUrl,
    targets: { connection: new ConnectionTarget(resources, pool, writer), draft: draftParts.target },
    revocations,
  });
  const remover = new ConnectionRemover(resources, syncs, (signIn) => keeper.endHeld(signIn));
  const { drafts, tests } = draftParts.open(signIns);
  const runner = new SyncRunner(resources, options.takeOverAfterMs ?? defaults.takeOverAfterMs);
  const attempts = new SyncAttempts(resources, changes, runner);
  const patrol = new SyncPatrol({ resources, runner, attempts, queue });
  const attemptWatch = new AttemptWatch(resources, runner.running, changes);
  const changesElsewhere = new ChangesElsewhere({ resources, changes, watch: attemptWatch });
  const renewals = new ConnectionRenewals(resources, pool, revocations);
  const sessions = new ConnectionSessions(resources, pool, renewals, (connection) => {
    answers.expect(connection);
  });
  const keepAlive = new KeepAlive(resources, renewals);
  const gitProviders = new GitProviders({
    resources,
    types: providerTypes,
    pool,
    checker,
    writer: gitProviderWriter,
    remover: new GitProviderRemover(resources, pool, remover, auditTrail),
    narrowing,
    syncs,
    budgets,
    publicUrl: options.publicUrl,
  });
  const organizationSettings = new OrganizationSettingsDesk({
    resources,
    organizations: new Organizations(resources, sessions),
    cleanUp: new CleanUp(resources, auditTrail),
  });
  if (options.publicGitProviders ?? true) {
    await addOutOfTheBox({ resources, types: providerTypes, checker, writer: gitProviderWriter });
  }
  const tasks = new SyncTasks(resources, changes);
  const engine = new SyncEngine({
    resources,
    sessions,
    plan: new StartPlanner(resources, budgets),
    attempts,
    tasks,
    check: new DriftCheck(resources, tasks),
    sweeper,
    queue,
    maxWaitMs: options.syncMaxWaitMs ?? defaults.syncMaxWaitMs,
  });

  const limits = new AttemptLimits(resources.store);
  const people = await openPeople(
    { resources, publicUrl: options.publicUrl, audit: auditTrail, limits, remover },
    options,
  );

  const housekeeping = openHousekeeping({
    resources,
    syncs,
    generations: sweeper,
    answers,
    sessionLifetime: options.sessions ?? defaultSessionLifetime,
    repositoryRetentionDays: options.repositoryRetentionDays ?? defaultRepositoryRetentionDays,
  });

  await patrol.start();
  changesElsewhere.start();
  attemptWatch.start();
  if (options.work ?? true) {
    queue.start((taskId, signal) =>
      runner.running.run(taskId, signal, (running) => engine.run(taskId, running)),
    );
  }
  sweeper.sweepInBackground();
  narrowing.start();
  signInSweeper.start();
  draftParts.sweeper.start();
  auditRetention.sweepWhenDue();
  keepAlive.start();
  housekeeping.start();
  keyUse?.start();

  const close = async (): Promise<void> => {
    tests.stop();
    syncs.stopWatching();
    try {
      await attemptWatch.close();
      await patrol.close();
      await queue.close();
      await runner.leave();
      // What was given back is told, too.
      await changesElsewhere.close();
      await sweeper.close();
      await housekeeping.close();
      await narrowing.close();
      await signInSweeper.close();
      await draftParts.sweeper.close();
      await auditRetention.close();
      await keepAlive.close();
      await renewals.settled();
      await answers.close();
      await revocations.close();
      await keyUse?.close();
    } finally {
      await resources.store.close();
    }
  };
  let closed: Promise<void> | undefined;
  return {
    ...people,
    providerTypes,
    gitProviders,
    organizationSettings,
    connections: new Connections({ resources, gitProviders, pool, writer, remover, audit: auditTrail }),
    signIns,
    gitProviderDrafts: drafts,
    syncs,
    repositories: new Repositories(resources, sessions),
    gitCredentials: new GitCredentials({
      resources,
      places: new GitPlaces(resources, pool),
      sessions,
      limits,
      audit: auditTrail,
    }),
    explanations: new Explanations(resources, sessions),
    audit: new AuditEvents(resources),
    failed: Promise.race([resources.store.failed, ...(keyUse === undefined ? [] : [keyUse.failed])]),
    ready: () => readiness.check(),
    stopWatching: () => {
      readiness.end();
      tests.stop();
      syncs.stopWatching();
    },
    close: () => (closed ??= close()),
  };
}
