import { ServerProcess } from '@anyforge/server/testing/server-process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TimeControl } from './time-control.js';

/** The built server in processes of its own, in which it can be another day. */
export class ShiftedServer {
  readonly #process: ServerProcess;
  readonly #folder: string;
  readonly #time: TimeControl;

  private constructor(process: ServerProcess, folder: string, time: TimeControl) {
    this.#process = process;
    this.#folder = folder;
    this.#time = time;
  }

  /** @param dataDirectory a temporary one when not given, which goes with the server */
  static async start(
    settings: Readonly<Record<string, string>>,
    dataDirectory: string | undefined,
  ): Promise<ShiftedServer> {
    const folder = await mkdtemp(join(tmpdir(), 'anyforge-demo-'));
    try {
      const times = join(folder, 'times');
      await mkdir(times);
      const started = await ServerProcess.start({
        NODE_OPTIONS: `--import=${new URL('shifted-time.js', import.meta.url).href}`,
        SHIFTED_TIME_FOLDER: times,
        DATA_DIR: dataDirectory ?? join(folder, 'data'),
        ...settings,
      });
      return new ShiftedServer(started, folder, await connectOrStop(started, times));
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get publicUrl(): string {
    return this.#process.publicUrl;
  }

  /** Lets its time be so far ahead of the system's. */
  setAhead(ms: number): Promise<void> {
    return this.#time.setAhead(ms);
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A server whose time nobody can set runs for nobody. */
async function connectOrStop(started: ServerProcess, times: string): Promise<TimeControl> {
  try {
    return await TimeControl.connect(times);
  } catch (error) {
    await started.stop();
    throw error;
  }
}
