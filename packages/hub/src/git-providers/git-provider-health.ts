import type { RateBudget, TimedBudget } from '@anyforge/core';
import type { LimitOwner } from '../budgets/limit-owner.js';
import { accountOwner, applicationOwner, isOwnedBy } from '../budgets/limit-owner.js';
import type { RateBudgets } from '../budgets/rate-budgets.js';
import { nameOf } from '../budgets/rate-budgets.js';
import { isBoundTo } from '../connections/connection-view.js';
import { toDate } from '../store/json.js';
import type { ConnectionRow, GitProviderRow, SyncErrorKind } from '../store/schema.js';
import type { Queries } from '../store/store.js';
import { failureWords } from './failure-words.js';

/** How people fare with a git provider: in numbers, and whose is not told. */
export interface GitProviderHealth {
  readonly connections: number;
  /** Of these, those whose person has to sign in again. */
  readonly needAttention: number;
  /** When anybody's list was last complete. Absent: none is. */
  readonly lastCompletedAt?: Date | undefined;
  /** The newest sync of anybody's that failed, as long as finished syncs are kept. */
  readonly lastFailure?: SyncFailure | undefined;
  /**
   * What is known to be left of the forge's rate limits: the lowest of those of the administrator's own account, and the
   * lowest of those that all accounts of the OAuth application share.
   */
  readonly rateBudgets: readonly RateBudgetLeft[];
}

export interface SyncFailure {
  readonly at: Date;
  readonly kind: SyncErrorKind;
  /** In words that name nobody, and nothing but the git provider. */
  readonly message: string;
}

export interface RateBudgetLeft extends Pick<RateBudget, 'per' | 'limit' | 'remaining'> {
  /** The forge's own name of it, or that which its adapter gave it: `core`. `*` for all requests. */
  readonly name: string;
  readonly resetAt: Date;
}

type Own = Pick<ConnectionRow, 'id' | 'git_provider_id' | 'epoch'>;

/**
 * The health of each of these git providers.
 *
 * @param own the connections of the administrator who asks
 */
export async function healthOf(
  { database, budgets }: { readonly database: Queries; readonly budgets: Pick<RateBudgets, 'of'> },
  providers: readonly GitProviderRow[],
  own: readonly Own[],
): Promise<ReadonlyMap<string, GitProviderHealth>> {
  const failures = await lastFailures(database);
  const owners = new Map(providers.map((provider) => [provider.id, limitOwnersOf(provider, own)]));
  const known = await budgets.of([...owners.values()].flat());
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
      const ofProvider = groups.filter((group) => group.git_provider_id === provider.id);
      const needAttention = ofProvider.map((group) =>
        Number(isBoundTo(group, provider) ? group.refused : group.connections),
      );
      const completed = ofProvider.map((group) => group.last_completed_at).filter((at) => at !== null);
      return [
        provider.id,
        {
          connections: sum(ofProvider.map((group) => Number(group.connections))),
          needAttention: sum(needAttention),
          lastCompletedAt: toDate(completed.length === 0 ? null : Math.max(...completed.map(Number))),
          lastFailure: withWords(failures.get(provider.id), provider.name),
          rateBudgets: lowestOfEach(known, owners.get(provider.id) ?? []),
        },
      ];
    }),
  );
}

/** Whose rate limits an administrator hears of: their own account's, and the application's. */
function limitOwnersOf(provider: GitProviderRow, own: readonly Own[]): readonly LimitOwner[] {
  const application = applicationOwner(provider);
  return [
    ...own
      .filter((row) => row.git_provider_id === provider.id)
      .map(({ id, epoch }) => accountOwner(provider, { connectionId: id, epoch })),
    ...(application === undefined ? [] : [application]),
  ];
}

/** For each of them what is lowest, measured by its limit; of a refusal, which knows no limit, nothing is left. */
function lowestOfEach(
  known: readonly TimedBudget[],
  owners: readonly LimitOwner[],
): readonly RateBudgetLeft[] {
  const part = ({ remaining, limit }: TimedBudget): number => (limit === 0 ? 0 : remaining / limit);
  return owners.flatMap((owner) => {
    const [lowest] = known
      .filter(({ scope }) => isOwnedBy(scope, owner))
      .sort((one, other) => part(one) - part(other) || other.resetAt.getTime() - one.resetAt.getTime());
    if (lowest === undefined) return [];
    const { per, limit, remaining, resetAt } = lowest;
    return [{ name: nameOf(lowest.scope), per, limit, remaining, resetAt }];
  });
}

/** The newest of each git provider. */
async function lastFailures(
  database: Queries,
): Promise<ReadonlyMap<string, Pick<SyncFailure, 'at' | 'kind'>>> {
  const rows = await database
    .selectFrom('sync_tasks')
    .select(['git_provider_id', 'finished_at', 'error_kind'])
    .where('id', 'in', (expression) =>
      expression
        .selectFrom('git_providers')
        .select((provider) =>
          provider
            .selectFrom('sync_tasks as failed')
            .select('failed.id')
            .whereRef('failed.git_provider_id', '=', 'git_providers.id')
            .where('failed.state', '=', 'failed')
            .orderBy('failed.finished_at', 'desc')
            .orderBy('failed.id')
            .limit(1)
            .as('id'),
        ),
    )
    .execute();
  return new Map(
    rows.map(({ git_provider_id, finished_at, error_kind }) => [
      git_provider_id,
      { at: new Date(Number(finished_at)), kind: error_kind ?? 'internal' },
    ]),
  );
}

function withWords(
  failure: Pick<SyncFailure, 'at' | 'kind'> | undefined,
  name: string,
): SyncFailure | undefined {
  return failure && { ...failure, message: failureWords[failure.kind](name) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
