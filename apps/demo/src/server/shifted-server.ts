import { ServerProcess } from '@anyforge/server/testing';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built server in processes of its own, in which it can be another day. */
export class ShiftedServer {
  readonly #process: ServerProcess;
  readonly #folder: string;

  private constructor(process: ServerProcess, folder: string) {
    this.#process = process;
    this.#folder = folder;
  }

  /** @param dataDirectory a temporary one when not given, which goes with the server */
  static async start(
    settings: Readonly<Record<string, string>>,
    dataDirectory: string | undefined,
  ): Promise<ShiftedServer> {
    const folder = await mkdtemp(join(tmpdir(), 'anyforge-demo-'));
    try {
      await mkdir(timesIn(folder));
      const started = await ServerProcess.start({
        NODE_OPTIONS: `--import=${new URL('shifted-time.js', import.meta.url).href}`,
        SHIFTED_TIME_FOLDER: timesIn(folder),
        DATA_DIR: dataDirectory ?? join(folder, 'data'),
        ...settings,
      });
      return new ShiftedServer(started, folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get publicUrl(): string {
    return this.#process.publicUrl;
  }

  /** Lets its time be so far ahead of the system's. */
  async setAhead(ms: number): Promise<void> {
    for (const name of await readdir(timesIn(this.#folder))) {
      const port = await readFile(join(timesIn(this.#folder), name), 'utf8');
      const socket = connect(Number(port), '127.0.0.1');
      socket.resume().end(String(ms));
      await once(socket, 'close');
    }
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function timesIn(folder: string): string {
  return join(folder, 'times');
}
