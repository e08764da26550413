import { Worker } from 'node:worker_threads';
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
  reject(error: DatabaseError): void;
}

const kinds: readonly { readonly code: string; readonly kind: DatabaseErrorKind }[] = [
  { code: 'SQLITE_CONSTRAINT_UNIQUE', kind: 'unique_violation' },
  { code: 'SQLITE_CONSTRAINT_PRIMARYKEY', kind: 'unique_violation' },
  { code: 'SQLITE_BUSY', kind: 'locked' },
  { code: 'SQLITE_LOCKED', kind: 'locked' },
  { code: 'SQLITE_NOTADB', kind: 'not_a_database' },
  { code: 'SQLITE_CORRUPT', kind: 'not_a_database' },
];

function translate({ code, message }: Refusal): DatabaseError {
  const kind = kinds.find((row) => row.code === code)?.kind ?? 'other';
  return new DatabaseError(kind, `${message} (${code})`);
}

/** A SQLite database in a thread of its own. Statements run one after the other, in the order they were given. */
export class SqliteThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #exited: Promise<void>;
  #nextId = 0;
  #closed = false;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#end('The database is closed.');
        resolve();
      });
    });
  }

  /** @throws DatabaseError `locked` when another process or thread has the file open. */
  static async open(file: string): Promise<SqliteThread> {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { file },
      execArgv: [],
    });
    const thread = new SqliteThread(worker);
    await new Promise<void>((resolve, reject) => {
      worker.on('error', (error) => {
        thread.#end(`The database thread failed: ${error.message}`);
        reject(error);
      });
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
    if (this.#closed) return Promise.reject(new DatabaseError('closed', 'The database is closed.'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, sql, parameters });
    });
  }

  /** Resolves when what was asked before is done, the thread has ended and the file's lock is free. */
  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
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

  #end(reason: string): void {
    this.#closed = true;
    for (const waiting of this.#waiting.values()) waiting.reject(new DatabaseError('closed', reason));
    this.#waiting.clear();
  }
}
