import type { Hub, HubOptions } from '../hub.js';
import { openHubOn } from '../hub.js';
import { openStore } from '../store/open-store.js';
import type { Store } from '../store/store.js';
import { openStates } from '../syncs/sync-view.js';

/** What the store holds of one git provider that its interface does not show. */
export interface StoredTraces {
  /** Generations that no connection shows and no open task writes. */
  readonly unreferencedGenerations: number;
  /** Permission rows of such generations, and of generations that there are not. */
  readonly unreferencedPermissions: number;
  /** Connections with more than one open task. */
  readonly doublyOpenConnections: number;
  /** Open tasks whose connection is gone. */
  readonly tasksOfNobody: number;
}

/** A hub on a store that can be looked into from beside it. */
export interface InspectableHub {
  readonly hub: Hub;
  traces(gitProviderId: string): Promise<StoredTraces>;
}

export async function openInspectableHub(options: HubOptions): Promise<InspectableHub> {
  const store = await openStore(options, () => options.clock.now());
  const hub = await openHubOn(store, options);
  return { hub, traces: (gitProviderId) => tracesOf(store, gitProviderId) };
}

async function tracesOf({ database }: Store, gitProviderId: string): Promise<StoredTraces> {
  const generations = await database
    .selectFrom('generations')
    .select('id')
    .where('git_provider_id', '=', gitProviderId)
    .execute();
  const connections = await database
    .selectFrom('connections')
    .selectAll()
    .where('git_provider_id', '=', gitProviderId)
    .execute();
  const open = await database
    .selectFrom('sync_tasks')
    .selectAll()
    .where('git_provider_id', '=', gitProviderId)
    .where('state', 'in', openStates)
    .execute();
  const permissions = await database
    .selectFrom('permissions')
    .select((expression) => ['generation', expression.fn.countAll<number | string>().as('rows')] as const)
    .where('git_provider_id', '=', gitProviderId)
    .groupBy('generation')
    .execute();
  const referenced = new Set<string | null>([
    ...connections.map((connection) => connection.visible_generation),
    ...connections.map((connection) => connection.complete_generation),
    ...open.map((task) => task.generation),
  ]);
  const known = new Set(connections.map(({ id }) => id));
  const owners = open.map((task) => task.connection_id);
  return {
    unreferencedGenerations: generations.filter(({ id }) => !referenced.has(id)).length,
    unreferencedPermissions: permissions
      .filter(({ generation }) => !referenced.has(generation))
      .reduce((sum, { rows }) => sum + Number(rows), 0),
    doublyOpenConnections: owners.length - new Set(owners).size,
    tasksOfNobody: owners.filter((id) => !known.has(id)).length,
  };
}
