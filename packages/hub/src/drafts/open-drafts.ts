import type { ConnectionWriter } from '../connections/connection-writer.js';
import type { UpstreamRevocations } from '../connections/upstream-revocations.js';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import type { GitProviderWriter } from '../git-providers/git-provider-writer.js';
import type { ListNarrowing } from '../git-providers/list-narrowing.js';
import type { ProposalChecker } from '../git-providers/proposal-checker.js';
import type { ProviderTypes } from '../provider-types.js';
import type { Resources } from '../resources.js';
import { SignInRows } from '../sign-ins/sign-in-rows.js';
import type { SignInService } from '../sign-ins/sign-ins.js';
import type { Syncs } from '../syncs/syncs.js';
import { DraftRevocations } from './draft-revocations.js';
import { DraftSaver } from './draft-saver.js';
import { DraftStore } from './draft-store.js';
import { DraftSweeper } from './draft-sweeper.js';
import { DraftTarget } from './draft-target.js';
import { DraftTests } from './draft-tests.js';
import { Drafts } from './drafts.js';
import { DraftOpener } from './open-draft.js';

export interface DraftsOptions {
  readonly resources: Resources;
  readonly publicUrl: string;
  readonly types: ProviderTypes;
  readonly pool: GitProviderPool;
  readonly checker: ProposalChecker;
  readonly gitProviders: GitProviderWriter;
  readonly connections: ConnectionWriter;
  readonly revocations: UpstreamRevocations;
  readonly narrowing: ListNarrowing;
  readonly syncs: Syncs;
}

/** What sign-ins need of drafts, and the service, which needs sign-ins. The sweeper is the caller's to start and to close. */
export function openDrafts(options: DraftsOptions): {
  readonly target: DraftTarget;
  readonly sweeper: DraftSweeper;
  readonly open: (signIns: Pick<SignInService, 'start'>) => {
    readonly drafts: Drafts;
    readonly tests: DraftTests;
  };
} {
  const { resources, publicUrl, types, pool, checker, gitProviders, connections, narrowing, syncs } = options;
  const { vault, logger } = resources;
  const store = new DraftStore(resources);
  const opener = new DraftOpener({ vault, types, pool, publicUrl });
  const revocations = new DraftRevocations({
    vault,
    logger,
    pool,
    opener,
    signIns: new SignInRows(resources),
    revocations: options.revocations,
  });
  const target = new DraftTarget({ vault, drafts: store, opener, revocations });
  return {
    target,
    sweeper: new DraftSweeper(resources, store, revocations),
    open: (signIns) => {
      const tests = new DraftTests(resources, store, opener);
      const saver = new DraftSaver({
        resources,
        drafts: store,
        opener,
        revocations,
        pool,
        checker,
        gitProviders,
        connections,
        narrowing,
        syncs,
      });
      const drafts = new Drafts({
        resources,
        types,
        pool,
        store,
        opener,
        tests,
        saver,
        revocations,
        signIns,
      });
      return { drafts, tests };
    },
  };
}
