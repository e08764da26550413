import { createHash } from 'node:crypto';
import { accountKeyOf } from '../connections/account-key.js';
import type { ConnectionEpoch } from '../connections/stored-connection.js';

/** Whose answers an adapter keeps. */
export interface AnswerAccount {
  readonly connectionId: string;
  readonly epoch: number;
  /** What is kept of it, as it was looked up; undefined: that was never done, or failed. */
  kept: Promise<Set<string>> | undefined;
  /** When that is looked up anew, in epoch milliseconds: other processes keep answers as well. */
  keptUntil: number;
}

/** Those who were not seen for longest are forgotten, which costs them the saving until they are seen again. */
const mostKnown = 10_000;

/** Which connection an adapter means: it names what it keeps by a hash of the key that it was given for the account. */
export class AnswerAccounts {
  readonly #known = new Map<string, AnswerAccount>();

  /** Says that a session of this connection is opened, with the account's key. */
  add(connection: ConnectionEpoch): void {
    const name = createHash('sha256').update(accountKeyOf(connection)).digest('hex');
    const known = this.#known.get(name);
    this.#known.delete(name);
    this.#known.set(name, known ?? fresh(connection));
    for (const [oldest] of this.#known) {
      if (this.#known.size <= mostKnown) return;
      this.#known.delete(oldest);
    }
  }

  /** @param key `provider:account:request`, of which the second is the hash */
  of(key: string): AnswerAccount | undefined {
    return this.#known.get(key.split(':')[1] ?? '');
  }
}

function fresh({ connectionId, epoch }: ConnectionEpoch): AnswerAccount {
  return { connectionId, epoch, kept: undefined, keptUntil: 0 };
}
