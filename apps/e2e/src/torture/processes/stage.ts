import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestPostgres } from '@anyforge/test-postgres';
import { startTestPostgres } from '@anyforge/test-postgres';
import type { FastTime } from '../fast-clock.js';
import { startFastTime } from '../fast-clock.js';
import type { SourceChange } from '../mutants.js';
import type { Database } from '../plan/plan.js';
import type { Opening, OperationInput, OperationName, OperationOutput } from './protocol.js';
import type { RemoteHubEars } from './remote-hub.js';
import { ProcessEndedError, RemoteHub } from './remote-hub.js';

/** One process has the embedded database for itself; on PostgreSQL two share one. */
const processCounts: Readonly<Record<Database, number>> = { sqlite: 1, postgres: 2 };

/** Longer than a process may give no sign of life. */
const pausedForMs = 2_000;

/** How often something is asked again because the process that was asked has ended. */
const attemptsAtMost = 10;

export interface StageOptions {
  readonly database: Database;
  readonly changes: readonly SourceChange[];
}

/** The processes that synchronize on one database, each of which may be killed and is replaced. */
export class Stage {
  readonly time: FastTime;
  readonly database: Database;
  /** What is told of the syncs of the run that is played. */
  ears: RemoteHubEars = { sync: () => undefined, warning: () => undefined };
  readonly #options: StageOptions;
  readonly #opening: Opening;
  readonly #postgres: TestPostgres | undefined;
  readonly #hubs: Promise<RemoteHub>[] = [];
  /** One that is loaded already takes the place of one that is killed at once. */
  #spare: RemoteHub;

  private constructor(options: StageOptions, opening: Opening, postgres: TestPostgres | undefined) {
    this.#options = options;
    this.#opening = opening;
    this.#postgres = postgres;
    this.time = opening.time;
    this.database = options.database;
    this.#spare = this.#prepare();
  }

  static async start(options: StageOptions): Promise<Stage> {
    const postgres = options.database === 'postgres' ? await startTestPostgres() : undefined;
    const stage = new Stage(
      options,
      {
        dataDirectory: await mkdtemp(join(tmpdir(), 'anyforge-torture-')),
        databaseUrl: await postgres?.newDatabase(),
        encryptionKey: randomBytes(32).toString('base64'),
        time: startFastTime(),
      },
      postgres,
    );
    try {
      // One after the other: the first one makes the tables.
      for (let index = 0; index < processCounts[options.database]; index += 1) await stage.#open(index);
    } catch (error) {
      await stage.close();
      throw error;
    }
    return stage;
  }

  /** Asks one of the processes; whichever takes its place, where it ends before it has answered. */
  async ask<Name extends OperationName>(
    index: number,
    name: Name,
    input: OperationInput<Name>,
  ): Promise<OperationOutput<Name>> {
    for (let attempt = 1; ; attempt += 1) {
      const hub = await this.#hub(index);
      try {
        return await hub.ask(name, input);
      } catch (error) {
        const isOver = error instanceof ProcessEndedError || hub.isRetired;
        if (!isOver || attempt === attemptsAtMost) throw error;
      }
    }
  }

  /** Ends a process in the middle of whatever it does, and starts another in its place. */
  async kill(index: number): Promise<void> {
    await this.#replace(index, (hub) => hub.kill());
  }

  /** Lets a process stand still, as a machine does that has too much to do, until others take it for dead. */
  async pause(index: number): Promise<void> {
    await (await this.#hub(index)).pause(pausedForMs);
  }

  /** Lets a process end as for an upgrade, and starts another in its place. */
  async restart(index: number): Promise<void> {
    await this.#replace(index, (hub) => hub.close());
  }

  async close(): Promise<void> {
    const hubs = await Promise.allSettled(this.#hubs);
    await Promise.all(hubs.map(async (hub) => (hub.status === 'fulfilled' ? hub.value.kill() : undefined)));
    await this.#spare.kill();
    await this.#postgres?.stop();
    await rm(this.#opening.dataDirectory, { recursive: true, force: true });
  }

  async #hub(index: number): Promise<RemoteHub> {
    const hub = this.#hubs[index % this.#hubs.length];
    if (hub === undefined) throw new Error('No process was started.');
    return hub;
  }

  async #replace(index: number, end: (hub: RemoteHub) => Promise<void>): Promise<void> {
    const place = index % this.#hubs.length;
    const hub = await this.#hub(place);
    // Whoever asks meanwhile waits for the next one.
    const ended = end(hub);
    this.#hubs[place] = ended.then(() => this.#start());
    this.#hubs[place].catch(() => undefined);
    await ended;
  }

  async #open(index: number): Promise<void> {
    this.#hubs[index] = this.#start();
    await this.#hubs[index];
  }

  async #start(): Promise<RemoteHub> {
    const hub = this.#spare;
    this.#spare = this.#prepare();
    await hub.open(this.#opening);
    return hub;
  }

  #prepare(): RemoteHub {
    return new RemoteHub(
      {
        sync: (watch, sync) => {
          this.ears.sync(watch, sync);
        },
        warning: (text) => {
          this.ears.warning(text);
        },
      },
      this.#options.changes,
    );
  }
}
