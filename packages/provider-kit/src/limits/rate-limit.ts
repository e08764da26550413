import type { ProviderErrorDetails, RateBudget } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { ResolvedContext } from '../context.js';
import type { Answer, ForgeRequest, Handler } from '../transport/message.js';
import type { ForgeProfile, PacingRule } from '../transport/profile.js';
import { afterMs, spreadMs } from '../transport/retry-after.js';
import { tell } from '../transport/tell.js';
import { durationWords } from '../duration-words.js';
import { withinMs } from '../within-ms.js';
import type { AccountBlock } from './account-block.js';
import type { Closure, Gate } from './gate.js';
import type { LimitScope } from './limit-scopes.js';
import type { PacedWindow } from './paced-window.js';
import type { BudgetReading } from './read-budget.js';
import { readBudget } from './read-budget.js';

/** Longest wait for a limit where the caller sets no `maxWaitMs`. */
export const defaultMaxWaitMs = 60_000;

/** A limited answer that says "at once" would be asked again at once, and refused again. */
const shortestWaitMs = 1_000;

export interface RateLimitOptions {
  readonly provider: string;
  readonly profile: Pick<ForgeProfile, 'forge' | 'limits'>;
  readonly context: Pick<ResolvedContext, 'clock' | 'ledger' | 'logger' | 'random'>;
  readonly scopeOf: (name: string, per: RateBudget['per']) => LimitScope;
}

/**
 * Lets a request out only when every limit it counts on has room, waiting up to `maxWaitMs`, and takes note of
 * what the answer tells.
 *
 * @throws ProviderError `rate_limited` with `retryAt` when the wait would be longer
 */
export function withRateLimit(next: Handler, options: RateLimitOptions): Handler {
  const { profile, context, scopeOf } = options;
  const { limits } = profile;
  const { clock, ledger } = context;
  const blockNamed = (name: string): AccountBlock => {
    const { scope, per } = scopeOf(name, limits.refusalsPer ?? 'credential');
    return ledger.block(scope, per);
  };
  const accountBlock = (): AccountBlock => blockNamed('*');

  const bucketOf = ({ method, url }: ForgeRequest): string =>
    limits.budget?.resourceOf?.(method, url) ?? 'core';

  /** Closes one bucket beside its budget, which a refusal may contradict. */
  const blockOf = (bucket: string): AccountBlock => blockNamed(`${bucket} refused`);

  const pacedBy = (rule: PacingRule): PacedWindow => {
    const { scope, per } = scopeOf(rule.scope, rule.per);
    return ledger.paced(scope, { ...rule, per });
  };

  const gatesOf = (request: ForgeRequest): readonly Gate[] => {
    const { method, url, call } = request;
    const background = call.background ?? false;
    const budget = limits.budget;
    const told =
      budget === undefined
        ? []
        : [ledger.told(scopeOf(bucketOf(request), budget.per).scope).gate(background)];
    const paced = limits.pacing
      .filter((rule) => rule.appliesTo?.(method, url) ?? true)
      .map((rule) => pacedBy(rule).gate(rule.cost(method), background));
    return [accountBlock().gate(), blockOf(bucketOf(request)).gate(), ...told, ...paced];
  };

  const note = (request: ForgeRequest, answer: Answer, sentAt: Date): Answer => {
    const now = clock.now();
    const told = limits.budget && readBudget(limits.budget, answer.headers, answer.answeredAt);
    const bucket = told?.resource ?? bucketOf(request);
    const learn = ({ limit, remaining, resetAt, ...reading }: BudgetReading): void => {
      const { scope, per } = scopeOf(bucket, reading.per);
      const budget = ledger.told(scope).learn({ scope, per, limit, remaining, resetAt }, now);
      tell(request, context.logger, { kind: 'budget', budget });
      ledger.write(budget);
    };
    const { failure } = answer;
    const block = accountBlock();
    if (failure?.kind !== 'rate_limited') {
      if (answer.status !== 0) block.passed(sentAt);
      if (told !== undefined) learn(told);
      return answer;
    }
    const named = failure.details.retryAt ?? (told?.remaining === 0 ? told.resetAt : undefined);
    const waitMs = named
      ? Math.max(named.getTime() - now.getTime(), shortestWaitMs)
      : block.fallbackMs(limits.fallbackWaitMs, sentAt);
    const until = afterMs(waitMs, now) ?? now;
    const isUsedUp = told?.remaining === 0;
    // A time of its own is the better word than the reset of a budget that is used up.
    if (told !== undefined && !(isUsedUp && failure.details.retryAt !== undefined)) learn(told);
    const onlyThisBucket = named !== undefined && isUsedUp && bucket === bucketOf(request);
    ledger.write((onlyThisBucket ? blockOf(bucket) : block).close(until, sentAt));
    return { ...answer, failure: limited(failure.message, { ...failure.details, retryAt: until }, now) };
  };

  return async (request) => {
    const gates = gatesOf(request);
    try {
      await enter(gates, request, options);
      const sentAt = clock.now();
      return note(request, await next(request), sentAt);
    } finally {
      for (const gate of gates) gate.leave();
    }
  };
}

async function enter(
  gates: readonly Gate[],
  request: ForgeRequest,
  { provider, profile: { forge }, context: { clock, ledger, logger, random } }: RateLimitOptions,
): Promise<void> {
  const { signal, call } = request;
  const maxWaitMs = call.maxWaitMs ?? defaultMaxWaitMs;
  for (;;) {
    const shared = await Promise.all(gates.map((gate) => ledger.read(gate.scope)));
    signal.throwIfAborted();
    const now = clock.now();
    const closed = gates.flatMap((gate, index) => {
      const closure = gate.closure(shared[index], now);
      return closure ? [{ ...closure, scope: gate.scope }] : [];
    });
    // What only time opens is waited for first.
    const latest = lastToOpen(closed.filter(({ sooner }) => sooner === undefined)) ?? lastToOpen(closed);
    if (latest === undefined) {
      for (const budget of gates.flatMap((gate, index) => gate.enter(shared[index], now) ?? []))
        ledger.write(budget);
      return;
    }
    const { until, sooner, scope, reserved } = latest;
    const waitMs = until.getTime() - now.getTime();
    const isTooLong = waitMs > maxWaitMs;
    if (sooner !== undefined) {
      const room = sooner().then(() => true);
      const isOpen = await withinMs(clock, Math.min(waitMs, maxWaitMs), room, {
        late: () => !isTooLong,
        signal,
      });
      if (isOpen) continue;
    }
    if (isTooLong) {
      const text =
        reserved === true
          ? `The few requests that ${forge} still allows for now are kept for what people do themselves.`
          : `${forge} allows no more requests for now.`;
      throw limited(text, { provider, retryAt: until }, now);
    }
    tell(request, logger, { kind: 'waiting', until, scope });
    await clock.sleep(waitMs + spreadMs(waitMs, random), signal);
  }
}

function lastToOpen<T extends Closure>(closures: readonly T[]): T | undefined {
  return [...closures].sort((one, other) => other.until.getTime() - one.until.getTime())[0];
}

function limited(
  message: string,
  details: ProviderErrorDetails & { readonly retryAt: Date },
  now: Date,
): ProviderError {
  const text = `Try again in ${durationWords(details.retryAt.getTime() - now.getTime())}.`;
  return new ProviderError('rate_limited', message, { ...details, repair: details.repair ?? { text } });
}
