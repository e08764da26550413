import type { RateBudget } from '@anyforge/core';

/** How long a gate is closed. */
export interface Closure {
  readonly until: Date;
  /** Present where a request in flight may turn out to leave room: resolves when the next one ends. */
  readonly sooner?: (() => Promise<void>) | undefined;
  /** Whether a call for which somebody waits would be let in. */
  readonly reserved?: boolean | undefined;
}

/**
 * One limit that a request has to pass. All methods are synchronous, so that between asking whether a gate is
 * open and entering it nobody else of this process comes in.
 */
export interface Gate {
  /** Names the limit in the shared store. */
  readonly scope: string;
  /**
   * How long the gate lets no more request in; undefined: it is open.
   *
   * @param shared what the shared store knows of this limit
   */
  closure(shared: RateBudget | undefined, now: Date): Closure | undefined;
  /** Takes the place of one request. Returns what the shared store has to know of it. */
  enter(shared: RateBudget | undefined, now: Date): RateBudget | undefined;
  /** The request that entered was answered, or will never be. */
  leave(): void;
}
