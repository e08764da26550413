import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A built program as a process of its own, which can be killed. */
export class BuiltProcess {
  /** What the first group of the pattern has caught. */
  readonly ready: string;
  readonly #child: ChildProcess;
  readonly #said: readonly string[];

  private constructor(ready: string, child: ChildProcess, said: readonly string[]) {
    this.ready = ready;
    this.#child = child;
    this.#said = said;
  }

  /**
   * Starts it with these settings and no others.
   *
   * @param ready What it says to the terminal when it is there.
   * @throws Error with what it wrote, when it ends before that.
   */
  static async start(
    program: 'main' | 'worker',
    ready: RegExp,
    environment: Readonly<Record<string, string>>,
  ): Promise<BuiltProcess> {
    const path = fileURLToPath(new URL(`../../dist/${program}.js`, import.meta.url));
    if (!existsSync(path)) throw new Error('Build the server first: npx nx build @anyforge/server');
    const child = spawn(process.execPath, [path], {
      env: { LOG_LEVEL: 'warn', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const lines = createInterface(child.stderr);
    const caught = await new Promise<string | undefined>((resolve) => {
      lines.on('line', (line) => {
        said.push(`${line}\n`);
        const match = ready.exec(line);
        if (match !== null) resolve(match[1] ?? match[0]);
      });
      child.once('close', () => {
        resolve(undefined);
      });
    });
    if (caught === undefined) throw new Error(`It ended before it was there: ${said.join('')}`);
    return new BuiltProcess(caught, child, said);
  }

  /** Everything that it has written until now: its log, and what it said to the terminal. */
  get output(): string {
    return this.#said.join('');
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
