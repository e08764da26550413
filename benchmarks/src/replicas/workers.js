import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../apps/server/dist/worker.js', import.meta.url));

/**
 * Starts worker processes as an operator does.
 *
 * @param {number} count
 * @param {Readonly<Record<string, string>>} settings
 * @returns {Promise<() => Promise<void>>} when all of them wait for work; what it resolves with stops them
 */
export async function startWorkers(count, settings) {
  const stops = await Promise.all(Array.from({ length: count }, () => startWorker(settings)));
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

/** @param {Readonly<Record<string, string>>} settings @returns {Promise<() => Promise<void>>} */
async function startWorker(settings) {
  const child = spawn(process.execPath, [script], {
    env: { LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  /** @type {string[]} */
  const said = [];
  const ready = new Promise((resolve) => {
    createInterface(child.stderr).on('line', (line) => {
      said.push(line);
      if (line.startsWith('anyforge works on syncs')) resolve(undefined);
    });
  });
  const ended = exited.then(([code]) => {
    throw new Error(`A worker ended with ${String(code)}: ${said.join('\n')}`);
  });
  await Promise.race([ready, ended]);
  // From now on its end is what `stop` waits for.
  ended.catch(() => undefined);
  return async () => {
    child.kill('SIGTERM');
    await exited;
  };
}
