import type { Clock, Logger } from '@anyforge/core';
import { describeFault } from '../describe-fault.js';
import { Repeating } from '../repeating.js';
import { fromJson, toJson } from '../store/json.js';
import type { Queries, Store } from '../store/store.js';
import { keysInUse, lockKeys, registerKey } from './key-registry.js';
import type { Vault } from './vault.js';

const userPrefix = 'encryption_key_user:';
/** How long a server that was killed counts as one that still encrypts. */
const termMs = 180_000;
const everyMs = 60_000;

interface KeyUser {
  readonly keyId: string;
  /** By the database's clock. */
  readonly until: number;
}

export interface KeyUseOptions {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The process's. */
  readonly id: string;
}

/** Tells all who share the database with which key this process encrypts, for as long as it runs. */
export class KeyUse {
  readonly #options: KeyUseOptions;
  readonly #repeating: Repeating;
  #isTold = false;

  constructor(options: KeyUseOptions) {
    const { clock, logger } = options;
    this.#options = options;
    const failure = 'It could not be said with which key this server encrypts.';
    this.#repeating = new Repeating({ clock, logger, everyMs, failure }, () => this.tell());
  }

  /** Goes on telling it, about once a minute. The first time is for the caller, before anything is encrypted. */
  start(): void {
    this.#repeating.start();
  }

  /** For the next three minutes. */
  async tell(): Promise<void> {
    const { store, vault, logger, id } = this.#options;
    this.#isTold = true;
    const until = (await store.now()) + termMs;
    const value = toJson<KeyUser>({ keyId: vault.keyId, until });
    const unknown = await store.database.transaction().execute(async (transaction) => {
      await lockKeys(transaction);
      await transaction
        .insertInto('meta')
        .values({ key: userPrefix + id, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
      // It was taken out of use while this process was asleep: what it has sealed since has to be found.
      await registerKey(transaction, vault);
      return (await keysInUse(transaction)).filter((keyId) => !vault.keyIds.includes(keyId));
    });
    if (unknown.length > 0) {
      logger.warn(
        { keys: unknown },
        'Another server encrypts with a key that this one does not know. Give it to this one as well.',
      );
    }
  }

  /** Takes it back; where that fails, it is over in three minutes. */
  async close(): Promise<void> {
    await this.#repeating.close();
    if (!this.#isTold) return;
    const { store, logger, id } = this.#options;
    try {
      await store.database
        .deleteFrom('meta')
        .where('key', '=', userPrefix + id)
        .execute();
    } catch (error) {
      logger.warn({ error: describeFault(error) }, 'It could not be said that this server encrypts no more.');
    }
  }
}

/** How many running processes encrypt with another key than this. Those that have ended are forgotten. */
export async function usersOfOtherKeys(database: Queries, keyId: string, now: number): Promise<number> {
  const rows = await database.selectFrom('meta').selectAll().where('key', 'like', `${userPrefix}%`).execute();
  const users = rows.map(({ key, value }) => ({ key, ...fromJson<KeyUser>(value) }));
  const ended = users.filter(({ until }) => until <= now).map(({ key }) => key);
  if (ended.length > 0) await database.deleteFrom('meta').where('key', 'in', ended).execute();
  return users.filter((user) => user.until > now && user.keyId !== keyId).length;
}
