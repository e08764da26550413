import { HubError } from '../errors.js';
import { ProviderError } from '@anyforge/core';
import type { ProviderTypes } from '../provider-types.js';
import type { Resources } from '../resources.js';
import type { Queries } from '../store/store.js';
import { keyOf } from '../store/text.js';
import type { GitProviderWriter } from './git-provider-writer.js';
import type { CheckedGitProvider } from './proposal.js';
import type { ProposalChecker } from './proposal-checker.js';

const metaKey = 'git_providers.out_of_the_box';

export interface OutOfTheBoxParts {
  readonly resources: Resources;
  readonly types: ProviderTypes;
  readonly checker: ProposalChecker;
  readonly writer: GitProviderWriter;
}

/**
 * Adds the public forges that the installed plugins know, for tokens only, when the store is first used: people can
 * start at once. Once for ever and for all replicas, so that one that was removed stays removed.
 */
export async function addOutOfTheBox({ resources, types, checker, writer }: OutOfTheBoxParts): Promise<void> {
  const { database } = resources.store;
  const isDone = (queries: Queries) =>
    queries.selectFrom('meta').select('key').where('key', '=', metaKey).executeTakeFirst();
  if ((await isDone(database)) !== undefined) return;
  const proposals = types.list().flatMap(({ type, hosting: { cloud } }) => {
    if (cloud === undefined) return [];
    const proposal = { type, name: cloud.label, config: { baseUrl: cloud.baseUrl } };
    return usable(() => checker.checkNew(proposal), type, resources);
  });
  await database.transaction().execute(async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('meta')
      .values({ key: metaKey, value: '1' })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 1n) return;
    // A store that was used before this was known has the git providers that somebody wanted.
    const any = await transaction.selectFrom('git_providers').select('id').limit(1).executeTakeFirst();
    if (any !== undefined) return;
    for (const proposal of namedOnce(proposals))
      await writer.insert(transaction, proposal, { caller: 'server' });
  });
}

/** Two plugins may call their public forge the same. */
function namedOnce(proposals: readonly CheckedGitProvider[]): readonly CheckedGitProvider[] {
  return [...new Map(proposals.map((proposal) => [keyOf(proposal.name), proposal])).values()];
}

/** A plugin of somebody else's that does not take its own address is told of; it keeps nobody from starting. */
function usable(
  check: () => CheckedGitProvider,
  type: string,
  { logger }: Resources,
): readonly CheckedGitProvider[] {
  try {
    return [check()];
  } catch (error) {
    if (!(error instanceof HubError) && !ProviderError.is(error)) throw error;
    logger.warn({ type, error: error.message }, 'A public forge could not be added to the git providers.');
    return [];
  }
}
