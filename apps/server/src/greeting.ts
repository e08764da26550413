import { resolve } from 'node:path';
import type { Server } from './server.js';
import type { Settings } from './settings.js';

/**
 * What the operator reads when the server is there: where, and what to do first.
 *
 * @param needsSetUp whether nobody has an account yet
 */
export function greetingOf(
  { url, publicUrl, metricsUrl, setUpCode }: Pick<Server, 'url' | 'publicUrl' | 'metricsUrl' | 'setUpCode'>,
  { dataDirectory, databaseUrl }: Pick<Settings, 'dataDirectory' | 'databaseUrl'>,
  needsSetUp: boolean,
): string {
  const kept =
    databaseUrl === undefined
      ? `keeps its data in ${resolve(dataDirectory)}`
      : 'keeps its data in PostgreSQL';
  const lines = [
    `anyforge listens on ${url} and ${kept}.`,
    `Open ${publicUrl}/api/docs to see what it can be asked, and to ask it.`,
    ...(metricsUrl === undefined ? [] : [`Its metrics are at ${metricsUrl}/metrics.`]),
    ...(needsSetUp ? firstSteps(publicUrl, setUpCode) : []),
  ];
  return `${lines.join('\n')}\n`;
}

function firstSteps(publicUrl: string, code: string | undefined): readonly string[] {
  const account = { username: '…', password: '…', code };
  return [
    '',
    'Nobody has an account yet. First, make yourself the administrator:',
    `  curl -H 'Content-Type: application/json' ${publicUrl}/api/v1/setup -d '${JSON.stringify(account)}'`,
    ...(code === undefined ? [] : [`The set-up code is ${code}`]),
  ];
}
