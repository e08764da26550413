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
  /** The request was not sent: there was no connection yet. */
  readonly unsent?: true;
}

const timeoutText = (host: string): string => `${host} did not answer in time.`;
const timeoutRepair = 'Check that it is up, and that no firewall drops the connection.';

/** @see https://nodejs.org/api/errors.html and https://github.com/nodejs/undici/blob/main/docs/docs/api/Errors.md */
const rows: readonly NetworkRow[] = [
  {
    codes: [blockedAddressCode],
    kind: 'blocked_address',
    text: (host) => `${host} is at a private or loopback address, which may not be connected to from here.`,
    repair: 'Use its public address, or allow such addresses in the settings (the server: ALLOW_ADDRESSES).',
    hopeless: true,
    unsent: true,
  },
  {
    codes: [forbiddenAddressCode],
    kind: 'blocked_address',
    text: (host) => `${host} is at a link-local or reserved address, which is never connected to.`,
    repair: 'Use the address that people open in their browsers.',
    hopeless: true,
    unsent: true,
  },
  {
    codes: [proxyRefusalCode],
    kind: 'network',
    text: (host) => `The proxy does not let connections to ${host} through.`,
    repair: "Check the proxy's user name and password in the settings, and that it lets this host through.",
    hopeless: true,
    unsent: true,
  },
  {
    codes: [proxyFailureCode],
    kind: 'network',
    text: (host) => `The proxy could not connect to ${host}.`,
    repair: 'Check the address, and that the proxy can reach it.',
    unsent: true,
  },
  {
    codes: [proxyUnreachableCode],
    kind: 'network',
    text: (host) => `The proxy on the way to ${host} gave no answer.`,
    repair:
      'Check the address of the proxy in the settings, that it is up, and that its certificate is trusted.',
    unsent: true,
  },
  {
    codes: ['ENOTFOUND'],
    kind: 'network',
    text: (host) => `The name ${host} is not known.`,
    repair: 'Check the spelling of the host, and that this machine can resolve it.',
    hopeless: true,
    unsent: true,
  },
  {
    codes: ['EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'],
    kind: 'network',
    text: (host) => `The name ${host} could not be looked up.`,
    repair: 'Check the DNS settings of this machine.',
    unsent: true,
  },
  {
    codes: ['ECONNREFUSED'],
    kind: 'network',
    text: (host) => `${host} refused the connection.`,
    repair: 'Check the port, and that something is running there.',
    unsent: true,
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'],
    kind: 'network',
    text: (host) => `${host} closed the connection before its answer was complete.`,
    repair: 'Check proxies and firewalls on the way there if this keeps happening.',
  },
  {
    codes: ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
    kind: 'network',
    text: (host) => `There is no way to ${host} from this machine.`,
    repair: 'Check the network of this machine, a firewall or a VPN.',
    unsent: true,
  },
  {
    codes: ['UND_ERR_CONNECT_TIMEOUT'],
    kind: 'timeout',
    text: timeoutText,
    repair: timeoutRepair,
    unsent: true,
  },
  {
    codes: ['ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'TimeoutError'],
    kind: 'timeout',
    text: timeoutText,
    repair: timeoutRepair,
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
    repair:
      'Have that authority trusted: name a file with its certificate in NODE_EXTRA_CA_CERTS when the program, or the ' +
      'server, is started. A program can also give the certificate to createGuardedFetch, as `ca`.',
    hopeless: true,
    unsent: true,
  },
  {
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    kind: 'network',
    text: (host) => `The certificate of ${host} is not valid at this time.`,
    repair: 'Renew the certificate there, and check the clock of this machine.',
    hopeless: true,
    unsent: true,
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'],
    kind: 'network',
    text: (host) => `The certificate of ${host} is for another name.`,
    repair: 'Use the name that the certificate is for.',
    hopeless: true,
    unsent: true,
  },
  {
    codes: ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
    kind: 'network',
    text: (host) => `${host} does not speak HTTPS at that port.`,
    repair: 'Check whether the address should begin with http:// or use another port.',
    hopeless: true,
    unsent: true,
  },
  {
    codes: ['HTTPParserError', 'HPE_INVALID_CONSTANT', 'HPE_INVALID_VERSION', 'UND_ERR_HEADERS_OVERFLOW'],
    kind: 'invalid_response',
    text: (host) => `${host} answered something that is not HTTP as expected.`,
    repair: 'Check that the address is right.',
  },
];

const unknown: NetworkRow = {
  codes: [],
  kind: 'network',
  text: (host) => `${host} could not be reached.`,
  repair: 'Check the address, and the network of this machine.',
};

/**
 * Says in words why a request got no answer. Only the codes and names of the error and of its causes are looked at: their
 * texts and properties may hold the request with its headers.
 */
export function networkFailure(provider: string, url: URL, error: unknown): NetworkFailure {
  const codes = errorCodes(error);
  const row = rows.find((candidate) => candidate.codes.some((code) => codes.includes(code))) ?? unknown;
  const failure = new ProviderError(row.kind, row.text(url.host), {
    provider,
    ...((row.unsent === true || isFromConnecting(error)) && { reached: false }),
    repair: { text: row.repair },
  });
  return { failure, hopeless: row.hopeless === true };
}

const deepestCause = 5;

/** A timeout of the system tells by this alone whether there was a connection. */
function isFromConnecting(error: unknown): boolean {
  return family(error).some((one) => 'syscall' in one && one.syscall === 'connect');
}

/** The codes, else names, of an error and its family. */
function errorCodes(error: unknown): readonly string[] {
  return family(error).map((one) => ('code' in one && typeof one.code === 'string' ? one.code : one.name));
}

/** An error, what caused it, and the errors that it gathers (one per address that was tried). */
function family(error: unknown, depth = 0): readonly Error[] {
  if (!isErrorLike(error) || depth > deepestCause) return [];
  const gathered: readonly unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  return [error, ...[error.cause, ...gathered].flatMap((inner) => family(inner, depth + 1))];
}
