import { ServerProcess } from '@anyforge/server/testing/server-process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Canaries } from './canaries.js';
import { readFolder } from './read-folder.js';
import type { Evidence } from './searcher.js';
import type { Answer } from './visitor.js';
import { AnswerBook, Visitor } from './visitor.js';

/** A server process, what it is given, and everything that comes out of it. */
export class Stage {
  readonly canaries = new Canaries();
  readonly answers = new AnswerBook();
  readonly folder: string;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #evidence: Evidence[] = [];
  #server: ServerProcess | undefined;
  #starts = 0;

  constructor(folder: string, settings: Readonly<Record<string, string>>) {
    this.folder = folder;
    const key = this.canaries.plant('the encryption key', randomBytes(32).toString('base64'));
    this.#settings = {
      DATA_DIR: join(folder, 'data'),
      LOG_LEVEL: 'debug',
      ALLOW_ADDRESSES: 'loopback',
      METRICS_PORT: '0',
      ENCRYPTION_KEY: key,
      ...settings,
    };
  }

  get server(): ServerProcess {
    if (this.#server === undefined) throw new Error('The server does not run.');
    return this.#server;
  }

  get evidence(): readonly Evidence[] {
    return [...this.#evidence, ...this.answers.all];
  }

  add(evidence: Evidence): void {
    this.#evidence.push(evidence);
  }

  /** A secret of ours that nobody else has made. */
  invent(name: string): string {
    return this.canaries.invent(name);
  }

  visitor(): Visitor {
    return new Visitor(() => this.server.url, this.answers);
  }

  /** Goes on as a browser does, with the cookies that an answer has set, each of which only that answer may show. */
  inBrowser(answer: Answer): Visitor {
    const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    for (const cookie of cookies) {
      const [name = '', value = ''] = cookie.split(/=(.*)/s);
      if (value.length >= 12) this.canaries.plant(`cookie ${name}`, value, answer.label);
    }
    return this.visitor().with({
      cookie: cookies.join('; '),
      origin: new URL(this.server.publicUrl).origin,
    });
  }

  async start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#starts += 1;
    this.#server = await ServerProcess.start({ ...this.#settings, ...settings });
  }

  /** A start that has to fail: what it says about it is evidence. */
  async failToStart(what: string, settings: Readonly<Record<string, string>>): Promise<void> {
    const words = await ServerProcess.start({ ...this.#settings, ...settings }).then(
      async (server) => {
        await server.stop();
        throw new Error(`The server has started with ${what}.`);
      },
      (error: unknown) => String(error),
    );
    this.add({ kind: 'settings errors', label: `start with ${what}`, bytes: Buffer.from(words) });
  }

  /** Ends the process, and keeps what it has written and what its files are then. */
  async end(how: 'stop' | 'kill'): Promise<void> {
    const { server } = this;
    await this.#keepMetrics(server.output);
    await this.keepFiles(`before ${how}`);
    await (how === 'stop' ? server.stop() : server.kill());
    this.#server = undefined;
    const label = `output of start ${String(this.#starts)}, ended by ${how}`;
    this.add({ kind: 'log', label, bytes: Buffer.from(server.output) });
    await this.keepFiles(`after ${how}`);
  }

  /** Whatever has happened. */
  async close(): Promise<void> {
    await this.#server?.kill();
  }

  async #keepMetrics(output: string): Promise<void> {
    const address = /Its metrics are at (http:\S+\/metrics)\./.exec(output)?.[1];
    if (address === undefined) throw new Error('The server has not said where its metrics are.');
    const text = await (await fetch(address)).text();
    this.add({
      kind: 'metrics',
      label: `metrics of start ${String(this.#starts)}`,
      bytes: Buffer.from(text),
    });
  }

  async keepFiles(when: string): Promise<void> {
    const folder = join(this.folder, 'data');
    for (const { path, bytes } of await readFolder(folder)) {
      this.add({ kind: kindOfFile(path), label: `${path} ${when}`, bytes });
    }
  }
}

function kindOfFile(path: string): string {
  if (path.endsWith('.db-wal')) return 'write-ahead log';
  return path.includes('.db') ? 'database files' : 'data folder';
}
