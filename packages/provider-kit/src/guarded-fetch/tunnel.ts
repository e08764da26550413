import { isIP, Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { buildConnector, Pool } from 'undici';
import { ProxyError, proxyFailureCode, proxyRefusalCode, proxyUnreachableCode } from './proxy-errors.js';
import type { Proxy, Target } from './proxy-settings.js';

/** Opens a connection to a target. */
export type Tunnel = (target: Target) => Promise<Socket>;

/** A proxy answers only when it has connected to the target itself. */
const answerTimeoutMs = 30_000;

/**
 * Makes tunnels through a proxy, for HTTP as well, so that the proxy sees no more than where they lead.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-connect
 */
export function createTunnel(
  { origin, authorization }: Pick<Proxy, 'origin' | 'authorization'>,
  secureContext: SecureContext | undefined,
  { timeoutMs = answerTimeoutMs }: { readonly timeoutMs?: number } = {},
): Tunnel {
  const pool = new Pool(origin, {
    connect: buildConnector(secureContext ? { secureContext } : {}),
    headersTimeout: timeoutMs,
  });
  return async ({ host, port }) => {
    const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
    const headers = { host: authority, ...(authorization && { 'proxy-authorization': authorization }) };
    // What was caught is not passed on: it may hold the request with its headers.
    const answer = await pool.connect({ path: authority, headers }).catch(() => undefined);
    if (answer === undefined) throw new ProxyError(proxyUnreachableCode, 'The proxy gave no answer.');
    const { statusCode, socket } = answer;
    if (statusCode >= 200 && statusCode < 300 && socket instanceof Socket) return socket;
    // It may break once more while nobody listens.
    socket.on('error', () => undefined).destroy();
    const code = statusCode >= 500 ? proxyFailureCode : proxyRefusalCode;
    throw new ProxyError(code, `The proxy answered ${statusCode}.`);
  };
}
