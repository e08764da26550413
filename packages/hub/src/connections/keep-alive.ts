import { describeFault } from '../describe-fault.js';
import type { Resources } from '../resources.js';
import { Repeating } from '../repeating.js';
import { ConnectionCredentialStore } from './connection-credential-store.js';
import type { ConnectionRenewals } from './connection-renewals.js';
import type { ConnectionEpoch } from './stored-connection.js';

const everyMs = 15 * 60_000;
const batchSize = 50;
/** A forge that is in trouble, or a git provider whose address was changed, is for another day. */
const laterMs = 6 * 3_600_000;

type Due = ConnectionEpoch & { readonly version: number; readonly type: string };

/**
 * Renews the OAuth sign-ins that nobody uses, before their refresh tokens die of it. Several servers may do so at once:
 * a renewal happens once, whoever asks.
 */
export class KeepAlive {
  readonly #resources: Resources;
  readonly #renewals: ConnectionRenewals;
  readonly #repeating: Repeating;

  constructor(resources: Resources, renewals: ConnectionRenewals) {
    const { clock, logger } = resources;
    this.#resources = resources;
    this.#renewals = renewals;
    const failure = 'Idle sign-ins could not be kept alive.';
    this.#repeating = new Repeating({ clock, logger, everyMs, failure }, async (signal) => {
      await this.#renewals.forgetIdle();
      await this.renewIdle(signal);
    });
  }

  start(): void {
    this.#repeating.start();
  }

  close(): Promise<void> {
    return this.#repeating.close();
  }

  /** Renews what is due, the most urgent first, one after the other. */
  async renewIdle(signal: AbortSignal): Promise<void> {
    for (;;) {
      const due = await this.#findDue();
      for (const connection of due) {
        if (signal.aborted) return;
        await this.#renew(connection, signal);
      }
      if (due.length < batchSize) return;
    }
  }

  async #findDue(): Promise<readonly Due[]> {
    const { store } = this.#resources;
    const now = await store.now();
    return store.database
      .selectFrom('connections')
      .innerJoin('git_providers', 'git_providers.id', 'connections.git_provider_id')
      .select([
        'connections.id as connectionId',
        'connections.git_provider_id as gitProviderId',
        'connections.epoch',
        'connections.credential_version as version',
        'git_providers.type',
      ])
      .where('connections.keep_alive_at', '<=', now)
      .where('connections.credential_refused', '=', 0)
      .where('connections.attention_reason', 'is', null)
      .orderBy('connections.keep_alive_at')
      .orderBy('connections.id')
      .limit(batchSize)
      .execute();
  }

  async #renew(due: Due, signal: AbortSignal): Promise<void> {
    try {
      const stored = await new ConnectionCredentialStore(this.#resources, due).read();
      if (stored?.version !== String(due.version)) return;
      await this.#renewals.of(due, due.type).renew(stored.credential, { signal });
    } catch (error) {
      if (signal.aborted) return;
      const { connectionId } = due;
      this.#resources.logger.warn(
        { connectionId, error: describeFault(error) },
        'An idle sign-in was not renewed.',
      );
      await this.#postpone(due);
    }
  }

  async #postpone({ connectionId, version }: Due): Promise<void> {
    const { store } = this.#resources;
    await store.database
      .updateTable('connections')
      .set({ keep_alive_at: (await store.now()) + laterMs })
      .where('id', '=', connectionId)
      .where('credential_version', '=', version)
      .execute();
  }
}
