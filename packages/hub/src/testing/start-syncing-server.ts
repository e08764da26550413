import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const loader = new URL('typescript-loader.js', import.meta.url);
const server = fileURLToPath(new URL('syncing-server.ts', import.meta.url));

export interface SyncingServer {
  /** A line for each change of its sync. */
  readonly changes: AsyncIterable<string>;
  /** As if by a power cut. */
  kill(): Promise<void>;
}

export interface SyncingServerOptions {
  /** After how long without a sign of life others take over what it runs. 300 by default. */
  readonly takeOverAfterMs?: number;
  /** The page of the listing that its forge never answers, counted from 0. */
  readonly unansweredPage?: number;
}

/** Starts a process that synchronizes on a data folder. */
export function startSyncingServer(
  dataDirectory: string,
  { takeOverAfterMs = 300, unansweredPage }: SyncingServerOptions = {},
): SyncingServer {
  const flags = ['--conditions', '@anyforge/source', '--import', loader.href];
  const child: ChildProcess = spawn(
    process.execPath,
    [...flags, server, dataDirectory, String(takeOverAfterMs), String(unansweredPage ?? '')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  if (child.stdout === null) throw new Error('The process has no output.');
  return {
    changes: createInterface({ input: child.stdout }),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
