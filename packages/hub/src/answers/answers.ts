import type { CachedResponse, ResponseCache } from '@anyforge/core';
import type { ConnectionEpoch } from '../connections/stored-connection.js';
import type { Resources } from '../resources.js';
import { AnswerAccounts } from './answer-accounts.js';
import type { AnswerAccount } from './answer-accounts.js';
import type { AnswerRoom } from './answer-writer.js';
import { AnswerWriter } from './answer-writer.js';
import { packAnswer, unpackAnswer } from './packed-answer.js';
import { removeUnused } from './stored-answers.js';

const dayMs = 24 * 60 * 60 * 1000;
/** What is asked for once a week finds its answers. */
const keptMs = 8 * dayMs;
const sweptAtOnce = 100;
/** How long it is known by name what is kept of a connection: a first listing is not held up for each of its pages. */
const knownMs = 60_000;

/**
 * Room for the listings of two million repositories of GitHub in all, a hundred thousand and more of one connection.
 */
const defaultAnswerRoom: AnswerRoom = { inAll: 1024 ** 3, ofOne: 64 * 1024 ** 2 };

/**
 * What forges have answered to the people who are signed in, kept in the database so that any process can ask whether
 * it still holds. Compressed, sealed, and gone with the connection or its credential. It only ever saves: what fails
 * here is asked for anew.
 *
 * When there is no more room, nothing is taken in until something was not used for eight days: a listing that is read
 * from end to end would else push out each page just before its turn.
 */
export class Answers implements ResponseCache {
  readonly #resources: Resources;
  readonly #writer: AnswerWriter;
  readonly #accounts = new AnswerAccounts();

  constructor(resources: Resources, room: AnswerRoom = defaultAnswerRoom) {
    this.#resources = resources;
    this.#writer = new AnswerWriter(resources, room);
  }

  /** Answers are kept for connections of which a session was opened with this, under the account's key. */
  expect(connection: ConnectionEpoch): void {
    this.#accounts.add(connection);
  }

  /** @throws HubError `wrong_encryption_key`, or whatever fails the database */
  async read(key: string): Promise<CachedResponse | undefined> {
    const account = this.#accounts.of(key);
    if (account === undefined) return undefined;
    const packed = this.#writer.queued(key) ?? (await this.#stored(key, account));
    return packed && unpackAnswer(packed);
  }

  /** Resolves before it is stored. */
  async write(key: string, entry: CachedResponse): Promise<void> {
    const account = this.#accounts.of(key);
    if (account !== undefined) this.#writer.add(key, { account, packed: await packAnswer(entry) });
  }

  /** Deletes what nobody has asked for in eight days, in batches that leave others their turn. */
  async sweep(signal?: AbortSignal): Promise<void> {
    const { store, clock } = this.#resources;
    const before = clock.now().getTime() - keptMs;
    while (signal?.aborted !== true && (await removeUnused(store, before, sweptAtOnce)) === sweptAtOnce);
  }

  /** Resolves when what was given until now is stored. */
  settled(): Promise<void> {
    return this.#writer.settled();
  }

  /** The same, for good. */
  close(): Promise<void> {
    return this.#writer.close();
  }

  async #stored(key: string, account: AnswerAccount): Promise<Buffer | undefined> {
    const now = this.#resources.clock.now().getTime();
    if (!(await this.#keptOf(account, now)).has(key)) return undefined;
    const row = await this.#resources.store.database
      .selectFrom('answers')
      .select(['value', 'used_at'])
      .where('id', '=', key)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    if (row.used_at < now - dayMs) this.#writer.touch(key);
    return this.#resources.vault.openBytes(row.value, { table: 'answers', id: key, column: 'value' });
  }

  #keptOf(account: AnswerAccount, now: number): Promise<Set<string>> {
    if (account.kept === undefined || now >= account.keptUntil) {
      const kept = this.#lookUp(account);
      account.kept = kept;
      account.keptUntil = now + knownMs;
      kept.catch(() => {
        if (account.kept === kept) account.kept = undefined;
      });
    }
    return account.kept;
  }

  async #lookUp({ connectionId }: AnswerAccount): Promise<Set<string>> {
    const rows = await this.#resources.store.database
      .selectFrom('answers')
      .select('id')
      .where('connection_id', '=', connectionId)
      .execute();
    return new Set(rows.map(({ id }) => id));
  }
}
