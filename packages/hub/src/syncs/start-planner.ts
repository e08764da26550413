import { ProviderError } from '@anyforge/core';
import type { RateBudgets } from '../budgets/rate-budgets.js';
import { applicationKey } from '../budgets/rate-budgets.js';
import { clientIdOf } from '../git-providers/binding.js';
import type { Resources } from '../resources.js';
import { fromJson } from '../store/json.js';
import type { ExpectedListing } from './plan-start.js';
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
    const expected = await this.#expected(attempt);
    if (expected === undefined) return;
    const budgets = await this.#budgets.of(await this.#keys(attempt));
    const until = planStart(budgets, expected, this.#resources.clock.now());
    if (until === undefined) return;
    throw new ProviderError(
      'rate_limited',
      `The forge allows too few requests until ${until.toISOString()} for a list of this size. The sync begins then.`,
      { provider: attempt.providerType, retryAt: until },
    );
  }

  async #expected({ connectionId }: SyncAttempt): Promise<ExpectedListing | undefined> {
    const last = await this.#resources.store.database
      .selectFrom('sync_tasks')
      .select(['pages', 'resumable', 'started_at', 'finished_at'])
      .where('connection_id', '=', connectionId)
      .where('state', '=', 'succeeded')
      .orderBy('finished_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last === undefined) return undefined;
    const { pages, resumable, started_at, finished_at } = last;
    const durationMs = Number(finished_at) - Number(started_at);
    return { requests: pages, durationMs, resumable: resumable === 1 };
  }

  /** Under which the limits are counted that the connection's requests meet. */
  async #keys({ connectionId }: SyncAttempt): Promise<readonly string[]> {
    const signIn = await this.#resources.store.database
      .selectFrom('connections')
      .innerJoin('git_providers', 'git_providers.id', 'connections.git_provider_id')
      .select(['connections.kind', 'git_providers.config'])
      .where('connections.id', '=', connectionId)
      .executeTakeFirst();
    const clientId = signIn?.kind === 'oauth' ? clientIdOf(fromJson(signIn.config)) : undefined;
    return [connectionId, ...(clientId === undefined ? [] : [applicationKey(clientId)])];
  }
}
