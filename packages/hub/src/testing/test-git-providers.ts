import { AuditTrail } from '../audit/audit-trail.js';
import { MemoryRateBudgets } from '../budgets/memory-rate-budgets.js';
import { ConnectionRemover } from '../connections/connection-remover.js';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { GitProviderRemover } from '../git-providers/git-provider-remover.js';
import { GitProviderWriter } from '../git-providers/git-provider-writer.js';
import { GitProviders } from '../git-providers/git-providers.js';
import { ListNarrowing } from '../git-providers/list-narrowing.js';
import { ProposalChecker } from '../git-providers/proposal-checker.js';
import type { ProviderTypes } from '../provider-types.js';
import type { Resources } from '../resources.js';
import type { Syncs } from '../syncs/syncs.js';

/** The git providers of a hub of which only some parts are there. */
export function makeGitProviders(
  resources: Resources,
  {
    types,
    pool,
    syncs,
  }: { readonly types: ProviderTypes; readonly pool: GitProviderPool; readonly syncs: Syncs },
): GitProviders {
  const audit = new AuditTrail(resources);
  const remover = new ConnectionRemover(resources, syncs);
  return new GitProviders({
    resources,
    types,
    pool,
    checker: new ProposalChecker(types, pool),
    writer: new GitProviderWriter(resources, syncs, audit),
    remover: new GitProviderRemover(resources, pool, remover, audit),
    narrowing: new ListNarrowing(resources),
    syncs,
    budgets: new MemoryRateBudgets(resources.clock),
    publicUrl: 'https://anyforge.test',
  });
}
