import { HubError } from '@anyforge/hub';
import { systemClock } from '@anyforge/provider-kit';
import { greetingOf } from './greeting.js';
import { createLogger } from './logger.js';
import type { Server } from './server.js';
import { startServer } from './server.js';
import { readSettings, SettingsError } from './settings.js';

const signals = ['SIGINT', 'SIGTERM'] as const;

try {
  const settings = readSettings(process.env);
  const server = await startServer(settings, {
    logger: createLogger(settings.logLevel),
    clock: systemClock,
  });
  stopOnSignal(server);
  // Not among the lines of the log, which machines read.
  process.stderr.write(greetingOf(server, settings, await server.needsSetUp()));
  void server.failed.then(giveUp);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

function stopOnSignal(server: Server): void {
  const stop = (): void => {
    // A second signal finds no listener and ends the process at once.
    for (const signal of signals) process.off(signal, stop);
    void server.close();
  };
  for (const signal of signals) process.on(signal, stop);
}

/** What holds the data is gone, and with it everything that could still be done in order. */
function giveUp(error: Error): void {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

/** What the operator can do about it in words; a fault of ours with its place in the code. */
function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof HubError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? String(error.port) : '';
    return `Another program uses port ${port}. Stop it, or choose another with PORT, or METRICS_PORT where it is that one.`;
  }
  if ('code' in error && error.code === 'EACCES') return `${error.message}. Choose another PORT.`;
  return error.stack ?? error.message;
}
