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
    `The page is at ${publicUrl}/, what programs can ask is told at ${publicUrl}/api/docs.`,
    ...(metricsUrl === undefined ? [] : [`Its metrics are at ${metricsUrl}/metrics.`]),
    ...(needsSetUp ? firstVisit(publicUrl, setUpCode) : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** The code is in the fragment, which a browser sends to nobody. */
function firstVisit(publicUrl: string, code: string | undefined): readonly string[] {
  const link = `${publicUrl}/set-up${code === undefined ? '' : `#code=${code}`}`;
  return [
    '',
    'Nobody has an account yet. Open this, and make yourself the administrator:',
    `  ${link}`,
    ...(code === undefined ? [] : [`The set-up code is ${code}`]),
  ];
}
