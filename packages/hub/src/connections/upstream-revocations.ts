import type { Clock, Credential, GitProvider, Logger } from '@anyforge/core';
import { revokeUpstream } from './revoke-upstream.js';

const graceMs = 5_000;

/** Credentials that nobody keeps, being ended at their forges while nobody waits. */
export class UpstreamRevocations {
  readonly #parts: { readonly clock: Clock; readonly logger: Logger };
  readonly #running = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();

  constructor(parts: { readonly clock: Clock; readonly logger: Logger }) {
    this.#parts = parts;
  }

  /** @param provider with the settings that the credential was given for */
  revoke(provider: GitProvider, credential: Credential): void {
    const { logger } = this.#parts;
    const running = revokeUpstream(provider, credential, logger, this.#closing.signal).finally(() =>
      this.#running.delete(running),
    );
    this.#running.add(running);
  }

  /** Resolves when nothing is being revoked. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** Lets what runs come to its end, and gives it up when it takes long. */
  async close(): Promise<void> {
    const settled = new AbortController();
    const patience = this.#parts.clock.sleep(graceMs, settled.signal).then(
      () => {
        this.#closing.abort();
      },
      () => undefined,
    );
    await this.settled();
    settled.abort();
    await patience;
  }
}
