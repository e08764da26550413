import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The built server as a process of its own, which can be killed. */
export class ServerProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #said: readonly string[];

  private constructor(url: string, child: ChildProcess, said: readonly string[]) {
    this.url = url;
    this.#child = child;
    this.#said = said;
  }

  /**
   * Starts it with these settings and no others, on a free port of 127.0.0.1 unless they say otherwise.
   *
   * @throws Error with what the server wrote, when it ends before it listens.
   */
  static async start(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
    if (!existsSync(main)) throw new Error(`Build the server first: npx nx build @anyforge/server`);
    const child = spawn(process.execPath, [main], {
      env: { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const lines = createInterface(child.stderr);
    const url = await new Promise<string | undefined>((resolve) => {
      lines.on('line', (line) => {
        said.push(`${line}\n`);
        const listening = /listens on (http:\S+)/.exec(line)?.[1];
        if (listening !== undefined) resolve(listening);
      });
      child.once('close', () => {
        resolve(undefined);
      });
    });
    if (url === undefined) throw new Error(`The server ended before it listened: ${said.join('')}`);
    return new ServerProcess(url, child, said);
  }

  /** Everything that it has written until now: its log, and what it said to the terminal. */
  get output(): string {
    return this.#said.join('');
  }

  /** Where its pages are, unless the settings say otherwise. */
  get publicUrl(): string {
    return `http://localhost:${new URL(this.url).port}`;
  }

  /** Ends it in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** @returns the exit code */
  async stop(): Promise<number | null> {
    await this.#end('SIGTERM');
    return this.#child.exitCode;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }
}
