import type { ErrorKind } from './errors.js';

/**
 * Every asynchronous method ends with these. There is no other way to cancel, to bound waiting, or to watch.
 *
 * A cancelled call rejects with `signal.reason`, as `fetch` does, never with a `ProviderError`.
 */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * Longest single wait that the forge asks for, in milliseconds: for a rate limit, or until it is in order again. A
   * longer one for a limit throws `rate_limited` with `retryAt`; any other makes the failure final. The short pauses
   * between attempts at a request that failed do not count.
   * The transport of `@anyforge/provider-kit` waits a minute at most unless told otherwise.
   */
  readonly maxWaitMs?: number | undefined;
  /**
   * Nobody waits for this call: it leaves a part of each rate limit to the calls for which somebody does, and treats a
   * limit of which no more than that part is left as one that is used up. The transport of `@anyforge/provider-kit`
   * leaves a tenth.
   */
  readonly background?: boolean | undefined;
  /** Told what happens on the wire, synchronously and in order. Must not throw. */
  readonly onEvent?: ((event: CallEvent) => void) | undefined;
}

/** What happens while a call runs. No event ever carries a credential: URLs are told without secrets. */
export type CallEvent =
  | {
      readonly kind: 'request';
      readonly method: string;
      readonly url: string;
      readonly status: number;
      readonly durationMs: number;
    }
  | { readonly kind: 'retry'; readonly attempt: number; readonly reason: ErrorKind }
  | { readonly kind: 'waiting'; readonly until: Date; readonly scope: string }
  | { readonly kind: 'budget'; readonly budget: RateBudget }
  | { readonly kind: 'deprecated'; readonly endpoint: string; readonly sunset?: Date | undefined };

/** What is left of one of the forge's limits. */
export interface RateBudget {
  /**
   * Names the limit in four words with a space between them: the git provider's type and address, the key of who shares
   * it (percent-encoded), and the forge's own bucket, which may have spaces in it.
   */
  readonly scope: string;
  /** Who shares it. */
  readonly per: 'credential' | 'application' | 'address';
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt?: Date | undefined;
}
