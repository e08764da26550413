import { ProviderError } from '@anyforge/core';
import { accountOwner, applicationOwner } from '../budgets/limit-owner.js';
import type { RateBudgets } from '../budgets/rate-budgets.js';
import type { Resources } from '../resources.js';
import { planStart } from './plan-start.js';
import type { SyncAttempt } from './sync-attempt.js';

/** Looks before a task begins whether what is left of the forge's limits suffices for it. */
export class StartPlanner {
  readonly #resources: Pick<Resources, 'store' | 'clock'>;
  readonly #budgets: Pick<RateBudgets, 'of'>;

  constructor(resources: Pick<Resources, 'store' | 'clock'>, budgets: Pick<RateBudgets, 'of'>) {
    this.#resources = resources;
    this.#budgets = budgets;
  }

  /**
   * Lets a task begin. One that has waited, or was stopped, goes on without being asked again; so does one whose list is
   * visible as it is read, since a part of it shows more than nothing.
   *
   * @throws ProviderError `rate_limited` with the time to wait until.
   */
  async check(attempt: SyncAttempt): Promise<void> {
    if (attempt.attempt > 1 || attempt.revokesFirst) return;
    const last = await this.#lastListing(attempt);
    if (last === undefined) return;
    const application = last.kind === 'oauth' ? applicationOwner(last) : undefined;
    const owners = [accountOwner(last, attempt), ...(application === undefined ? [] : [application])];
    const expected = { requests: last.pages, resumable: last.resumable === 1 };
    const until = planStart(await this.#budgets.of(owners), expected, this.#resources.clock.now());
    if (until === undefined) return;
    throw new ProviderError(
      'rate_limited',
      'Not enough requests are left for now for a list of this size. The sync begins when there are more.',
      { provider: attempt.providerType, retryAt: until },
    );
  }

  /** The newest of this account that was complete, with how it is signed in. */
  #lastListing({ connectionId, epoch }: SyncAttempt) {
    return this.#resources.store.database
      .selectFrom('sync_tasks')
      .innerJoin('connections', 'connections.id', 'sync_tasks.connection_id')
      .innerJoin('git_providers', 'git_providers.id', 'connections.git_provider_id')
      .select([
        'sync_tasks.pages',
        'sync_tasks.resumable',
        'connections.kind',
        'git_providers.type',
        'git_providers.config',
      ])
      .where('sync_tasks.connection_id', '=', connectionId)
      .where('sync_tasks.epoch', '=', epoch)
      .where('sync_tasks.state', '=', 'succeeded')
      .orderBy('sync_tasks.finished_at', 'desc')
      .limit(1)
      .executeTakeFirst();
  }
}
