import { isBoundTo } from '../connections/connection-view.js';
import { toDate } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import type { Queries } from '../store/store.js';

/** How people fare with a git provider: in numbers, and whose is not told. */
export interface GitProviderHealth {
  readonly connections: number;
  /** Of these, those whose person has to sign in again. */
  readonly needAttention: number;
  /** When anybody's list was last complete. Absent: none is. */
  readonly lastCompletedAt?: Date | undefined;
}

/** The health of each of these git providers. */
export async function healthOf(
  database: Queries,
  providers: readonly GitProviderRow[],
): Promise<ReadonlyMap<string, GitProviderHealth>> {
  const groups = await database
    .selectFrom('connections')
    .select((expression) => [
      'git_provider_id',
      'kind',
      'bound_to',
      expression.fn.countAll<number | string>().as('connections'),
      expression.fn.count<number | string>('attention_reason').as('refused'),
      expression.fn.max('visible_completed_at').as('last_completed_at'),
    ])
    .groupBy(['git_provider_id', 'kind', 'bound_to'])
    .execute();
  return new Map(
    providers.map((provider) => {
      const own = groups.filter((group) => group.git_provider_id === provider.id);
      const needAttention = own.map((group) =>
        Number(isBoundTo(group, provider) ? group.refused : group.connections),
      );
      const completed = own.map((group) => group.last_completed_at).filter((at) => at !== null);
      return [
        provider.id,
        {
          connections: sum(own.map((group) => Number(group.connections))),
          needAttention: sum(needAttention),
          lastCompletedAt: toDate(completed.length === 0 ? null : Math.max(...completed.map(Number))),
        },
      ];
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
