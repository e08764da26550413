import type { DestinationStream, Logger } from 'pino';
import { pino } from 'pino';
import type { Settings } from './settings.js';

/** Nothing is logged that is called so: a second line of defence, behind not logging secrets in the first place. */
const secretNames = [
  'authorization',
  'cookie',
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'clientSecret',
  'secret',
  'code',
  'state',
  'transaction',
  'credential',
];

/** JSON, one line an event, with the time in words that machines sort and people read. */
export function createLogger(level: Settings['logLevel'], destination?: DestinationStream): Logger {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options = {
    level,
    redact: { paths, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
