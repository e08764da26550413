import { BuiltProcess } from './built-process.js';

/** The built server as a process of its own, which can be killed. */
export class ServerProcess {
  readonly #process: BuiltProcess;

  private constructor(process: BuiltProcess) {
    this.#process = process;
  }

  /**
   * Starts it with these settings and no others, on a free port of 127.0.0.1 unless they say otherwise.
   *
   * @throws Error with what the server wrote, when it ends before it listens.
   */
  static async start(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const listening = /listens on (http:\S+)/;
    const settings = { HOST: '127.0.0.1', PORT: '0', ...environment };
    return new ServerProcess(await BuiltProcess.start('main', listening, settings));
  }

  get url(): string {
    return this.#process.ready;
  }

  /** Everything that it has written until now: its log, and what it said to the terminal. */
  get output(): string {
    return this.#process.output;
  }

  /** Where its pages are, unless the settings say otherwise. */
  get publicUrl(): string {
    return `http://localhost:${new URL(this.url).port}`;
  }

  /** Ends it in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.#process.kill();
  }

  /** @returns the exit code */
  stop(): Promise<number | null> {
    return this.#process.stop();
  }
}
