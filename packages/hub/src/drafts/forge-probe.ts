import type { CallOptions, Clock, ErrorKind, GitProvider, ProbeResult } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';

/** How long a refusal of the address is waited for, in milliseconds, when nothing else is heard. */
const refusalWithinMs = 5_000;

/** Of failures to get any answer; all others come from something that answered. */
const unreached: ReadonlySet<ErrorKind> = new Set(['blocked_address', 'network', 'timeout']);

/** One probe of a forge, which tells of three steps: each is told as soon as it is decided. */
export class ForgeProbe {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #result: Promise<ProbeResult>;
  /** Something was sent: the address was allowed. */
  readonly #tried = flag();
  readonly #answered = flag();

  constructor(provider: GitProvider, clock: Clock, call: CallOptions & { readonly signal: AbortSignal }) {
    this.#clock = clock;
    this.#signal = call.signal;
    this.#result = provider.probe({
      ...call,
      onEvent: ({ kind }) => {
        if (kind === 'request' || kind === 'retry') this.#tried.raise();
        if (kind === 'request') this.#answered.raise();
      },
    });
    // Each step looks at it in its own time.
    this.#result.catch(() => undefined);
  }

  /** @throws ProviderError `blocked_address`. */
  async allowed(): Promise<void> {
    const done = new AbortController();
    const waited = this.#clock
      .sleep(refusalWithinMs, AbortSignal.any([this.#signal, done.signal]))
      .catch(() => undefined);
    const failure = await Promise.race([this.#tried.raised, this.#failure(), waited]);
    done.abort();
    if (ProviderError.is(failure) && failure.kind === 'blocked_address') throw failure;
  }

  /** @throws ProviderError why nothing answers. */
  async answered(): Promise<void> {
    const failure = await Promise.race([this.#answered.raised, this.#failure()]);
    if (ProviderError.is(failure) && unreached.has(failure.kind)) throw failure;
  }

  /** @throws ProviderError what answers is not that forge, or not in order. */
  found(): Promise<ProbeResult> {
    return this.#result;
  }

  #failure(): Promise<unknown> {
    return this.#result.then(
      () => undefined,
      (error: unknown) => error,
    );
  }
}

/** Something that happens once and is then so. */
function flag(): { readonly raised: Promise<void>; raise(): void } {
  let raise = (): void => undefined;
  const raised = new Promise<void>((resolve) => {
    raise = resolve;
  });
  return {
    raised,
    raise: () => {
      raise();
    },
  };
}
