import type { Call, Endpoint } from '../endpoint.js';

export const metaEndpoints: readonly Endpoint[] = [
  { method: 'GET', pattern: '/application-properties', handle: getProperties },
];

function getProperties({ version: { version, buildNumber } }: Call): string {
  return JSON.stringify({ version, buildNumber, buildDate: '1767225600000', displayName: 'Bitbucket' });
}
