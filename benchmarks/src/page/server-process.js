import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * The built server, as people run it, with the page.
 *
 * @param {Readonly<Record<string, string>>} settings
 * @returns {Promise<{ readonly url: string, stop(): Promise<void> }>}
 */
export async function startServerProcess(settings) {
  const program = fileURLToPath(import.meta.resolve('@anyforge/server'));
  const child = spawn(process.execPath, [program], {
    env: { LOG_LEVEL: 'warn', HOST: '127.0.0.1', PORT: '0', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  let said = '';
  const port = await new Promise((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      said += `${line}\n`;
      const match = /listens on http:\S+:(\d+)/.exec(line);
      if (match !== null) resolve(match[1]);
    });
    exited.then(() => {
      reject(new Error(`The server ended before it was there: ${said}`));
    }, reject);
  });
  return {
    url: `http://localhost:${String(port)}`,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}
