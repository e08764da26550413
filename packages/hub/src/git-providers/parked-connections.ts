import { fromJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { nothingVisible } from '../syncs/nothing-visible.js';
import { bindingChange, bindingOf } from './binding.js';

/** What new settings take away from people. */
export interface ParkedConnections {
  /** Whose credentials were usable with the former settings and are not with these. */
  readonly connectionIds: readonly string[];
  /** What was listed at the former address means nothing any more, and is hidden. */
  readonly address: boolean;
}

const kinds = ['oauth', 'token'] as const;

/**
 * Parks the connections whose credentials were given for what is not there any more. They are kept, sealed: settings
 * that lead where they were given for make them good again.
 */
export async function parkConnections(
  transaction: Queries,
  from: Pick<GitProviderRow, 'id' | 'config'>,
  to: Pick<GitProviderRow, 'config'>,
): Promise<ParkedConnections> {
  const former = fromJson(from.config);
  const config = fromJson(to.config);
  const { address, client } = bindingChange(former, config);
  if (!address && !client) return { connectionIds: [], address };
  const connections = await transaction
    .selectFrom('connections')
    .select(['id', 'kind', 'bound_to'])
    .where('git_provider_id', '=', from.id)
    .orderBy('id')
    .forUpdate()
    .execute();
  const parked = connections.filter(({ kind, bound_to }) => {
    const before = bindingOf(former, kind);
    return (bound_to === '' || bound_to === before) && before !== bindingOf(config, kind);
  });
  for (const kind of kinds) {
    // Of a sign-in that was made before bindings were kept: it was for what stood there until now.
    await transaction
      .updateTable('connections')
      .set({ bound_to: bindingOf(former, kind) })
      .where('git_provider_id', '=', from.id)
      .where('kind', '=', kind)
      .where('bound_to', '=', '')
      .execute();
  }
  if (address) {
    await transaction
      .updateTable('connections')
      .set(nothingVisible)
      .where('git_provider_id', '=', from.id)
      .execute();
  }
  return { connectionIds: parked.map(({ id }) => id), address };
}
