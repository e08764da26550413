import { lookup as systemLookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Agent, buildConnector, fetch } from 'undici';
import { isErrorLike } from '../error-like.js';
import type { AddressSettings } from './addresses.js';
import { addressKind, isAllowed } from './addresses.js';
import { trustAlso } from './authorities.js';
import { BlockedAddressError } from './blocked-address.js';
import type { Lookup } from './guarded-lookup.js';
import { checkName, guardLookup } from './guarded-lookup.js';
import type { ProxySettings, Target } from './proxy-settings.js';
import { readProxy } from './proxy-settings.js';
import { createTunnel } from './tunnel.js';

export interface GuardedFetchOptions {
  readonly addresses: AddressSettings;
  /** Certificates in PEM of authorities to be trusted beside those that the runtime trusts. */
  readonly ca?: string | readonly string[] | undefined;
  /** The way out of the network; its own address is the operator's choice and not checked. */
  readonly proxy?: ProxySettings | undefined;
  /** The system's resolver by default. */
  readonly lookup?: Lookup | undefined;
}

/**
 * Makes a `fetch` with a pool of connections of its own that checks every address it connects to: those a name
 * resolves to, and those written as digits in whatever notation. It rejects with a `TypeError` whose cause is a
 * `BlockedAddressError` when nothing is left to connect to. It reads no proxy from the environment, and sends
 * bodies whole.
 *
 * Behind a proxy, a name is resolved here first and refused unless every one of its addresses is allowed. The proxy is
 * then given the name, since many let through by name only: what it resolves the name to is in its own hands.
 *
 * @throws TypeError for authorities or a proxy that cannot be read
 */
export function createGuardedFetch(options: GuardedFetchOptions): typeof globalThis.fetch {
  const dispatcher = new Agent({ connect: guardedConnector(options) });
  return async (input, init) => {
    // The runtime's classes are strangers to the library: only plain values cross over.
    const request = new Request(input, init);
    const { url, method, redirect } = request;
    const body = request.body === null ? null : await request.arrayBuffer();
    const signal = init?.signal ?? request.signal;
    return fetch(url, { method, headers: [...request.headers], body, redirect, signal, dispatcher });
  };
}

function guardedConnector(options: GuardedFetchOptions): buildConnector.connector {
  const { addresses, lookup = systemLookup } = options;
  const trust = options.ca === undefined ? undefined : trustAlso(options.ca);
  const secured = trust && { secureContext: trust };
  const connectDirectly = buildConnector({ lookup: guardLookup(lookup, addresses), ...secured });
  const proxied = options.proxy && proxiedConnector(options.proxy, { addresses, lookup, trust });
  return (target, callback) => {
    const { host, port } = targetOf(target);
    // An address in digits never reaches the lookup.
    const kind = isIP(host) === 0 ? undefined : addressKind(host);
    if (kind !== undefined && !isAllowed(kind, addresses))
      callback(new BlockedAddressError(host, [kind]), null);
    else if (proxied === undefined || proxied.skips({ host, port })) connectDirectly(target, callback);
    else proxied.connect(target, callback);
  };
}

interface ProxiedOptions {
  readonly addresses: AddressSettings;
  readonly lookup: Lookup;
  readonly trust: SecureContext | undefined;
}

function proxiedConnector(settings: ProxySettings, { addresses, lookup, trust }: ProxiedOptions) {
  const proxy = readProxy(settings);
  const tunnel = createTunnel(proxy, trust);
  const secure = buildConnector(trust ? { secureContext: trust } : {});

  const open = async (target: Target): Promise<Socket> => {
    if (isIP(target.host) === 0) await checkName(lookup, addresses, target.host);
    return tunnel(target);
  };
  const connect: buildConnector.connector = (target, callback) => {
    open(targetOf(target)).then(
      (socket) => {
        if (target.protocol === 'https:') secure({ ...target, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: unknown) => {
        callback(isErrorLike(error) ? error : new Error('The proxy could not be used.'), null);
      },
    );
  };
  return { skips: (target: Target) => proxy.skips(target), connect };
}

function targetOf({ hostname, port, protocol }: buildConnector.Options): Target {
  const host = hostname.replace(/^\[|\]$/g, '');
  return { host, port: port === '' ? defaultPort(protocol) : Number(port) };
}

function defaultPort(protocol: string): number {
  return protocol === 'https:' ? 443 : 80;
}
