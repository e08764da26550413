import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne } from '../endpoint.js';

const revision = '4fae7a2c1d9';

export const metaEndpoints: readonly Endpoint[] = [
  { method: 'GET', pattern: '/version', scopes: ['read_user'], handle: getVersion },
  { method: 'GET', pattern: '/metadata', scopes: ['read_user'], handle: getMetadata },
];

function getVersion({ profile: { version } }: Call): Answer {
  return answerOne({ version, revision });
}

function getMetadata({ profile: { version } }: Call): Answer {
  return answerOne({
    version,
    revision,
    kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
    enterprise: true,
  });
}
