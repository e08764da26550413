/** Hears what is told on a channel. */
export interface MessageListener {
  /** Of any process, this one as well. It may come late, and not at all while messages do not arrive. */
  heard(text: string): void;
  /** Messages arrive from now on, at first or again: some may have been missed. */
  arriving(): void;
}

/** How the processes on one database tell each other that there is something to look up. Nothing relies on it alone. */
export interface Messages {
  /** Whether messages arrive here at the moment. */
  readonly arriving: boolean;
  /**
   * Tells every process that listens. A text is at most 7,999 bytes long.
   *
   * @throws HubError `store_failed`.
   */
  send(channel: string, text: string): Promise<void>;
  /** Listens until the answer is called. */
  listen(channel: string, listener: MessageListener): () => void;
}
