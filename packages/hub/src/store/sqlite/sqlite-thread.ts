import { Worker } from 'node:worker_threads';
import { HubError } from '../../errors.js';
import type { DatabaseErrorKind } from '../database-error.js';
import { DatabaseError } from '../database-error.js';

interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** What `worker.js` says. */
type Answer =
  | { readonly ready: true }
  | { readonly refused: Refusal }
  | { readonly id: number; readonly rows: unknown[]; readonly changes: number }
  | { readonly id: number; readonly error: Refusal };

export interface SqliteResult {
  readonly rows: unknown[];
  readonly changes: number;
}

interface Waiting {
  resolve(result: SqliteResult): void;
  reject(error: Error): void;
}

const kinds: readonly { readonly code: string; readonly kind: DatabaseErrorKind }[] = [
  { code: 'SQLITE_CONSTRAINT_UNIQUE', kind: 'unique_violation' },
  { code: 'SQLITE_CONSTRAINT_PRIMARYKEY', kind: 'unique_violation' },
  { code: 'SQLITE_BUSY', kind: 'locked' },
  { code: 'SQLITE_LOCKED', kind: 'locked' },
];

function translate({ code, message }: Refusal): Error {
  // What the operator can mend is told in words for them, wherever it is met.
  if (code === 'SQLITE_FULL') {
    return new HubError(
      'store_full',
      'The disk that holds the data folder is full. Free some space and try again; what was stored before is kept.',
    );
  }
  const kind = kinds.find((row) => row.code === code)?.kind ?? 'other';
  return new DatabaseError(kind, `${message} (${code})`);
}

/** A SQLite database in a thread of its own. Statements run one after the other, in the order they were given. */
export class SqliteThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #exited: Promise<void>;
  /** Resolves when the thread has died without having been closed; never rejects. */
  readonly failed: Promise<Error>;
  #nextId = 0;
  /** Why no statement is taken any more. */
  #ended: HubError | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.failed = new Promise((resolve) => {
      const fail = (reason: string): void => {
        if (this.#ended !== undefined) return;
        this.#ended = new HubError(
          'store_failed',
          `The database has stopped working: ${reason}. Start the server again; what was stored is kept.`,
        );
        resolve(this.#ended);
      };
      worker.on('error', (error) => {
        fail(error.message);
      });
      worker.once('exit', () => {
        fail('its thread has ended');
      });
    });
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        for (const waiting of this.#waiting.values()) waiting.reject(this.#ended ?? HubError.closed());
        this.#waiting.clear();
        resolve();
      });
    });
  }

  /**
   * @throws DatabaseError `locked` when another process or thread has the file open.
   * @throws HubError `store_failed` · `store_full`.
   */
  static async open(file: string): Promise<SqliteThread> {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { file },
      execArgv: [],
    });
    const thread = new SqliteThread(worker);
    await new Promise<void>((resolve, reject) => {
      void thread.failed.then(reject);
      worker.on('message', (answer: Answer) => {
        if ('ready' in answer) resolve();
        else if ('refused' in answer) reject(translate(answer.refused));
        else thread.#settle(answer);
      });
    }).catch(async (error: unknown) => {
      await thread.#exited;
      throw error;
    });
    return thread;
  }

  execute(sql: string, parameters: readonly unknown[]): Promise<SqliteResult> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, sql, parameters });
    });
  }

  /** Resolves when what was asked before is done, the thread has ended and the file's lock is free. */
  async close(): Promise<void> {
    if (this.#ended === undefined) {
      this.#ended = HubError.closed();
      this.#worker.postMessage({ close: true });
    }
    await this.#exited;
  }

  #settle(answer: Extract<Answer, { readonly id: number }>): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(translate(answer.error));
    else waiting?.resolve(answer);
  }
}
