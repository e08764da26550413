/** The proxy does not let a connection through: its own rules, or credentials that it does not accept. */
export const proxyRefusalCode = 'ANYFORGE_PROXY_REFUSED';
/** The proxy got no connection to the target. */
export const proxyFailureCode = 'ANYFORGE_PROXY_FAILED';
/** The proxy itself is not there, or does not answer as one. */
export const proxyUnreachableCode = 'ANYFORGE_PROXY_UNREACHABLE';

/** A connection did not come about because of the proxy. Shows nothing of how the proxy was asked. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
