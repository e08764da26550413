import { systemClock } from '@anyforge/provider-kit';
import type { Effects } from './composition.js';
import { explain } from './explain.js';
import { createLogger } from './logger.js';
import type { Settings } from './settings.js';
import { readSettings } from './settings.js';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** What a process is for, until it is told to stop. */
export interface Running {
  /** Resolves when it cannot go on: its database is gone. */
  readonly failed: Promise<Error>;
  /** Ends what it does in order. */
  close(): Promise<void>;
}

/**
 * Makes this process be what is started: with the settings of its environment, until SIGINT or SIGTERM, after which it
 * ends with 0. It ends with 1, and says why, when it can't be started or can't go on.
 *
 * @param greet What the operator reads when it is there.
 */
export async function runProcess<Started extends Running>(
  start: (settings: Settings, effects: Effects) => Promise<Started>,
  greet: (started: Started, settings: Settings) => string | Promise<string>,
): Promise<void> {
  try {
    const settings = readSettings(process.env);
    const logger = createLogger(settings.logLevel);
    const started = await start(settings, { logger, clock: systemClock });
    stopOnSignal(started);
    // Not among the lines of the log, which machines read.
    process.stderr.write(await greet(started, settings));
    void started.failed.then(giveUp);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

function stopOnSignal(running: Running): void {
  const stop = (): void => {
    // A second signal finds no listener and ends the process at once.
    for (const signal of signals) process.off(signal, stop);
    void running.close();
  };
  for (const signal of signals) process.on(signal, stop);
}

/** What holds the data is gone, and with it everything that could still be done in order. */
function giveUp(error: Error): void {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
