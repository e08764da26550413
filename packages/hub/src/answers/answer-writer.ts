import { describeFault } from '../describe-fault.js';
import type { Resources } from '../resources.js';
import type { AnswerRow } from '../store/rows/answers.js';
import type { AnswerAccount } from './answer-accounts.js';
import { noteUse, storeAnswers } from './stored-answers.js';

/** What is to be stored of one request. */
interface QueuedAnswer {
  readonly account: AnswerAccount;
  readonly packed: Buffer;
}

export interface AnswerRoom {
  /** Most bytes that all answers together may take in the database. */
  readonly inAll: number;
  /** Most bytes that those of one connection may. */
  readonly ofOne: number;
}

/** So that what is stored of a listing does not get in the way of the listing itself. */
const pauseMs = 2_000;
/** What waits in memory, at most; more is not kept. */
const mostWaiting = 32 * 1024 * 1024;
/** A transaction is this large at most, as others wait for it on the embedded database. */
const batchBytes = 1024 * 1024;
const batchRows = 100;
/** How often it is looked up what all answers take. */
const measuredMs = 60_000;

/** Stores answers behind everybody's back, in small transactions. */
export class AnswerWriter {
  readonly #resources: Resources;
  readonly #room: AnswerRoom;
  readonly #queued = new Map<string, QueuedAnswer>();
  readonly #used = new Set<string>();
  readonly #closing = new AbortController();
  #waiting = 0;
  #pausing: Promise<void> | undefined;
  #storing: Promise<void> = Promise.resolve();
  #taken = { bytes: 0, until: 0 };

  constructor(resources: Resources, room: AnswerRoom) {
    this.#resources = resources;
    this.#room = room;
  }

  /** What waits to be stored under this name. */
  queued(id: string): Buffer | undefined {
    return this.#queued.get(id)?.packed;
  }

  /** Stores it in a while, or not at all when too much waits already. */
  add(id: string, answer: QueuedAnswer): void {
    const added = answer.packed.byteLength - (this.queued(id)?.byteLength ?? 0);
    if (this.#waiting + added > mostWaiting) return;
    this.#waiting += added;
    this.#queued.set(id, answer);
    this.#storeInAWhile();
  }

  /** Notes in a while that it is in use. */
  touch(id: string): void {
    this.#used.add(id);
    this.#storeInAWhile();
  }

  /** Stores now what waits. Never rejects: what fails costs the saving. */
  settled(): Promise<void> {
    this.#storing = this.#storing.then(() => this.#store());
    return this.#storing;
  }

  /** The same; nothing is taken in afterwards. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#pausing;
    await this.settled();
  }

  #storeInAWhile(): void {
    if (this.#closing.signal.aborted) return;
    this.#pausing ??= this.#pause().finally(() => {
      this.#pausing = undefined;
    });
  }

  async #pause(): Promise<void> {
    try {
      await this.#resources.clock.sleep(pauseMs, this.#closing.signal);
    } catch {
      // Whoever closes it has the rest stored.
      return;
    }
    await this.settled();
  }

  async #store(): Promise<void> {
    try {
      while (this.#queued.size > 0) await this.#storeBatch(this.#takeBatch());
      await this.#noteUse();
    } catch (error) {
      this.#queued.clear();
      this.#used.clear();
      this.#waiting = 0;
      this.#resources.logger.warn({ error: describeFault(error) }, 'Answers of forges could not be kept.');
    }
  }

  #takeBatch(): readonly (readonly [string, QueuedAnswer])[] {
    const batch: (readonly [string, QueuedAnswer])[] = [];
    let bytes = 0;
    for (const [id, answer] of this.#queued) {
      if (batch.length >= batchRows || (bytes > 0 && bytes + answer.packed.byteLength > batchBytes)) break;
      bytes += answer.packed.byteLength;
      batch.push([id, answer]);
    }
    return batch;
  }

  async #storeBatch(batch: readonly (readonly [string, QueuedAnswer])[]): Promise<void> {
    const free = this.#room.inAll - (await this.#takenInAll());
    const rows = batch.map(([id, answer]) => ({ ...this.#seal(id, answer), epoch: answer.account.epoch }));
    this.#taken.bytes += await storeAnswers(this.#resources.store, rows, { free, ofOne: this.#room.ofOne });
    for (const [id, answer] of batch) {
      this.#noteKept(id, answer.account);
      if (this.#queued.get(id) !== answer) continue;
      this.#queued.delete(id);
      this.#waiting -= answer.packed.byteLength;
    }
  }

  /** Where it could not be looked up what is kept, that is done again. */
  #noteKept(id: string, { kept }: AnswerAccount): void {
    kept?.then(
      (known) => known.add(id),
      () => undefined,
    );
  }

  #seal(id: string, { account, packed }: QueuedAnswer): AnswerRow {
    const value = this.#resources.vault.seal(packed, { table: 'answers', id, column: 'value' });
    return {
      id,
      connection_id: account.connectionId,
      value,
      bytes: value.length + id.length,
      used_at: this.#resources.clock.now().getTime(),
    };
  }

  /** Other processes take room as well, so it is looked up from time to time. */
  async #takenInAll(): Promise<number> {
    const now = this.#resources.clock.now().getTime();
    if (now >= this.#taken.until) {
      const { bytes } = await this.#resources.store.database
        .selectFrom('answers')
        .select((expression) => expression.fn.sum('bytes').as('bytes'))
        .executeTakeFirstOrThrow();
      this.#taken = { bytes: Number(bytes), until: now + measuredMs };
    }
    return this.#taken.bytes;
  }

  async #noteUse(): Promise<void> {
    const used = [...this.#used];
    this.#used.clear();
    const usedAt = this.#resources.clock.now().getTime();
    for (let start = 0; start < used.length; start += batchRows)
      await noteUse(this.#resources.store, used.slice(start, start + batchRows), usedAt);
  }
}
