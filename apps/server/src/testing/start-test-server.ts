import type { Clock } from '@anyforge/core';
import { systemClock } from '@anyforge/provider-kit';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startServer } from '../server.js';
import type { Settings } from '../settings.js';
import { readSettings } from '../settings.js';
import type { ApiClient } from './api-client.js';
import { testDatabaseUrl } from './test-database.js';
import { joinAs, makeApiToken, signInAsAdministrator } from './sign-in.js';

export interface TestServerOptions {
  /** What differs from a server on a loopback port of its own, that lets git providers have loopback addresses. */
  readonly settings?: Partial<Settings> | undefined;
  /** Of an earlier server, which it goes on with; it is then the test's to remove. */
  readonly dataDirectory?: string | undefined;
  readonly clock?: Clock | undefined;
  /** Where the built page is, of which `findPageDirectory` knows. Absent: there is only the API. */
  readonly pageDirectory?: string | undefined;
}

/** A server with an administrator, over real HTTP, in this process. */
export interface TestServer {
  readonly url: string;
  /** Where its metrics are, where the settings give them a port. */
  readonly metricsUrl?: string | undefined;
  /** Where its pages are, as far as browsers know. */
  readonly publicUrl: string;
  /** Acts as the administrator, in a browser session. */
  readonly api: ApiClient;
  /** Makes a member, and acts as them in a browser session. */
  newMember(username: string): Promise<ApiClient>;
  /** Acts as the same person with an API token of these scopes. */
  apiToken(client: ApiClient, scopes: readonly ('read' | 'manage' | 'git')[]): Promise<ApiClient>;
  /** What the server has logged, down to debug. */
  readonly logLines: readonly string[];
  readonly dataDirectory: string;
  /** Stops it; its data folder goes too, unless the test gave it. */
  close(): Promise<void>;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder =
    options.dataDirectory === undefined ? await mkdtemp(join(tmpdir(), 'anyforge-server-')) : undefined;
  const dataDirectory = options.dataDirectory ?? join(folder ?? '', 'data');
  if (folder !== undefined) await mkdir(dataDirectory);
  const logLines: string[] = [];
  const server = await startServer(
    {
      ...readSettings({ PORT: '0', ALLOW_ADDRESSES: 'loopback', LOG_LEVEL: 'debug' }),
      dataDirectory,
      databaseUrl: await testDatabaseUrl(dataDirectory),
      ...options.settings,
    },
    {
      logger: pino({ level: 'debug' }, { write: (line: string) => logLines.push(line) }),
      clock: options.clock ?? systemClock,
    },
    { pageDirectory: options.pageDirectory },
  );
  const api = await signInAsAdministrator(server, server.setUpCode);
  return {
    url: server.url,
    metricsUrl: server.metricsUrl,
    publicUrl: server.publicUrl,
    api,
    newMember: (username) => joinAs(server, api, username),
    apiToken: makeApiToken,
    logLines,
    dataDirectory,
    close: async () => {
      await server.close();
      if (folder !== undefined) await rm(folder, { recursive: true });
    },
  };
}
