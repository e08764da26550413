import { HubError } from '@anyforge/hub';
import { systemClock } from '@anyforge/provider-kit';
import { resolve } from 'node:path';
import { createLogger } from './logger.js';
import type { Server } from './server.js';
import { startServer } from './server.js';
import type { Settings } from './settings.js';
import { readSettings, SettingsError } from './settings.js';

const signals = ['SIGINT', 'SIGTERM'] as const;

try {
  const settings = readSettings(process.env);
  const server = await startServer(settings, {
    logger: createLogger(settings.logLevel),
    clock: systemClock,
  });
  greet(server, settings);
  stopOnSignal(server);
  void server.failed.then(giveUp);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

function greet({ url, publicUrl, setUpCode }: Server, { dataDirectory }: Settings): void {
  process.stdout.write(
    `anyforge listens on ${url} and keeps its data in ${resolve(dataDirectory)}.\n` +
      `People reach it at ${publicUrl}; whoever comes first becomes its administrator.\n` +
      (setUpCode === undefined ? '' : `The set-up code for the first visit is ${setUpCode}\n`),
  );
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
    return `Another program uses port ${port}. Stop it, or choose another port with PORT.`;
  }
  if ('code' in error && error.code === 'EACCES') return `${error.message}. Choose another PORT.`;
  return error.stack ?? error.message;
}
