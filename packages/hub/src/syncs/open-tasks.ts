import { sql } from 'kysely';
import type { Queries } from '../store/store.js';
import { openStates } from './sync-view.js';

/** How many tasks there are of one kind, whoever's they are. */
export interface OpenTasks {
  /** The type of the git provider. */
  readonly providerType: string;
  readonly state: (typeof openStates)[number];
  readonly count: number;
}

/** The tasks that have not ended, in all processes. */
export async function countOpenTasks(database: Queries): Promise<readonly OpenTasks[]> {
  const rows = await database
    .selectFrom('sync_tasks')
    .innerJoin('git_providers', 'git_providers.id', 'sync_tasks.git_provider_id')
    .select((expression) => [
      'git_providers.type as providerType',
      'sync_tasks.state',
      expression.fn.countAll<number | string>().as('count'),
    ])
    // Word by word as the index of open tasks has it: those that have ended may be many.
    .where(sql<boolean>`sync_tasks.state in ('queued', 'running', 'waiting')`)
    .groupBy(['git_providers.type', 'sync_tasks.state'])
    .execute();
  return rows.flatMap(({ providerType, state: found, count }) => {
    const state = openStates.find((open) => open === found);
    return state === undefined ? [] : [{ providerType, state, count: Number(count) }];
  });
}
