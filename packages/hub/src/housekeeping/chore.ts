/** Work that nobody waits for. Several processes may find themselves at the same one: that must do no harm. */
export interface Chore {
  /** Names it among all processes. */
  readonly name: string;
  /** How long after it was done it is done again, in milliseconds. */
  readonly everyMs: number;
  /** What the log says when it fails: `Old audit events could not be deleted.` */
  readonly failure: string;
  /**
   * Does it in batches, each so small that nobody notices. At each item that it yields others have their turn, and it may
   * be left for good.
   *
   * @param signal aborts when it is to be left, for what does several batches in one step
   */
  batches(signal: AbortSignal): AsyncIterable<unknown>;
}
