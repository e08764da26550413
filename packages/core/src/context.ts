import type { RateBudget } from './calls.js';

/** Every effect that an adapter has comes in here. Whatever is absent, `@anyforge/provider-kit` provides. */
export interface ProviderContext {
  /** Guarded and pooled by the kit. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
  /** May be shared by replicas. */
  readonly budgets?: BudgetStore | undefined;
  /** May be shared by replicas. */
  readonly responses?: ResponseCache | undefined;
}

export interface Clock {
  now(): Date;
  /** Rejects with `signal.reason` as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Logger {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface BudgetStore {
  read(scope: string): Promise<RateBudget | undefined>;
  write(scope: string, budget: RateBudget): Promise<void>;
}

export interface ResponseCache {
  read(key: string): Promise<CachedResponse | undefined>;
  write(key: string, entry: CachedResponse): Promise<void>;
}

export interface CachedResponse {
  readonly etag: string;
  /** As `structuredClone` takes it, bytes included: `serialize` of `node:v8` makes a row of bytes of it, JSON does not. */
  readonly value: unknown;
}
