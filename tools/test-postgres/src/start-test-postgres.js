// @ts-check
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { newTestDatabase } from './databases.js';

const keeper = fileURLToPath(new URL('keeper.js', import.meta.url));

/** @type {typeof import('./index.js').startTestPostgres} */
export async function startTestPostgres() {
  // In a group of its own, so that what ends the tests does not end it before it has cleaned up.
  const child = fork(keeper, {
    detached: true,
    execArgv: [],
    env: process.env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const told = await Promise.race([once(child, 'message').then(([message]) => readTold(message)), exited]);
  if (Array.isArray(told))
    throw new Error('The process that looks after PostgreSQL ended before it said why.');
  if ('failure' in told) {
    child.disconnect();
    throw new Error(told.failure);
  }
  // It must not keep this process alive: this one's end is its sign to clean up.
  child.unref();
  child.channel?.unref();

  const stop = async () => {
    child.ref();
    child.send('stop');
    const [code] = await exited;
    if (code !== 0) throw new Error('The PostgreSQL of the tests could not be removed.');
  };
  /** @type {Promise<void> | undefined} */
  let stopped;
  return { url: told.url, newDatabase: () => newTestDatabase(told.url), stop: () => (stopped ??= stop()) };
}

/** @param {unknown} message @returns {import('./keeper.js').Told} */
function readTold(message) {
  if (typeof message === 'object' && message !== null) {
    if ('url' in message) return { url: String(message.url) };
    if ('failure' in message) return { failure: String(message.failure) };
  }
  throw new Error('The process that looks after PostgreSQL said nothing that is understood.');
}
