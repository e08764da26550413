import { randomBytes } from 'node:crypto';
import type { ApiClient } from '@anyforge/server/testing';
import { signInAsAdministrator } from '@anyforge/server/testing';
import { ServerProcess } from '@anyforge/server/testing/server-process';
import { startTestPostgres } from '@anyforge/test-postgres';
import { Client } from 'pg';

/** One of two servers: a process that can be killed, and the administrator's browser session there. */
interface RunningServer {
  readonly process: ServerProcess;
  readonly api: ApiClient;
}

/** Two processes of the built server on one PostgreSQL. */
export interface ServerPair {
  readonly publicUrl: string;
  /** The address of their database. */
  readonly databaseUrl: string;
  server(index: number): RunningServer;
  /** Starts one in place of one that was killed. */
  restart(index: number): Promise<void>;
  close(): Promise<void>;
}

/** Where browsers would be sent back to; here the test goes to either server instead. */
const publicUrl = 'http://localhost:4400';

export async function startServerPair(): Promise<ServerPair> {
  const postgres = await startTestPostgres();
  const databaseUrl = await postgres.newDatabase();
  const environment = {
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    PUBLIC_URL: publicUrl,
    ALLOW_ADDRESSES: 'loopback',
  };
  const start = async (): Promise<RunningServer> => {
    const process = await ServerProcess.start(environment);
    return { process, api: await signInAsAdministrator({ url: process.url, publicUrl }) };
  };
  const servers = [await start(), await start()];
  const server = (index: number): RunningServer => {
    const found = servers[index];
    if (found === undefined) throw new Error('There are two servers, 0 and 1.');
    return found;
  };
  return {
    publicUrl,
    databaseUrl,
    server,
    restart: async (index) => {
      servers[index] = await start();
    },
    close: async () => {
      await Promise.all(servers.map(({ process }) => process.stop()));
      await postgres.stop();
    },
  };
}

/** A connection of the test's own to the database of the servers. */
export async function openDatabase(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
