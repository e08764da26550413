import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The proxy through which a network is left. */
export interface ProxySettings {
  /** `http://` or `https://`, with user name and password where it wants them: a secret then. */
  readonly url: string;
  /**
   * What is connected to without the proxy: `*`; a domain with all below it (`corp.example`, also written
   * `.corp.example` or `*.corp.example`); an address or a block of addresses (`10.0.0.0/8`), compared with hosts that
   * are written as addresses. Each may end in a port.
   */
  readonly noProxy?: readonly string[] | undefined;
}

/** Where a connection is to go. */
export interface Target {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
}

/** A proxy as it is talked to. */
export interface Proxy {
  readonly origin: string;
  /** The value of `Proxy-Authorization`. */
  readonly authorization?: string | undefined;
  /** Whether a connection goes past it. */
  skips(target: Target): boolean;
}

/** @throws TypeError for anything but the address of an HTTP proxy; it does not show it */
export function readProxy({ url, noProxy = [] }: ProxySettings): Proxy {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !['http:', 'https:'].includes(parsed.protocol))
    throw new TypeError('The address of the proxy must begin with http:// or https://.');
  const rules = noProxy.map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== '');
  const { username, password } = parsed;
  const credentials = Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64');
  return {
    origin: parsed.origin,
    authorization: username === '' && password === '' ? undefined : `Basic ${credentials}`,
    skips: (target) => rules.some((rule) => matches(rule, target)),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function matches(rule: string, { host, port }: Target): boolean {
  if (rule === '*') return true;
  const [, name = rule, onlyPort] = withPort.exec(rule) ?? [];
  if (onlyPort !== undefined && Number(onlyPort) !== port) return false;
  const plain = name.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? isWithin(plain, host) : isInBlock(plain, host);
}

/** A name, IPv4 address or bracketed IPv6 address before a port; a bare IPv6 address has none. */
const withPort = /^(\[[^\]]*\]|[^:]*):(\d+)$/;

function isWithin(rule: string, host: string): boolean {
  const domain = rule.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function isInBlock(rule: string, host: string): boolean {
  const address = ipaddr.process(host);
  if (ipaddr.isValidCIDR(rule)) {
    const [network, bits] = ipaddr.parseCIDR(rule);
    return network.kind() === address.kind() && address.match(network, bits);
  }
  return ipaddr.isValid(rule) && ipaddr.process(rule).toString() === address.toString();
}
