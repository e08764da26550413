import type { ErrorKind } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { isErrorLike } from '../error-like.js';
import { blockedAddressCode, forbiddenAddressCode } from '../guarded-fetch/blocked-address.js';
import { proxyFailureCode, proxyRefusalCode, proxyUnreachableCode } from '../guarded-fetch/proxy-errors.js';

/** Why nothing was answered, and whether asking again may help. */
export interface NetworkFailure {
  readonly failure: ProviderError;
  readonly hopeless: boolean;
}

interface NetworkRow {
  /** Codes, or names of errors that have none. */
  readonly codes: readonly string[];
  readonly kind: ErrorKind;
  readonly text: (host: string) => string;
  readonly repair: string;
  /** It does not get better by asking again. */
  readonly hopeless?: true;
}

/** @see https://nodejs.org/api/errors.html and https://github.com/nodejs/undici/blob/main/docs/docs/api/Errors.md */
const rows: readonly NetworkRow[] = [
  {
    codes: [blockedAddressCode],
    kind: 'blocked_address',
    text: (host) => `${host} is at a private or loopback address, which may not be connected to from here.`,
    repair:
      'Use the public address of the forge, or allow such addresses in the settings (the server: ALLOW_ADDRESSES).',
    hopeless: true,
  },
  {
    codes: [forbiddenAddressCode],
    kind: 'blocked_address',
    text: (host) => `${host} is at a link-local or reserved address, which is never connected to.`,
    repair: 'Use the address that people open the forge with.',
    hopeless: true,
  },
  {
    codes: [proxyRefusalCode],
    kind: 'network',
    text: (host) => `The proxy does not let connections to ${host} through.`,
    repair: "Check the proxy's user name and password in the settings, and that it lets this host through.",
    hopeless: true,
  },
  {
    codes: [proxyFailureCode],
    kind: 'network',
    text: (host) => `The proxy could not connect to ${host}.`,
    repair: 'Check the address of the forge, and that the proxy can reach it.',
  },
  {
    codes: [proxyUnreachableCode],
    kind: 'network',
    text: (host) => `The proxy on the way to ${host} gave no answer.`,
    repair:
      'Check the address of the proxy in the settings, that it is up, and that its certificate is trusted.',
  },
  {
    codes: ['ENOTFOUND'],
    kind: 'network',
    text: (host) => `The name ${host} is not known.`,
    repair: 'Check the spelling of the host, and that this machine can resolve it.',
    hopeless: true,
  },
  {
    codes: ['EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'],
    kind: 'network',
    text: (host) => `The name ${host} could not be looked up.`,
    repair: 'Check the DNS settings of this machine.',
  },
  {
    codes: ['ECONNREFUSED'],
    kind: 'network',
    text: (host) => `${host} refused the connection.`,
    repair: 'Check the port, and that the forge is running there.',
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'],
    kind: 'network',
    text: (host) => `${host} closed the connection before its answer was complete.`,
    repair: 'Check proxies and firewalls on the way to the forge if this keeps happening.',
  },
  {
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
    kind: 'network',
    text: (host) => `There is no way to ${host} from this machine.`,
    repair: 'Check the network of this machine, a firewall or a VPN.',
  },
  {
    codes: [
      'ETIMEDOUT',
      'UND_ERR_CONNECT_TIMEOUT',
      'UND_ERR_HEADERS_TIMEOUT',
      'UND_ERR_BODY_TIMEOUT',
      'TimeoutError',
    ],
    kind: 'timeout',
    text: (host) => `${host} did not answer in time.`,
    repair: 'Check that the forge is up, and that no firewall drops the connection.',
  },
  {
    codes: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_UNTRUSTED',
    ],
    kind: 'network',
    text: (host) => `The certificate of ${host} is signed by an authority that is not trusted here.`,
    repair: 'Have this machine trust the authority that signed it, for Node.js with NODE_EXTRA_CA_CERTS.',
    hopeless: true,
  },
  {
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    kind: 'network',
    text: (host) => `The certificate of ${host} is not valid at this time.`,
    repair: 'Renew the certificate of the forge, and check the clock of this machine.',
    hopeless: true,
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'],
    kind: 'network',
    text: (host) => `The certificate of ${host} is for another name.`,
    repair: 'Use the name that the certificate of the forge is for.',
    hopeless: true,
  },
  {
    codes: ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
    kind: 'network',
    text: (host) => `${host} does not speak HTTPS at that port.`,
    repair: 'Check whether the address should begin with http:// or use another port.',
    hopeless: true,
  },
  {
    codes: ['HTTPParserError', 'HPE_INVALID_CONSTANT', 'HPE_INVALID_VERSION', 'UND_ERR_HEADERS_OVERFLOW'],
    kind: 'invalid_response',
    text: (host) => `${host} answered something that is not HTTP as expected.`,
    repair: 'Check that the address is that of the forge.',
  },
];

const unknown: NetworkRow = {
  codes: [],
  kind: 'network',
  text: (host) => `${host} could not be reached.`,
  repair: 'Check the address of the forge and the network of this machine.',
};

/**
 * Says in words why a request got no answer. Only the codes and names of the error and of its causes are looked at: their
 * texts and properties may hold the request with its headers.
 */
export function networkFailure(provider: string, url: URL, error: unknown): NetworkFailure {
  const codes = errorCodes(error);
  const row = rows.find((candidate) => candidate.codes.some((code) => codes.includes(code))) ?? unknown;
  const failure = new ProviderError(row.kind, row.text(url.host), { provider, repair: { text: row.repair } });
  return { failure, hopeless: row.hopeless === true };
}

const deepestCause = 5;

/** The codes, else names, of an error, of what caused it, and of the errors it gathers (one per address that was tried). */
function errorCodes(error: unknown, depth = 0): readonly string[] {
  if (!isErrorLike(error) || depth > deepestCause) return [];
  const own = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const gathered: readonly unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [own, ...[error.cause, ...gathered].flatMap((inner) => errorCodes(inner, depth + 1))];
}
