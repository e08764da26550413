import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SourceChange } from '../mutants.js';
import type {
  Message,
  Opening,
  OperationInput,
  OperationName,
  OperationOutput,
  Request,
  SyncView,
} from './protocol.js';
import { answers, messages } from './protocol.js';

const hooks = new URL('typescript-hooks.js', import.meta.url).href;
const program = fileURLToPath(new URL('hub-process.ts', import.meta.url));

/** The process has ended, and nobody knows whether it has done what it was asked. */
export class ProcessEndedError extends Error {
  override readonly name = 'ProcessEndedError';
}

/** The hub did not do what it was asked, and said why. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface RemoteHubEars {
  /** @param watch the number that whoever watches has given it */
  sync(watch: number, sync: SyncView): void;
  warning(text: string): void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A hub in a process of its own. */
export class RemoteHub {
  readonly #child: ChildProcess;
  readonly #ears: RemoteHubEars;
  readonly #exited: Promise<unknown>;
  readonly #calls = new Map<number, Waiting>();
  readonly #marks = new Map<'loaded' | 'opened', Waiting>();
  readonly #loaded: Promise<unknown>;
  #ended = false;
  #retired = false;
  #asked = 0;

  /** Starts the process, which loads all that it needs and waits. */
  constructor(ears: RemoteHubEars, changes: readonly SourceChange[]) {
    this.#ears = ears;
    this.#loaded = this.#mark('loaded');
    // Told to whoever opens it.
    this.#loaded.catch(() => undefined);
    this.#child = fork(program, [], {
      execArgv: ['--conditions', '@anyforge/source', '--import', hooks],
      env: { ...process.env, TORTURE_CHANGES: JSON.stringify(changes) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message) => {
      this.#hear(messages.parse(message));
    });
    this.#child.on('error', () => {
      this.#end();
    });
    this.#exited = once(this.#child, 'exit').then(() => {
      this.#end();
    });
  }

  async open(options: Opening): Promise<void> {
    await this.#loaded;
    const opened = this.#mark('opened');
    this.#send({ kind: 'open', options });
    await opened;
  }

  /** @throws RefusalError · ProcessEndedError */
  async ask<Name extends OperationName>(
    name: Name,
    input: OperationInput<Name>,
  ): Promise<OperationOutput<Name>> {
    const id = (this.#asked += 1);
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
    });
    this.#send({ kind: 'call', id, name, input });
    return answers[name].output.parse(await answer);
  }

  /** Whether it was told to end: what it refuses since may be for that reason alone. */
  get isRetired(): boolean {
    return this.#retired;
  }

  /** As if by a power cut. */
  async kill(): Promise<void> {
    this.#retired = true;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Stops it for so many milliseconds, wherever it is. */
  async pause(ms: number): Promise<void> {
    this.#child.kill('SIGSTOP');
    await delay(ms);
    this.#child.kill('SIGCONT');
  }

  /** Lets it end by itself, as at a restart. */
  async close(): Promise<void> {
    this.#retired = true;
    this.#send({ kind: 'close' });
    await this.#exited;
  }

  #mark(name: 'loaded' | 'opened'): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#marks.set(name, { resolve, reject });
    });
  }

  #send(request: Request): void {
    if (this.#ended) {
      this.#end();
      return;
    }
    this.#child.send(request, (error) => {
      if (error !== null) this.#end();
    });
  }

  #hear(message: Message): void {
    switch (message.kind) {
      case 'loaded':
      case 'opened':
        this.#marks.get(message.kind)?.resolve(undefined);
        return;
      case 'answer':
        this.#take(message.id)?.resolve(message.value);
        return;
      case 'refusal':
        this.#take(message.id)?.reject(new RefusalError(message.error.kind, message.error.message));
        return;
      case 'sync':
        this.#ears.sync(message.watch, message.sync);
        return;
      case 'warning':
        this.#ears.warning(message.text);
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#calls.get(id);
    this.#calls.delete(id);
    return waiting;
  }

  #end(): void {
    this.#ended = true;
    const ended = new ProcessEndedError('The process has ended.');
    for (const { reject } of [...this.#calls.values(), ...this.#marks.values()]) reject(ended);
    this.#calls.clear();
  }
}
