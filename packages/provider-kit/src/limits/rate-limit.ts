import type { ProviderErrorDetails, RateBudget } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { ResolvedContext } from '../context.js';
import type { Answer, ForgeRequest, Handler } from '../transport/message.js';
import type { LimitProfile } from '../transport/profile.js';
import { afterMs } from '../transport/retry-after.js';
import { tell } from '../transport/tell.js';
import type { AccountBlock } from './account-block.js';
import type { Gate } from './gate.js';
import type { BudgetReading } from './read-budget.js';
import { readBudget } from './read-budget.js';

/** Longest wait for a limit where the caller sets no `maxWaitMs`. */
export const defaultMaxWaitMs = 60_000;

/** A limited answer that says "at once" would be asked again at once, and refused again. */
const shortestWaitMs = 1_000;

export interface RateLimitOptions {
  readonly provider: string;
  readonly limits: LimitProfile;
  readonly context: Pick<ResolvedContext, 'clock' | 'ledger' | 'logger'>;
  /** The name of one of this account's limits, unique among all providers and accounts. */
  readonly scopeOf: (name: string, per: RateBudget['per']) => string;
}

/**
 * Lets a request out only when every limit it counts on has room, waiting up to `maxWaitMs`, and takes note of
 * what the answer tells.
 *
 * @throws ProviderError `rate_limited` with `retryAt` when the wait would be longer
 */
export function withRateLimit(next: Handler, options: RateLimitOptions): Handler {
  const { limits, context, scopeOf } = options;
  const { clock, ledger } = context;
  const block = ledger.block(scopeOf('*', 'credential'));

  const bucketOf = ({ method, url }: ForgeRequest): string =>
    limits.budget?.resourceOf?.(method, url) ?? 'core';

  /** Closes one bucket beside its budget, which a refusal may contradict. */
  const blockOf = (bucket: string): AccountBlock => ledger.block(scopeOf(`${bucket} refused`, 'credential'));

  const gatesOf = (request: ForgeRequest): readonly Gate[] => {
    const { method, url } = request;
    const budget = limits.budget;
    const told = budget === undefined ? [] : [ledger.told(scopeOf(bucketOf(request), budget.per)).gate()];
    const paced = limits.pacing
      .filter((rule) => rule.appliesTo?.(method, url) ?? true)
      .map((rule) => ledger.paced(scopeOf(rule.scope, rule.per), rule).gate(rule.cost(method)));
    return [block.gate(), blockOf(bucketOf(request)).gate(), ...told, ...paced];
  };

  const note = async (request: ForgeRequest, answer: Answer, sentAt: Date): Promise<Answer> => {
    const now = clock.now();
    const told = limits.budget && readBudget(limits.budget, answer.headers, now);
    const bucket = told?.resource ?? bucketOf(request);
    const learn = async ({ limit, remaining, per, resetAt }: BudgetReading): Promise<void> => {
      const scope = scopeOf(bucket, per);
      const budget = ledger.told(scope).learn({ scope, per, limit, remaining, resetAt });
      tell(request, context.logger, { kind: 'budget', budget });
      await ledger.write(budget);
    };
    const { failure } = answer;
    if (failure?.kind !== 'rate_limited') {
      if (answer.status !== 0) block.passed(sentAt);
      if (told !== undefined) await learn(told);
      return answer;
    }
    const named = failure.details.retryAt ?? (told?.remaining === 0 ? told.resetAt : undefined);
    const waitMs = named
      ? Math.max(named.getTime() - now.getTime(), shortestWaitMs)
      : block.fallbackMs(limits.fallbackWaitMs, sentAt);
    const until = afterMs(waitMs, now) ?? now;
    const isUsedUp = told?.remaining === 0;
    // A time of its own is the better word than the reset of a budget that is used up.
    if (told !== undefined && !(isUsedUp && failure.details.retryAt !== undefined)) await learn(told);
    const onlyThisBucket = named !== undefined && isUsedUp && bucket === bucketOf(request);
    await ledger.write((onlyThisBucket ? blockOf(bucket) : block).close(until, sentAt));
    return { ...answer, failure: limited(failure.message, { ...failure.details, retryAt: until }) };
  };

  return async (request) => {
    const gates = gatesOf(request);
    try {
      await enter(gates, request, options);
      const sentAt = clock.now();
      return await note(request, await next(request), sentAt);
    } finally {
      for (const gate of gates) gate.leave();
    }
  };
}

async function enter(
  gates: readonly Gate[],
  request: ForgeRequest,
  { provider, context: { clock, ledger, logger } }: RateLimitOptions,
): Promise<void> {
  const maxWaitMs = request.call.maxWaitMs ?? defaultMaxWaitMs;
  for (;;) {
    const shared = await Promise.all(gates.map((gate) => ledger.read(gate.scope)));
    request.signal.throwIfAborted();
    const now = clock.now();
    const [latest] = gates
      .map((gate, index) => ({ scope: gate.scope, until: gate.opensAt(shared[index], now) }))
      .filter((closed): closed is { scope: string; until: Date } => closed.until !== undefined)
      .sort((one, other) => other.until.getTime() - one.until.getTime());
    if (latest === undefined) {
      const spent = gates.flatMap((gate, index) => gate.enter(shared[index], now) ?? []);
      await Promise.all(spent.map((budget) => ledger.write(budget)));
      return;
    }
    const { until, scope } = latest;
    const waitMs = until.getTime() - now.getTime();
    if (waitMs > maxWaitMs) {
      const text = `The rate limit allows no request until ${until.toISOString()}.`;
      throw limited(text, { provider, retryAt: until });
    }
    tell(request, logger, { kind: 'waiting', until, scope });
    await clock.sleep(waitMs, request.signal);
  }
}

function limited(message: string, details: ProviderErrorDetails & { readonly retryAt: Date }): ProviderError {
  const text = `Try again after ${details.retryAt.toISOString()}, or allow a longer wait with maxWaitMs.`;
  return new ProviderError('rate_limited', message, { ...details, repair: details.repair ?? { text } });
}
